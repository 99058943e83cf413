//! The training loop.

use std::num::NonZeroU32;
use std::path::Path;
use std::time::Instant;

use didact_curriculum::SuperLoss;
use didact_data::{Batch, Loader, LoaderConfig, shuffled};
use didact_mentor::read_mentor;
use didact_run::{Claim, RunFolder};

use crate::combination::check_combination;
use crate::config::TrainConfig;
use crate::error::TrainError;
use crate::learner::{Learner, LearnerSetting};
use crate::lesson::Lesson;
use crate::noise_watch::NoiseWatch;
use crate::observer::{Interruption, Observer, Step};
use crate::outcomes::{BatchOutcomes, Outcomes};
use crate::position::Position;
use crate::prepare::Prepared;
use crate::probabilities::ProbabilitySums;
use crate::selection::Select;
use crate::stopwatch::{Phase, Stopwatch};
use crate::strategy::Strategy;
use crate::teacher::{difficulties, fingerprint, mentor_fingerprint};

/// Weights below it are of no sample that counts: that of a network that gives weights is never quite 0.
const NEXT_TO_NOTHING: f32 = 1e-3;

/// A run in progress.
pub struct Trainer {
    pub(crate) config: TrainConfig,
    pub(crate) data: Prepared,
    pub(crate) folder: RunFolder,
    pub(crate) strategy: Box<dyn Strategy>,
    pub(crate) watchers: Watchers,
    pub(crate) position: Position,
    pub(crate) outcomes: Outcomes,
    pub(crate) noise_watch: NoiseWatch,
    pub(crate) probabilities: ProbabilitySums,
    pub(crate) stopwatch: Stopwatch,
    /// What stands for the losses of the earlier run that the curriculum follows, if it follows one.
    pub(crate) teacher: Option<String>,
    pub(crate) begun: Instant,
    /// The largest weight of the epoch so far, for a warning.
    heaviest: f32,
    claim: Option<Claim>,
}

/// What tells the confidence of samples that are not trained on; each keeps an expectation of its own.
pub(crate) struct Watchers {
    pub(crate) validation: SuperLoss,
    pub(crate) test: SuperLoss,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All epochs are done, or no improvement was left to wait for.
    Finished,
    /// It was asked to stop, and saved.
    Interrupted {
        /// Epochs that are done.
        epochs_done: u32,
    },
}

impl Trainer {
    /// A new run in a new folder. Nothing is written before everything that can be refused has been.
    ///
    /// # Errors
    ///
    /// [`TrainError::Run`] if the folder exists or cannot be written, and the errors of building the network.
    pub fn begin(config: TrainConfig, data: Prepared, path: &Path) -> Result<Self, TrainError> {
        let trainer = Self::new(config, data, RunFolder::create(path)?);
        let begun = trainer.and_then(|mut trainer| {
            // The configuration comes first: it is what makes a folder a run that can be resumed.
            trainer.folder.write_config(&trainer.config)?;
            trainer.claim = Some(trainer.folder.claim()?);
            trainer.write_skipped()?;
            trainer.take_initial_weights()?;
            trainer.save_checkpoint(0.0)?;
            Ok(trainer)
        });
        begun.inspect_err(|_| RunFolder::remove_if_vacant(path))
    }

    /// A run that goes on where its last checkpoint stands.
    ///
    /// # Errors
    ///
    /// [`TrainError::ConfigChanged`], [`TrainError::DataChanged`] or [`TrainError::TeacherChanged`] if it is not the run that
    /// was stopped, and [`TrainError::Run`] if another process is writing it.
    pub fn resume(config: TrainConfig, data: Prepared, folder: RunFolder) -> Result<Self, TrainError> {
        let claim = folder.claim()?;
        folder.sweep(&claim);
        let begun: TrainConfig = folder.read_config()?;
        if let Some((key, expected, found)) = begun.first_difference(&config) {
            return Err(TrainError::ConfigChanged { key, expected, found });
        }
        let mut trainer = Self::new(config, data, folder)?;
        trainer.claim = Some(claim);
        trainer.restore_checkpoint()?;
        trainer.write_skipped()?;
        Ok(trainer)
    }

    fn new(config: TrainConfig, data: Prepared, folder: RunFolder) -> Result<Self, TrainError> {
        let interface = data.interface();
        check_combination(&config)?;
        let noise_watch = NoiseWatch::new(&data.train);
        let dataset = &data.train.dataset;
        let teacher = config.curriculum.teacher();
        let difficulties = teacher.map(|run| difficulties(run, dataset)).transpose()?;
        let mentor = config.curriculum.mentor().map(read_mentor).transpose()?;
        let setting = LearnerSetting {
            interface,
            num_samples: dataset.len(),
            class_names: dataset.class_names(),
            difficulties: difficulties.as_deref(),
            mentor: mentor.as_ref(),
            soft_labels: data.soft_labels.as_ref(),
        };
        let strategy = config.strategy.init(&config, &setting, &config.device.open()?)?;
        let watcher = || config.confidence.observer(Some(interface.num_classes));
        let watchers = Watchers {
            validation: watcher()?,
            test: watcher()?,
        };
        let rows = data.train.dataset.len();
        let (outcomes, begun) = (Outcomes::new(rows), Instant::now());
        let warmup = config
            .early_stopping
            .map_or(u32::MAX, NonZeroU32::get)
            .min(config.epochs.get() / 10);
        let probabilities = ProbabilitySums::new(rows, interface.num_classes, warmup);
        let position = Position::default();
        let needs_validation = config.early_stopping.is_some() && config.select != Select::LabelWave;
        if needs_validation && data.validation.is_none() {
            return Err(TrainError::NothingToStopBy);
        }
        let trainer = Self {
            config,
            data,
            folder,
            strategy,
            watchers,
            position,
            outcomes,
            noise_watch,
            probabilities,
            stopwatch: Stopwatch::start(),
            teacher: difficulties
                .as_deref()
                .map(fingerprint)
                .or_else(|| mentor.as_ref().map(mentor_fingerprint)),
            begun,
            heaviest: 0.0,
            claim: None,
        };
        // Refuses an augmentation that does not suit the samples.
        trainer.training_batches()?;
        Ok(trainer)
    }

