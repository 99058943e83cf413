//! The loss that a share of the samples lies below.

use crate::batch::Batch;
use crate::error::CurriculumError;
use crate::pacing::Pacing;
use crate::share_choice::ShareChoice;

use super::super::latest_losses::{LatestLosses, quantile};

/// How often in an epoch the threshold is taken anew. Losses fall while an epoch goes; a threshold as old as the epoch
/// lets in more than it should. Each time costs a copy of all losses and one selection in it.
const REFRESHES_AN_EPOCH: usize = 16;

/// A threshold that lets in a share of the samples.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::self_paced) struct Quantile {
    from: f64,
    to: ShareChoice,
    pacing: Pacing,
    /// Samples between two refreshes.
    interval: u64,
    clock: Clock,
}

/// What a threshold remembers from batch to batch.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Clock {
    threshold: f64,
    /// Samples since the threshold was taken.
    since: u64,
    /// Epoch in which it was.
    epoch: u32,
}

impl Quantile {
    pub(super) fn new(from: f64, to: ShareChoice, pacing: Pacing, num_samples: usize) -> Self {
        Self {
            from,
            to,
            pacing,
            interval: (num_samples / REFRESHES_AN_EPOCH).max(1) as u64,
            clock: Clock {
                threshold: 0.0,
                since: 0,
                epoch: 0,
            },
        }
    }

    /// The threshold for a batch: of its own losses in the first epoch, then of the latest known ones of all samples.
    pub(in crate::self_paced) fn at(&mut self, batch: &Batch<'_>, latest: &LatestLosses) -> f64 {
        let epoch = batch.progress.epoch;
        let taken_anew = if epoch == 0 {
            Some(self.of_batch(batch))
        } else if epoch != self.clock.epoch || self.clock.since >= self.interval {
            let share = self.share(batch);
            Some(latest.quantile(share).unwrap_or_else(|| self.of_batch(batch)))
        } else {
            None
        };
        if let Some(threshold) = taken_anew {
            self.clock = Clock {
                threshold,
                since: 0,
                epoch,
            };
        }
        self.clock.since += batch.losses.len() as u64;
        self.clock.threshold
    }

    fn of_batch(&self, batch: &Batch<'_>) -> f64 {
        quantile(&mut batch.losses.to_vec(), self.share(batch)).unwrap_or(0.0)
    }

    fn share(&self, batch: &Batch<'_>) -> f64 {
        let to = self.to.share(batch.noise_rate).unwrap_or(1.0);
        self.pacing.share(self.from.min(to), to, batch.progress)
    }

    /// Whether the last share follows the estimated share of wrong labels.
    pub(in crate::self_paced) fn follows_noise_rate(&self) -> bool {
        self.to == ShareChoice::Auto
    }

    /// The memory as the numbers of a state.
    pub(in crate::self_paced) fn numbers(&self) -> [f64; 3] {
        [
            self.clock.threshold,
            self.clock.since as f64,
            f64::from(self.clock.epoch),
        ]
    }

    /// The same threshold with the memory of a state.
    pub(in crate::self_paced) fn restored(&self, numbers: &[f64]) -> Result<Self, CurriculumError> {
        match *numbers {
            [threshold, since, epoch] if !threshold.is_nan() && is_count(since) && is_count(epoch) => {
                Ok(Self {
                    clock: Clock {
                        threshold,
                        since: since as u64,
                        epoch: epoch as u32,
                    },
                    ..self.clone()
                })
            }
            _ => Err(CurriculumError::WrongState {
                expected: "a threshold, a count of samples and an epoch".to_owned(),
                found: format!("{numbers:?}"),
            }),
        }
    }
}

fn is_count(number: f64) -> bool {
    number >= 0.0 && number <= f64::from(u32::MAX) && number.fract() == 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::Progress;
    use crate::pacing::PacingCurve;

    fn half_to(to: ShareChoice) -> Quantile {
        let pacing = Pacing {
            curve: PacingCurve::Linear,
            over: 0.5,
        };
        Quantile::new(0.5, to, pacing, 4)
    }

    fn batch(losses: &[f32], epoch: u32, noise_rate: Option<f64>) -> Batch<'_> {
        Batch {
            losses,
            ids: &[0, 1, 2, 3],
            rows: &[0, 1, 2, 3],
            labels: &[0, 0, 0, 0],
            progress: Progress {
                epoch,
                epochs: 4,
                step: u64::from(epoch),
                steps: 4,
            },
            noise_rate,
        }
    }

    fn let_in(losses: &[f32], threshold: f64) -> usize {
        losses.iter().filter(|&&loss| f64::from(loss) < threshold).count()
    }

    #[test]
    fn in_the_first_epoch_a_share_of_every_batch_is_let_in() {
        let mut quantile = half_to(ShareChoice::Auto);
        for losses in [[1.0, 2.0, 3.0, 4.0], [40.0, 20.0, 10.0, 30.0]] {
            let threshold = quantile.at(&batch(&losses, 0, None), &LatestLosses::new(4));
            assert_eq!(let_in(&losses, threshold), 2);
        }
    }

    #[test]
    fn later_it_follows_the_latest_losses_of_all_samples() {
        let mut quantile = half_to(ShareChoice::Given(0.5));
        let mut latest = LatestLosses::new(4);
        latest.remember(&batch(&[1.0, 2.0, 3.0, 4.0], 0, None));
        let threshold = quantile.at(&batch(&[9.0, 9.0, 9.0, 9.0], 1, None), &latest);
        assert_eq!(let_in(&[1.0, 2.0, 3.0, 4.0], threshold), 2);
    }

    #[test]
    fn the_estimated_noise_never_enters() {
        let losses = [1.0, 2.0, 3.0, 4.0];
        let mut latest = LatestLosses::new(4);
        latest.remember(&batch(&losses, 0, None));
        let at_the_end = |noise_rate| {
            let mut quantile = half_to(ShareChoice::Auto);
            let_in(&losses, quantile.at(&batch(&losses, 3, noise_rate), &latest))
        };
        assert_eq!(at_the_end(Some(0.25)), 3);
        // Less than the half that it begins with.
        assert_eq!(at_the_end(Some(0.75)), 1);
        assert_eq!(at_the_end(None), 4);
    }

    #[test]
    fn samples_of_equal_loss_are_let_in_together_and_not_left_out() {
        let losses = [2.5, 2.5, 2.5, 2.5];
        let threshold = half_to(ShareChoice::Auto).at(&batch(&losses, 0, None), &LatestLosses::new(4));
        assert_eq!(let_in(&losses, threshold), 4);
    }
}
