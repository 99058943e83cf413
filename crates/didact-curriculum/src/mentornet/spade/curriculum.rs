//! One step of gradient descent on the weights of a batch.

use super::super::reference::Reference;
use super::config::ENTRY;
use crate::batch::Batch;
use crate::curriculum::{Averaging, Curriculum, Weighing};
use crate::error::CurriculumError;
use crate::state::State;

const AVERAGE: &str = "moving-percentile";
const WEIGHTS: &str = "weights";

/// Weights that belong to the samples, and are learnt beside the network: of each batch, those of its samples take one step
/// down the objective, and the network then takes one with them.
///
/// The objective is `sum of v loss + G(v)` over weights `v` in `[0, 1]`, with the regulariser
/// `G(v) = gamma/2 v^2 - (limit + gamma) v`, of which `1 - (loss - limit)/gamma`, clipped, is the minimum: the weight of
/// [`SpclLinear`](crate::PredefinedCurriculum::SpclLinear), `limit` being the moving percentile. A step of
/// `rate / gamma` down its slope moves a weight `rate` of the way to that minimum, unclipped, and is then clipped; so at a
/// rate of 1 the weight is that of the formula. Weights begin at 1.
///
/// Built by [`SpadeConfig::init`](crate::SpadeConfig::init). Keeps four bytes a sample.
///
/// Source: Jiang et al., 2018, the algorithm SPADE where the regulariser is given. Differs from it: the limit moves with the
/// batches, as it does for mentors.
#[derive(Clone, Debug, PartialEq)]
pub struct Spade {
    pub(super) gamma: f64,
    pub(super) rate: f64,
    pub(super) reference: Reference,
    pub(super) averaging: Averaging,
    pub(super) weights: Vec<f32>,
}

impl Spade {
    /// A weight after one step.
    fn moved(&self, weight: f32, loss: f32, limit: f64) -> f32 {
        let weight = f64::from(weight);
        let slope = f64::from(loss) - limit + self.gamma * (weight - 1.0);
        (weight - self.rate / self.gamma * slope).clamp(0.0, 1.0) as f32
    }
}

impl Curriculum for Spade {
    fn weigh(&mut self, batch: &Batch<'_>) -> Result<Weighing, CurriculumError> {
        batch.check()?;
        batch.check_rows(self.weights.len())?;
        let limit = self.reference.update(batch);
        for (&row, &loss) in batch.rows.iter().zip(batch.losses) {
            let row = row as usize;
            self.weights[row] = self.moved(self.weights[row], loss, limit);
        }
        let weights = batch.rows.iter().map(|&row| self.weights[row as usize]);
        Ok(Weighing {
            averaging: self.averaging,
            ..Weighing::new(weights.collect())
        })
    }

    fn follows_noise_rate(&self) -> bool {
        self.reference.follows_noise_rate()
    }

    fn state(&self) -> State {
        State::new(ENTRY.name)
            .with_column(AVERAGE, [self.reference.percentile.average()])
            .with_sample_column(WEIGHTS, self.weights.clone())
    }

    fn restore(&mut self, state: &State) -> Result<(), CurriculumError> {
        let [average] = state.columns(ENTRY.name, [AVERAGE])?;
        let weights = state.sample_column(WEIGHTS, self.weights.len())?;
        let wrong = |expected: &str, found: String| CurriculumError::WrongState {
            expected: expected.to_owned(),
            found,
        };
        if let Some(weight) = weights.iter().find(|weight| !(0.0..=1.0).contains(*weight)) {
            return Err(wrong("weights in [0, 1]", weight.to_string()));
        }
        match *average {
            [average] => self.reference.percentile.restore(average)?,
            _ => return Err(wrong("one moving percentile", format!("{average:?}"))),
        }
        self.weights.copy_from_slice(weights);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::SpadeConfig;
    use super::*;
    use crate::batch::Progress;
    use crate::setting::Setting;
    use crate::share_choice::ShareChoice;

    fn spade(rate: f64) -> Spade {
        let config = SpadeConfig {
            gamma: 2.0,
            rate,
            percentile: ShareChoice::Given(1.0),
            decay: 0.0,
            ..SpadeConfig::default()
        };
        let setting = Setting {
            num_samples: 3,
            ..Setting::default()
        };
        config.init(&setting).unwrap()
    }

    fn weigh(spade: &mut Spade, rows: &[u32], losses: &[f32]) -> Vec<f32> {
        let batch = Batch {
            losses,
            ids: &[1, 2, 3][..losses.len()],
            rows,
            labels: &[0; 3][..losses.len()],
            progress: Progress {
                epoch: 0,
                epochs: 1,
                step: 0,
                steps: 1,
            },
            noise_rate: None,
        };
        spade.weigh(&batch).unwrap().weights
    }

    #[test]
    fn a_weight_moves_by_hand_and_only_when_its_sample_is_seen() {
        // With one sample the limit is its loss, and its weight is drawn to 1.
        let mut spade = spade(0.25);
        spade.weights = vec![0.2, 1.0, 1.0];
        // 0.2 + 0.25 (1 - 0.2) = 0.4
        let weights = weigh(&mut spade, &[0], &[3.0]);
        assert!((weights[0] - 0.4).abs() < 1e-6);
        // The limit is 5, and with a gamma of 2 both are drawn up: the first by 0.25 (1 - 0.5 + (5 - 4)/2), the other by 0.125.
        spade.weights = vec![weights[0], 0.5, 0.5];
        let weights = weigh(&mut spade, &[2, 1], &[4.0, 5.0]);
        assert!(
            (weights[0] - 0.75).abs() < 1e-6 && (weights[1] - 0.625).abs() < 1e-6,
            "{weights:?}"
        );
        assert!((spade.weights[0] - 0.4).abs() < 1e-6);
    }

    #[test]
    fn a_large_loss_takes_weight_away_step_by_step() {
        let mut spade = spade(0.5);
        spade.reference = Reference::new(ShareChoice::Given(0.01), 0.0).unwrap();
        // The limit is the smallest loss, 0: the minimum for a loss of 2 is 1 - 2/2 = 0, and half of the way is gone each time.
        let mut seen = Vec::new();
        for _ in 0..3 {
            seen.push(weigh(&mut spade, &[0, 1, 2], &[0.0, 0.0, 2.0])[2]);
        }
        for (weight, expected) in seen.iter().zip([0.5, 0.25, 0.125]) {
            assert!((weight - expected).abs() < 1e-6, "{seen:?}");
        }
    }

    #[test]
    fn at_a_rate_of_one_it_is_the_closed_form() {
        let mut spade = spade(1.0);
        spade.reference = Reference::new(ShareChoice::Given(0.5), 0.0).unwrap();
        let losses = [0.5, 1.0, 2.0];
        let weights = weigh(&mut spade, &[2, 0, 1], &losses);
        for (weight, loss) in weights.iter().zip(losses) {
            let features = crate::MentorFeatures {
                loss: f64::from(loss),
                difference: f64::from(loss) - 1.0,
                ..crate::MentorFeatures::default()
            };
            let expected = crate::PredefinedCurriculum::SpclLinear { gamma: 2.0 }.weight(features);
            assert!((f64::from(*weight) - expected).abs() < 1e-6);
        }
    }
}
