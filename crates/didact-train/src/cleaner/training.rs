//! Teaching a label cleaner.

use std::path::Path;
use std::time::Instant;

use burn::tensor::Device;
use didact_data::{Batch, shuffled};
use didact_kernels::Precision;
use didact_run::CleanerEpoch;

use super::checkpoint::CleanerCheckpoint;
use super::config::{CleanerVariant, NetworkCleanerConfig};
use super::encoder::{Course, Encoder};
use super::label_cleaner::{KeptEpoch, LabelCleaner};
use super::lessons::{CleanerLessons, CleanerWatch};
use super::objective::{encoded, objective};
use crate::error::TrainError;
use crate::network::{Mode, Pass, host};
use crate::observer::Interruption;

impl LabelCleaner {
    /// Learns from checked labels, and keeps the epoch that is best on the samples that select: of the lowest Brier score, or
    /// in the notebook's variant of the highest accuracy; the first of equals. None if it was asked to stop.
    ///
    /// With a `checkpoint` it is kept there after every epoch, and goes on from what is there, to the same bits. Of the epoch that
    /// it is stopped in nothing is kept. That an image network begins with the same weights is the caller's to see to.
    ///
    /// # Errors
    ///
    /// [`TrainError::Data`] if samples cannot be read; [`TrainError::Run`] if the checkpoint cannot be written or read, or is not
    /// that of a cleaner with these settings, lessons and networks.
    pub fn learn(
        config: &NetworkCleanerConfig,
        lessons: &CleanerLessons<'_>,
        encoder: Box<dyn Encoder>,
        device: &Device,
        watch: CleanerWatch<'_>,
        checkpoint: Option<&Path>,
    ) -> Result<Option<Self>, TrainError> {
        let mut cleaner = Self::begin(config, lessons, encoder, device);
        let begun = Instant::now();
        let checkpoint = checkpoint
            .map(|path| CleanerCheckpoint::new(path, config, lessons))
            .transpose()?;
        if let Some(checkpoint) = &checkpoint {
            checkpoint.restore(&mut cleaner)?;
        }
        while !cleaner.is_done(config) {
            let Some(loss) = cleaner.epoch(config, lessons, watch.interruption)? else {
                return Ok(None);
            };
            let (accuracy, brier) = cleaner.measure(lessons)?;
            let done = CleanerEpoch {
                epoch: cleaner.epochs.len() as u32 + 1,
                loss,
                accuracy,
                brier,
            };
            cleaner.keep(done);
            if let Some(checkpoint) = &checkpoint {
                checkpoint.save(&cleaner, cleaner.seconds_before + begun.elapsed().as_secs_f64())?;
            }
            (watch.epoch_done)(done);
        }
        cleaner.return_to_kept();
        Ok(Some(cleaner))
    }

    fn is_done(&self, config: &NetworkCleanerConfig) -> bool {
        let epochs = self.epochs.len() as u32;
        epochs >= config.epochs.get() || epochs - self.kept.epoch >= config.patience.get()
    }

    /// Notes an epoch, and its parameters if they are the best so far.
    fn keep(&mut self, done: CleanerEpoch) {
        self.epochs.push(done);
        if self.is_best() {
            self.kept = KeptEpoch {
                epoch: done.epoch,
                parameters: self.learning.parameters().clone(),
                encoder: self.encoder_parameters().cloned(),
            };
        }
    }

    fn return_to_kept(&mut self) {
        self.learning.return_to(self.kept.parameters.clone());
        if let (Some(learning), Some(kept)) = (self.encoder.learning_mut(), &self.kept.encoder) {
            learning.return_to(kept.clone());
        }
    }

    /// The next epoch over the samples to learn from; their mean loss. None if it was asked to stop.
    fn epoch(
        &mut self,
        config: &NetworkCleanerConfig,
        lessons: &CleanerLessons<'_>,
        interruption: &Interruption,
    ) -> Result<Option<f64>, TrainError> {
        let epoch = self.epochs.len() as u32;
        let rows: Vec<u32> = lessons.fit.iter().map(|checked| checked.row).collect();
        let course = Course {
            rows: shuffled(&rows, lessons.seed, epoch),
            batch_size: config.batch_size,
            changed: Some((epoch, lessons.seed)),
        };
        let steps = lessons.steps_of_epoch(config);
        let mut sum = 0.0;
        for batch in self.encoder.batches(course)? {
            if interruption.is_asked() {
                return Ok(None);
            }
            let batch = batch?;
            let mode = Mode::Training {
                seed: lessons.seed,
                step: u64::from(epoch) * steps + batch.index as u64,
            };
            let count = batch.rows.len() as f64;
            sum += count * f64::from(self.step(config, lessons, batch, mode));
        }
        Ok(Some(sum / lessons.fit.len().max(1) as f64))
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
        let (answers, encoding) = self.answer(self.learning.parameters(), batch, &given, &mut pass);
        let targets = encoded(
            checked.into_iter(),
            self.num_classes,
            self.variant,
            &answers.device(),
        );
        let loss = objective(self.variant, answers, targets);
        let mut gradients = loss.clone().backward();
        let learning_rate = f64::from(config.learning_rate);
        self.learning.step(&mut gradients, Some(pass), learning_rate);
        if let Some(encoder) = self.encoder.learning_mut() {
            encoder.step(&mut gradients, encoding, learning_rate);
        }
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
