//! The samples of a batch with the smallest losses.

use crate::batch::{Batch, Progress};
use crate::curriculum::{Curriculum, Weighing};
use crate::error::CurriculumError;
use crate::rate_choice::RateChoice;
use crate::selection::first_of;
use crate::state::State;

use super::config::SmallLossConfig;
use super::entry::ENTRY;

/// So much may rounding take from a product that should be a whole number.
const ROUNDING: f64 = 1e-9;

/// Keeps the share `R(T) = 1 - min(T/T_k τ, τ)` of each batch, the samples with the smallest losses.
///
/// The number kept is exact, rounded down and at least 1; of samples with equal losses those with the smaller ids stay.
/// While `τ` is to be estimated and is not yet, every sample is kept.
///
/// ```
/// use didact_curriculum::{Batch, Curriculum, Progress, RateChoice, SmallLossConfig};
///
/// let mut curriculum = SmallLossConfig { noise_rate: RateChoice::Given(0.5), ..SmallLossConfig::default() }.init()?;
/// let batch = Batch {
///     losses: &[0.1, 7.0, 0.4, 3.0],
///     ids: &[0, 1, 2, 3],
///     rows: &[0, 1, 2, 3],
///     labels: &[0; 4],
///     progress: Progress { epoch: 10, epochs: 20, step: 10, steps: 20 },
///     noise_rate: None,
/// };
/// assert_eq!(curriculum.weigh(&batch)?.weights, [1.0, 0.0, 1.0, 0.0]);
/// # Ok::<(), didact_curriculum::CurriculumError>(())
/// ```
///
/// Source: Han et al., 2018. Differs from the paper: one network chooses for itself; `T` counts epochs from 0,
/// so that the first epoch keeps everything.
#[derive(Clone, Debug, PartialEq)]
pub struct SmallLoss {
    pub(super) config: SmallLossConfig,
}

impl SmallLoss {
    /// `R(T)`, the share of a batch that is kept, in `(0, 1]`.
    pub fn kept_share(&self, progress: Progress, estimated_noise_rate: Option<f64>) -> f64 {
        let rate = self.config.noise_rate.rate(estimated_noise_rate).unwrap_or(0.0);
        let grown = f64::from(progress.epoch) / self.config.over;
        1.0 - rate * grown.min(1.0)
    }
}

impl Curriculum for SmallLoss {
    fn weigh(&mut self, batch: &Batch<'_>) -> Result<Weighing, CurriculumError> {
        batch.check()?;
        let share = self.kept_share(batch.progress, batch.noise_rate);
        let count = (batch.losses.len() as f64 * share + ROUNDING) as usize;
        let keys: Vec<(f32, u64)> = batch
            .losses
            .iter()
            .copied()
            .zip(batch.ids.iter().copied())
            .collect();
        let kept = first_of(&keys, count.max(1), |a, b| {
            a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))
        });
        Ok(Weighing {
            averaging: self.config.averaging,
            ..Weighing::new(kept.into_iter().map(|kept| f32::from(u8::from(kept))).collect())
        })
    }

    fn follows_noise_rate(&self) -> bool {
        self.config.noise_rate == RateChoice::Auto
    }

    fn state(&self) -> State {
        State::new(ENTRY.name)
    }

    fn restore(&mut self, state: &State) -> Result<(), CurriculumError> {
        state.columns(ENTRY.name, []).map(|[]| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curriculum::Averaging;

    fn progress(epoch: u32) -> Progress {
        Progress {
            epoch,
            epochs: 30,
            step: 0,
            steps: 1,
        }
    }

    fn built(noise_rate: RateChoice) -> SmallLoss {
        SmallLossConfig {
            noise_rate,
            ..SmallLossConfig::default()
        }
        .init()
        .unwrap()
    }

    fn kept(rate: f64, epoch: u32, losses: &[f32]) -> Vec<f32> {
        let ids: Vec<u64> = (0..losses.len() as u64).collect();
        let zeros = vec![0; losses.len()];
        let batch = Batch {
            losses,
            ids: &ids,
            rows: &zeros,
            labels: &zeros,
            progress: progress(epoch),
            noise_rate: None,
        };
        built(RateChoice::Given(rate)).weigh(&batch).unwrap().weights
    }

    #[test]
    fn the_share_left_out_grows_for_ten_epochs_and_then_stays() {
        let curriculum = built(RateChoice::Given(0.4));
        for (epoch, expected) in [(0, 1.0), (5, 0.8), (10, 0.6), (29, 0.6)] {
            let share = curriculum.kept_share(progress(epoch), None);
            assert!((share - expected).abs() < 1e-12, "epoch {epoch}: {share}");
        }
    }

    #[test]
    fn the_estimate_is_followed_as_soon_as_there_is_one() {
        let curriculum = built(RateChoice::Auto);
        let shares = [None, Some(0.25)].map(|estimate| curriculum.kept_share(progress(20), estimate));
        assert_eq!(shares.map(f64::to_bits), [1.0, 0.75].map(f64::to_bits));
    }

    #[test]
    fn the_number_kept_is_exact_and_ties_go_to_the_smaller_ids() {
        let losses: Vec<f32> = vec![2.0; 10];
        for (rate, expected) in [(0.9, 1), (0.7, 3), (0.3, 7), (0.0, 10)] {
            let weights = kept(rate, 10, &losses);
            let count = weights.iter().filter(|&&weight| weight > 0.0).count();
            assert_eq!(count, expected, "{rate}");
            assert!(weights.is_sorted_by(|a, b| a >= b), "{weights:?}");
        }
    }

    #[test]
    fn a_batch_is_never_left_out_as_a_whole() {
        assert_eq!(kept(0.9, 10, &[5.0, 1.0]), [0.0, 1.0]);
    }

    #[test]
    fn the_mean_is_over_those_kept_unless_asked_otherwise() {
        assert_eq!(SmallLossConfig::default().averaging, Averaging::Selected);
    }
}
