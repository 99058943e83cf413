//! The stages of a cleaning, in their order.

use std::cell::RefCell;
use std::path::Path;

use didact_run::{
    Claim, CleanSummary, CleanerEpoch, CleanerRecord, CleaningFolder, ModelRow, RunFolder, write_atomically,
};
use didact_train::{CleanerWatch, Interruption, Observer, Part};

use crate::averaged::averaged;
use crate::beliefs::Beliefs;
use crate::cleaner::Believing;
use crate::cleaning_data::CleaningData;
use crate::conclusion::conclude;
use crate::config::{CleanConfig, CleanerConfig};
use crate::corrections::{Corrections, Fitting, Lessons};
use crate::error::CleanError;
use crate::retrain_config::Start;
use crate::round_outcome::RoundOutcome;
use crate::stage::Stage;
use crate::summary::model_row;
use crate::training_stage::TrainingStage;
use crate::view::View;

/// Share of labels below which a change between two rounds is none.
const SETTLED: f64 = 0.005;

/// Hears how a cleaning goes.
pub trait Watch {
    /// A stage begins, or is found done.
    fn begun(&mut self, stage: &Stage);
    /// What hears of the training of a model.
    fn observer(&mut self) -> &mut dyn Observer;
    /// An epoch of a label cleaner that is a network is done, of so many at most.
    fn cleaner_epoch_done(&mut self, done: CleanerEpoch, most: u32);
    /// A round has corrected labels; `changed` is how many differ from those of the round before.
    fn corrected(&mut self, round: u32, corrections: &Corrections, changed: Option<usize>);
}

/// A cleaning in progress.
pub struct Cleaning {
    config: CleanConfig,
    data: CleaningData,
    folder: CleaningFolder,
    _claim: Claim,
}

impl Cleaning {
    /// A new cleaning in a new folder. Nothing is written before the data are open and parted.
    ///
    /// # Errors
    ///
    /// [`CleanError::Run`] if the folder is there or cannot be written.
    pub fn begin(config: CleanConfig, data: CleaningData, path: &Path) -> Result<Self, CleanError> {
        let folder = CleaningFolder::create(path)?;
        let text = toml::to_string_pretty(&config).map_err(std::io::Error::other);
        write_atomically(&folder.config(), |file| file.write_all(text?.as_bytes()))?;
        let claim = folder.claim()?;
        Ok(Self {
            config,
            data,
            folder,
            _claim: claim,
        })
    }

    /// A cleaning that goes on where it was stopped.
    ///
    /// # Errors
    ///
    /// [`CleanError::ConfigChanged`] if it was begun with other settings, and those of [`CleaningData::open`].
    pub fn resume(
        config: CleanConfig,
        begun: &CleanConfig,
        folder: CleaningFolder,
    ) -> Result<Self, CleanError> {
        if let Some((key, expected, found)) = begun.first_difference(&config) {
            return Err(CleanError::ConfigChanged { key, expected, found });
        }
        let claim = folder.claim()?;
        let data = CleaningData::open(&config)?;
        Ok(Self {
            config,
            data,
            folder,
            _claim: claim,
        })
    }

    /// The data.
    pub fn data(&self) -> &CleaningData {
        &self.data
    }

    /// Cleans to the end, or until asked to stop. Stages that are done are not done again.
    ///
    /// # Errors
    ///
    /// [`CleanError::Interrupted`] if it was asked to stop, [`CleanError::NothingLeft`] if no label is sure enough, and errors of
    /// training, reading and writing.
    pub fn run(
        &self,
        watch: &mut dyn Watch,
        interruption: &Interruption,
    ) -> Result<CleanSummary, CleanError> {
        let mut models = Vec::new();
        let mut views = self.first_models(&mut models, watch, interruption)?;
        let mut rounds: Vec<RoundOutcome> = Vec::new();
        for round in 1..=self.config.rounds.get() {
            watch.begun(&Stage::Cleaner { round });
            let (beliefs, record) = self.believe(round, &views, rounds.first(), watch, interruption)?;
            let corrections = self.corrections(&beliefs, Fitting::Trusted)?;
            let changed = rounds
                .last()
                .map(|last| corrections.changed_since(&last.corrections));
            watch.corrected(round, &corrections, changed);
            let is_settled =
                changed.is_some_and(|changed| (changed as f64) < SETTLED * corrections.len() as f64);
            rounds.push(RoundOutcome {
                beliefs,
                record,
                corrections,
                changed,
            });
            if is_settled || round == self.config.rounds.get() {
                break;
            }
            views = self.relearn(round, &rounds, &mut models, watch, interruption)?;
        }
        let retrained = self.retrain(&rounds, &views, &mut models, watch, interruption)?;
        conclude(
            &self.config,
            &self.data,
            &self.folder,
            &rounds,
            models,
            &retrained,
        )
    }

    fn first_models(
        &self,
        models: &mut Vec<ModelRow>,
        watch: &mut dyn Watch,
        interruption: &Interruption,
    ) -> Result<Vec<View>, CleanError> {
        let views = self.folds().into_iter().map(|fold| {
            let stage = Stage::First { fold };
            let lessons = self.as_given(fold);
            self.view(stage, fold, lessons, models, watch, interruption)
        });
        let views: Vec<View> = views.collect::<Result<_, _>>()?;
        self.average(
            format!("average of the {} first models", views.len()),
            &views,
            models,
        )?;
        Ok(views)
    }

