//! Teaching a label cleaner, and asking it.

use std::num::NonZeroUsize;

use burn::tensor::{Device, Tensor};
use didact_data::{Batch, shuffled};
use didact_kernels::Precision;
use didact_run::CleanerEpoch;

use super::config::{CleanerVariant, NetworkCleanerConfig};
use super::encoder::{Course, Encoder};
use super::head::CleanerHead;
use super::lessons::{CleanerLessons, CleanerWatch};
use super::objective::{encoded, objective, probabilities};
use crate::error::TrainError;
use crate::network::{Mode, ParameterBuilder, Parameters, Pass, host};
use crate::number::NonNegativeNumber;
use crate::optimizer::{MomentsConfig, Optimizer, OptimizerConfig};

/// How many samples are asked about at once.
const ASKED: NonZeroUsize = NonZeroUsize::new(512).unwrap();

/// A label cleaner that has learnt.
pub struct LabelCleaner {
    variant: CleanerVariant,
    num_classes: usize,
    encoder: Box<dyn Encoder>,
    head: CleanerHead,
    parameters: Parameters,
    optimizer: Optimizer,
    epochs: Vec<CleanerEpoch>,
    kept: u32,
}

impl LabelCleaner {
    /// Learns from checked labels, and keeps the epoch that is best on the samples that select: of the lowest Brier score, or
    /// in the notebook's variant of the highest accuracy; the first of equals. None if it was asked to stop.
    ///
    /// # Errors
    ///
    /// [`TrainError::Data`] if samples cannot be read.
    pub fn learn(
        config: &NetworkCleanerConfig,
        lessons: &CleanerLessons<'_>,
        encoder: Box<dyn Encoder>,
        device: &Device,
        watch: CleanerWatch<'_>,
    ) -> Result<Option<Self>, TrainError> {
        let mut builder = ParameterBuilder::default();
        let head = CleanerHead::new(config, encoder.width(), lessons.num_classes, &mut builder);
        let mut cleaner = Self {
            variant: config.variant,
            num_classes: lessons.num_classes,
            encoder,
            head,
            parameters: builder.initialise(lessons.seed, device),
            optimizer: OptimizerConfig::Adam(MomentsConfig::default()).init(NonNegativeNumber::of(0.0)),
            epochs: Vec::new(),
            kept: 0,
        };
        let mut best = cleaner.snapshot();
        for epoch in 1..=config.epochs.get() {
            if watch.interruption.is_asked() {
                return Ok(None);
            }
            let loss = cleaner.epoch(config, lessons, epoch - 1)?;
            let (accuracy, brier) = cleaner.measure(lessons)?;
            let done = CleanerEpoch {
                epoch,
                loss,
                accuracy,
                brier,
            };
            cleaner.epochs.push(done);
            (watch.epoch_done)(done);
            if cleaner.is_best() {
                cleaner.kept = epoch;
                best = cleaner.snapshot();
            } else if epoch - cleaner.kept >= config.patience.get() {
                break;
            }
        }
        cleaner.parameters = best.0;
        if let Some(parameters) = best.1 {
            cleaner.encoder.restore(parameters);
        }
        Ok(Some(cleaner))
    }

    /// The figures of every epoch.
    pub fn epochs(&self) -> &[CleanerEpoch] {
        &self.epochs
    }

    /// The epoch that was kept, counted from 1.
    pub fn kept_epoch(&self) -> u32 {
        self.kept
    }

    /// Number of trained parameters, without those of the image network.
    pub fn num_parameters(&self) -> usize {
        self.parameters.num_trained()
    }

    /// The image network as it became, where it learnt along.
    pub fn encoder_parameters(&self) -> Option<&Parameters> {
        self.encoder.parameters()
    }

    /// What the true label of each of `rows` is, `[rows, num_classes]`, each summing to 1.
    ///
    /// # Errors
    ///
    /// [`TrainError::Data`] if samples cannot be read.
    pub fn posteriors(
        &self,
        rows: &[u32],
        given_labels: &[Option<u32>],
    ) -> Result<Vec<Vec<f64>>, TrainError> {
        let frozen = self.parameters.frozen();
        let mut answers = Vec::with_capacity(rows.len());
        if rows.is_empty() {
            return Ok(answers);
        }
        let course = Course {
            rows: rows.to_vec(),
            batch_size: ASKED,
            changed: None,
        };
        for batch in self.encoder.batches(course)? {
            let batch = batch?;
            let given = |row: &u32| given_labels[*row as usize];
            let labels: Vec<Option<u32>> = batch.rows.iter().map(given).collect();
            let mut pass = Pass::new(Mode::Evaluation, Precision::F32);
            let (answer, _) = self.answer(&frozen, batch, &labels, &mut pass);
            let answer = host(answer);
            let rows = answer.chunks_exact(self.num_classes).zip(&labels);
            answers.extend(rows.map(|(answer, &given)| probabilities(self.variant, answer, given)));
        }
        Ok(answers)
    }