    /// Trains to the end, or until asked to stop.
    ///
    /// # Errors
    ///
    /// [`TrainError::Diverged`] if a loss is not finite, and errors of reading samples and writing the run.
    pub fn run(
        &mut self,
        observer: &mut dyn Observer,
        interruption: &Interruption,
    ) -> Result<Ending, TrainError> {
        observer.begun(self.plan());
        self.warn(observer);
        self.stopwatch = Stopwatch::start();
        while !self.is_done() {
            let began = Instant::now();
            for batch in self.training_batches()? {
                let batch = batch?;
                self.stopwatch.lap(Phase::Loader);
                observer.stepped(self.step(&batch)?);
                self.stopwatch.lap(Phase::Rest);
                if interruption.is_asked() {
                    self.position.add_time([began.elapsed(), began.elapsed()]);
                    self.save_checkpoint(self.seconds())?;
                    return Ok(Ending::Interrupted {
                        epochs_done: self.position.epochs_done(),
                    });
                }
            }
            self.stopwatch.lap(Phase::Loader);
            let trained_in = began.elapsed();
            let metrics = self.measure_epoch()?;
            let warnings = self.teach_curricula()?;
            self.position.add_time([trained_in, began.elapsed()]);
            let timing = self.position.complete_epoch(metrics.clone());
            self.write_epoch()?;
            self.save_checkpoint(self.seconds())?;
            self.stopwatch.lap(Phase::Checkpoint);
            observer.epoch_done(&metrics, &timing);
            for warning in warnings {
                observer.warned(&warning.to_string());
            }
            if let Some(warning) = self.learner().loss.warning(metrics.epoch - 1) {
                observer.warned(&warning);
            }
            if std::mem::take(&mut self.heaviest) < NEXT_TO_NOTHING {
                observer.warned(
                    "in this epoch no sample counted more than next to nothing, so next to nothing was learnt from them apart; a \
                     larger threshold, percentile or share, or less dropout, lets samples in",
                );
            }
        }
        self.stopwatch.lap(Phase::Rest);
        self.finish(self.seconds())?;
        self.stopwatch.lap(Phase::Conclusion);
        Ok(Ending::Finished)
    }

    /// The network that is evaluated and saved.
    pub(crate) fn learner(&self) -> &Learner {
        self.strategy.learners()[0]
    }

    /// Where the time of [`Self::run`] went.
    pub fn stopwatch(&self) -> &Stopwatch {
        &self.stopwatch
    }

    /// Says what a user should know before the run.
    fn warn(&self, observer: &mut dyn Observer) {
        let curriculum = &self.learner().curriculum;
        for warning in curriculum.warnings() {
            observer.warned(&warning.to_string());
        }
        let obstacle = self.noise_watch.obstacle(self.config.epochs);
        if let Some(obstacle) = obstacle.filter(|_| curriculum.follows_noise_rate()) {
            observer.warned(&format!(
                "a parameter of the curriculum is auto and follows the estimated share of wrong labels, of which there \
                 will be no estimate: {obstacle}; give it as a number"
            ));
        }
    }

    fn step(&mut self, batch: &Batch) -> Result<Step, TrainError> {
        let dataset = self.data.train.dataset.clone();
        let epoch = self.position.epochs_done();
        let progress = self.progress(batch.index);
        let noise_rate = self.noise_watch.settled_rate(self.config.epochs);
        let lesson = Lesson::new(batch, &dataset, progress)
            .with_noise_rate(noise_rate)
            .with_importance(&self.data.importance);
        let outcome = self.strategy.step(&lesson, self.learning_rate(progress.step))?;
        self.stopwatch
            .lap_without(Phase::Steps, (Phase::Curriculum, outcome.weighed_in));
        self.heaviest = self.heaviest.max(outcome.heaviest);
        let (rows, others) = (lesson.samples.labelled_rows(), lesson.samples.unlabelled_rows());
        self.outcomes.record(BatchOutcomes {
            rows,
            labels: &lesson.samples.labels,
            scores: &outcome.scores,
            observation: &outcome.observation,
            weights: &outcome.weights,
        });
        self.outcomes.record_unlabelled(others, &outcome.unlabelled);
        if self.config.mixup.is_none() {
            self.probabilities.add(epoch, rows, &outcome.scores);
            self.probabilities.add(epoch, others, &outcome.unlabelled);
        }
        self.stopwatch.lap(Phase::Ledger);
        self.position.batch_done();
        let loss = outcome.scores.losses.iter().sum::<f32>() / rows.len().max(1) as f32;
        Ok(Step {
            epoch: epoch + 1,
            done: batch.index + 1,
            loss,
            samples: batch.rows.len(),
        })
    }

    /// The batches of the current epoch that are not done yet, in the epoch's order.
    fn training_batches(&self) -> Result<Loader, TrainError> {
        let (part, epoch) = (&self.data.train, self.position.epochs_done());
        let order = shuffled(&part.rows, self.config.seed, epoch);
        let augmentation = self.config.augment.clone();
        let (seed, first_batch) = (self.config.seed, self.position.batches_done);
        let config = LoaderConfig {
            augmentation,
            epoch,
            first_batch,
            seed,
            ..self.loading()
        };
        Ok(Loader::new(part.dataset.clone(), order, config)?)
    }
}