    /// Adds the row of what the models of all folds, the last of `models`, predict on average.
    fn average(&self, name: String, views: &[View], models: &mut Vec<ModelRow>) -> Result<(), CleanError> {
        let rows = &models[models.len() - views.len()..];
        let row = averaged(name, views, &self.data, self.config.training.device, rows)?;
        models.extend(row);
        Ok(())
    }

    /// Models on the labels that a round corrected, for the next round. Samples that fit are taught as the others are.
    fn relearn(
        &self,
        round: u32,
        rounds: &[RoundOutcome],
        models: &mut Vec<ModelRow>,
        watch: &mut dyn Watch,
        interruption: &Interruption,
    ) -> Result<Vec<View>, CleanError> {
        let Some(RoundOutcome { beliefs, .. }) = rounds.last() else {
            return Ok(Vec::new());
        };
        let corrections = self.corrections(beliefs, Fitting::AsTheOthers)?;
        let views = self.folds().into_iter().map(|fold| {
            let is_in = |row: u32| !self.is_left_out(row, fold);
            let lessons = corrections.lessons(&self.data, beliefs, self.config.corrected_labels, is_in)?;
            self.view(
                Stage::Relearnt { round, fold },
                fold,
                lessons,
                models,
                watch,
                interruption,
            )
        });
        let views: Vec<View> = views.collect::<Result<_, _>>()?;
        self.average(
            format!("average of the {} models of round {round}", views.len()),
            &views,
            models,
        )?;
        Ok(views)
    }

    /// The models that may be delivered; the run of each.
    fn retrain(
        &self,
        rounds: &[RoundOutcome],
        views: &[View],
        models: &mut Vec<ModelRow>,
        watch: &mut dyn Watch,
        interruption: &Interruption,
    ) -> Result<Vec<(Stage, RunFolder)>, CleanError> {
        let Some(RoundOutcome {
            beliefs, corrections, ..
        }) = rounds.last()
        else {
            return Ok(Vec::new());
        };
        let mut retrained = Vec::new();
        for (index, retrain) in self.config.retrain.iter().enumerate() {
            let stage = Stage::Retrained { position: index + 1 };
            watch.begun(&stage);
            let encoder = self.folder.encoder(rounds.len() as u32);
            let initial_weights = match (retrain.start(), views.first()) {
                (Start::Random, _) | (_, None) => None,
                (Start::Trained, Some(_)) if encoder.is_file() => Some(encoder),
                (Start::Trained, Some(view)) => Some(view.run.model()),
            };
            let training = TrainingStage {
                data: &self.data,
                folder: &self.folder,
                stage,
                config: retrain.settings().over(&self.config.training),
                initial_weights,
            };
            let lessons = corrections.lessons(&self.data, beliefs, self.config.corrected_labels, |_| true)?;
            let run = training.run(lessons, watch.observer(), interruption)?;
            let name = format!("retrained: {}", didact_train::method_spelling(retrain));
            models.push(model_row(name, stage.folder(), &run)?);
            retrained.push((stage, run));
        }
        Ok(retrained)
    }

    fn view(
        &self,
        stage: Stage,
        fold: Option<u32>,
        lessons: Lessons,
        models: &mut Vec<ModelRow>,
        watch: &mut dyn Watch,
        interruption: &Interruption,
    ) -> Result<View, CleanError> {
        watch.begun(&stage);
        let training = TrainingStage {
            data: &self.data,
            folder: &self.folder,
            stage,
            config: self.config.training.clone(),
            initial_weights: self.config.training.initial_weights.clone(),
        };
        let run = training.run(lessons, watch.observer(), interruption)?;
        models.push(model_row(stage.to_string(), stage.folder(), &run)?);
        let rows = View::rows_of(&self.data, fold);
        Ok(View { run, fold, rows })
    }

    /// All that may be trained on and is not left out, with labels as given: also those that fit, so that a cleaner sees of them
    /// what it will see of the others.
    fn as_given(&self, fold: Option<u32>) -> Lessons {
        let mut rows = self.data.trainable();
        rows.retain(|&row| !self.is_left_out(row, fold));
        Lessons {
            part: Part {
                dataset: self.data.dataset.clone(),
                rows,
            },
            importance: Vec::new(),
            soft_labels: None,
        }
    }

    fn is_left_out(&self, row: u32, fold: Option<u32>) -> bool {
        fold.is_some_and(|fold| self.data.fold_of[row as usize] + 1 == fold)
    }

    fn folds(&self) -> Vec<Option<u32>> {
        match self.config.folds {
            Some(folds) => (1..=folds.count()).map(Some).collect(),
            None => vec![None],
        }
    }

    fn believe(
        &self,
        round: u32,
        views: &[View],
        first: Option<&RoundOutcome>,
        watch: &mut dyn Watch,
        interruption: &Interruption,
    ) -> Result<(Beliefs, CleanerRecord), CleanError> {
        let most = match self.config.cleaner {
            CleanerConfig::Network(network) => network.epochs.get(),
            CleanerConfig::Posterior(_) => 0,
        };
        let watch = RefCell::new(watch);
        let believing = Believing {
            config: &self.config,
            data: &self.data,
            folder: &self.folder,
            round,
            views,
            first: first.map(|first| &first.record),
            watch: CleanerWatch {
                interruption,
                epoch_done: &|done| watch.borrow_mut().cleaner_epoch_done(done, most),
            },
        };
        believing.believe()
    }

    fn corrections(&self, beliefs: &Beliefs, fitting: Fitting) -> Result<Corrections, CleanError> {
        Corrections::new(&self.data, beliefs, fitting, &self.config)
    }
}