    fn answer(
        &self,
        parameters: &Parameters,
        batch: Batch,
        given: &[Option<u32>],
        pass: &mut Pass,
    ) -> (Tensor<2>, Option<Pass>) {
        let (features, encoding) = self.encoder.encode(batch, pass.mode());
        let given = encoded(
            given.iter().copied(),
            self.num_classes,
            self.variant,
            &features.device(),
        );
        (self.head.forward(parameters, features, given, pass), encoding)
    }

    /// One epoch over the samples to learn from; their mean loss.
    fn epoch(
        &mut self,
        config: &NetworkCleanerConfig,
        lessons: &CleanerLessons<'_>,
        epoch: u32,
    ) -> Result<f64, TrainError> {
        let rows: Vec<u32> = lessons.fit.iter().map(|checked| checked.row).collect();
        let course = Course {
            rows: shuffled(&rows, lessons.seed, epoch),
            batch_size: config.batch_size,
            changed: Some((epoch, lessons.seed)),
        };
        let steps = rows.len().div_ceil(config.batch_size.get()) as u64;
        let mut sum = 0.0;
        for batch in self.encoder.batches(course)? {
            let batch = batch?;
            let mode = Mode::Training {
                seed: lessons.seed,
                step: u64::from(epoch) * steps + batch.index as u64,
            };
            let count = batch.rows.len() as f64;
            sum += count * f64::from(self.step(config, lessons, batch, mode));
        }
        Ok(sum / lessons.fit.len().max(1) as f64)
    }

    fn step(
        &mut self,
        config: &NetworkCleanerConfig,
        lessons: &CleanerLessons<'_>,
        batch: Batch,
        mode: Mode,
    ) -> f32 {
        let given: Vec<Option<u32>> = batch
            .rows
            .iter()
            .map(|&row| lessons.given_labels[row as usize])
            .collect();
        let checked: Vec<Option<u32>> = batch.rows.iter().map(|&row| lessons.checked(row)).collect();
        let mut pass = Pass::new(mode, Precision::F32);
        let (answers, encoding) = self.answer(&self.parameters, batch, &given, &mut pass);
        let targets = encoded(
            checked.into_iter(),
            self.num_classes,
            self.variant,
            &answers.device(),
        );
        let loss = objective(self.variant, answers, targets);
        let mut gradients = loss.clone().backward();
        let own = self.parameters.gradients(&mut gradients);
        let learning_rate = f64::from(config.learning_rate);
        self.optimizer.step(&mut self.parameters, own, learning_rate);
        pass.commit(&mut self.parameters);
        self.encoder.learn(&mut gradients, encoding, learning_rate);
        host(loss.inner())[0]
    }

    /// Accuracy and Brier score on the samples that select.
    fn measure(&self, lessons: &CleanerLessons<'_>) -> Result<(f64, f64), TrainError> {
        let rows: Vec<u32> = lessons.select.iter().map(|checked| checked.row).collect();
        let answers = self.posteriors(&rows, lessons.given_labels)?;
        let (mut right, mut brier) = (0.0, 0.0);
        for (answer, checked) in answers.iter().zip(lessons.select) {
            let label = checked.label as usize;
            let others = answer
                .iter()
                .enumerate()
                .map(|(class, value)| (value - f64::from(u8::from(class == label))).powi(2));
            brier += others.sum::<f64>();
            right += f64::from(u8::from(likeliest(answer) == label));
        }
        let count = lessons.select.len().max(1) as f64;
        Ok((right / count, brier / count))
    }

    /// Whether the last epoch is better than all before it.
    fn is_best(&self) -> bool {
        let score = |epoch: &CleanerEpoch| match self.variant {
            CleanerVariant::Notebook => epoch.accuracy,
            CleanerVariant::Clipped | CleanerVariant::Softmax => -epoch.brier,
        };
        let Some((last, earlier)) = self.epochs.split_last() else {
            return false;
        };
        let best = earlier.iter().map(score).fold(f64::NEG_INFINITY, f64::max);
        score(last) > best
    }

    fn snapshot(&self) -> (Parameters, Option<Parameters>) {
        (self.parameters.clone(), self.encoder.parameters().cloned())
    }
}

/// The likeliest class, the first of equals.
fn likeliest(probabilities: &[f64]) -> usize {
    (0..probabilities.len()).fold(0, |best, class| {
        if probabilities[class] > probabilities[best] {
            class
        } else {
            best
        }
    })
}
