//! The run that a curriculum is shown.

use std::num::NonZeroU32;

use didact_curriculum::{Mentor, Progress, Setting};

use crate::error::ReportError;

/// Losses in the spread.
pub(super) const LOSSES: usize = 241;
/// Batches of an epoch, each of them the whole spread, so that what follows the batches has time to settle.
pub(super) const BATCHES: u32 = 50;

/// The run that a curriculum is shown: the same batch again and again.
///
/// Every batch holds 241 losses, evenly spaced from 0 to [`largest_loss`](Self::largest_loss); an epoch has 50 such
/// batches. Given labels go round the classes from loss to loss, so every class meets every size of loss. No sample
/// comes twice in an epoch, each keeps its loss, and an earlier run is said to have found the same losses.
///
/// A weight that depends on the rest of the batch, or on earlier ones, is therefore that of losses spread evenly: in
/// training, where most losses are small, it can differ.
///
/// ```
/// use didact_report::Conditions;
///
/// let conditions = Conditions::default();
/// assert_eq!((conditions.num_classes, conditions.epochs.get(), conditions.largest_loss), (10, 10, 5.0));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Conditions {
    /// Number of classes, at least 2.
    pub num_classes: usize,
    /// Epochs of the run.
    pub epochs: NonZeroU32,
    /// The largest loss of the spread, above 0.
    pub largest_loss: f32,
    /// The share of wrong labels that the run has estimated, in `[0, 1)`; `None` if it estimates none.
    pub noise_rate: Option<f64>,
    /// The seed of curricula that draw random numbers.
    pub seed: u64,
    /// The mentor to ask, for a curriculum that asks one.
    pub mentor: Option<Mentor>,
}

impl Default for Conditions {
    fn default() -> Self {
        Self {
            num_classes: 10,
            epochs: const { NonZeroU32::new(10).unwrap() },
            largest_loss: 5.0,
            noise_rate: Some(0.4),
            seed: 0,
            mentor: None,
        }
    }
}

impl Conditions {
    /// The losses of every batch, in ascending order.
    pub fn losses(&self) -> Vec<f32> {
        let step = f64::from(self.largest_loss) / (LOSSES - 1) as f64;
        (0..LOSSES)
            .map(|position| (position as f64 * step) as f32)
            .collect()
    }

    /// Refuses numbers that no run can have.
    pub(super) fn check(&self) -> Result<(), ReportError> {
        let loss = f64::from(self.largest_loss);
        if !(loss > 0.0 && loss.is_finite()) {
            return Err(ReportError::OutOfRange {
                parameter: "the largest loss",
                found: loss,
                expected: "a finite number above 0",
            });
        }
        let noise_rate = self.noise_rate.unwrap_or(0.0);
        if !(0.0..1.0).contains(&noise_rate) {
            return Err(ReportError::OutOfRange {
                parameter: "the noise rate",
                found: noise_rate,
                expected: "a share from 0 to below 1",
            });
        }
        Ok(())
    }

    pub(super) fn setting<'a>(&'a self, difficulties: &'a [Option<f32>]) -> Setting<'a> {
        Setting {
            num_classes: Some(self.num_classes),
            num_samples: difficulties.len(),
            epochs: self.epochs.get(),
            seed: self.seed,
            difficulties: Some(difficulties),
            mentor: self.mentor.as_ref(),
        }
    }

    pub(super) fn progress(&self, epoch: u32, batch: u32) -> Progress {
        let steps = |epochs: u32| u64::from(epochs) * u64::from(BATCHES);
        Progress {
            epoch,
            epochs: self.epochs.get(),
            step: steps(epoch) + u64::from(batch),
            steps: steps(self.epochs.get()),
        }
    }

    /// First, quarter, half, three quarters and last epoch, 0-based, each once.
    pub(super) fn stages(&self) -> Vec<u32> {
        let last = f64::from(self.epochs.get() - 1);
        let mut stages: Vec<u32> = (0..=4)
            .map(|quarter| (last * f64::from(quarter) / 4.0).round() as u32)
            .collect();
        stages.dedup();
        stages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_the_quarters_of_the_run() {
        let stages = |epochs| {
            Conditions {
                epochs: NonZeroU32::new(epochs).unwrap(),
                ..Conditions::default()
            }
            .stages()
        };
        assert_eq!(stages(10), [0, 2, 5, 7, 9]);
        assert_eq!(stages(2), [0, 1]);
        assert_eq!(stages(1), [0]);
    }

    #[test]
    fn losses_go_evenly_from_nothing_to_the_largest() {
        let losses = Conditions::default().losses();
        assert_eq!(
            [0, 120, 240].map(|loss: usize| losses[loss].to_bits()),
            [0.0_f32, 2.5, 5.0].map(f32::to_bits)
        );
    }

    #[test]
    fn numbers_that_no_run_can_have_are_refused() {
        for (largest_loss, noise_rate) in [(0.0, None), (f32::NAN, None), (1.0, Some(1.0)), (1.0, Some(-0.1))]
        {
            let conditions = Conditions {
                largest_loss,
                noise_rate,
                ..Conditions::default()
            };
            assert!(conditions.check().is_err(), "{conditions:?}");
        }
    }
}
