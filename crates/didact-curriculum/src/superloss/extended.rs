//! SuperLoss whose confidence is set by averages of losses, or follows their trend.

use crate::batch::Batch;
use crate::curriculum::{Curriculum, Weighing};
use crate::error::CurriculumError;
use crate::state::State;

use super::expectation::Expectation;
use super::optimum::Optimum;
use super::smoother::Smoother;
use super::trend::Trend;
use super::weighing::single_precision;

/// SuperLoss with smoothing, trend, or both.
///
/// The confidence `σ` is the one that SuperLoss gives the smoothed loss `s`, with the expected loss `τ` moved by the sample's
/// trend; expectations that follow the batches follow their smoothed losses. Trained on is `σ · l` with the sample's own
/// loss `l`, and the value that is logged is `(l - τ) σ + λ (ln σ)²`. Without smoothing and trend it is
/// [`SuperLoss`](crate::SuperLoss) to the bit.
///
/// ```
/// use didact_curriculum::{Batch, Curriculum, Progress, Setting, SmoothingConfig, SuperlossConfig};
///
/// let config = SuperlossConfig { smoothing: SmoothingConfig::Sample { decay: 0.9 }, ..SuperlossConfig::default() };
/// let mut curriculum = config.init_extended(&Setting { num_classes: Some(10), num_samples: 1, ..Setting::default() })?;
/// let mut confidence = |loss| {
///     let progress = Progress { epoch: 0, epochs: 1, step: 0, steps: 1 };
///     let batch = Batch { losses: &[loss], ids: &[0], rows: &[0], labels: &[0], progress, noise_rate: None };
///     curriculum.weigh(&batch).map(|weighing| weighing.weights[0])
/// };
/// let (at_first, after_a_jump) = (confidence(2.302_585)?, confidence(12.302_585)?);
/// // As if the loss had risen by 1, a tenth of the jump.
/// assert!((at_first - 1.0).abs() < 1e-6 && (after_a_jump - 0.703_467).abs() < 1e-6);
/// # Ok::<(), didact_curriculum::CurriculumError>(())
/// ```
///
/// Source: [`SmoothingConfig`](crate::SmoothingConfig) and [`TrendConfig`](crate::TrendConfig) name theirs.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtendedSuperLoss {
    pub(super) lambda: f64,
    pub(super) expectation: Expectation,
    pub(super) smoother: Smoother,
    pub(super) trend: Option<Trend>,
}

impl ExtendedSuperLoss {
    fn check(&self, batch: &Batch<'_>) -> Result<(), CurriculumError> {
        batch.check()?;
        self.smoother.check(batch)?;
        self.trend.as_ref().map_or(Ok(()), |trend| trend.check(batch))
    }

    /// Confidence and value of a sample.
    fn weigh_sample(&self, loss: f64, smoothed: f64, expectation: f64) -> (f32, f32) {
        let Optimum { confidence, value } = Optimum::new(smoothed - expectation, self.lambda);
        single_precision(Optimum {
            confidence,
            value: value + (loss - smoothed) * confidence,
        })
    }
}

impl Curriculum for ExtendedSuperLoss {
    fn weigh(&mut self, batch: &Batch<'_>) -> Result<Weighing, CurriculumError> {
        self.check(batch)?;
        let smoothed = self.smoother.smooth(batch);
        let expectation = self
            .expectation
            .update(smoothed.iter().sum::<f64>() / smoothed.len() as f64);
        let shifts = match &mut self.trend {
            Some(trend) => trend.shifts(batch),
            None => vec![0.0; smoothed.len()],
        };
        let samples = batch.losses.iter().zip(smoothed).zip(shifts);
        let (confidences, values) = samples
            .map(|((&loss, smoothed), shift)| {
                self.weigh_sample(f64::from(loss), smoothed, expectation - shift)
            })
            .unzip();
        Ok(Weighing {
            values: Some(values),
            ..Weighing::new(confidences)
        })
    }

    fn state(&self) -> State {
        let state = self.smoother.save(self.expectation.state());
        match &self.trend {
            Some(trend) => trend.save(state),
            None => state,
        }
    }

    fn restore(&mut self, state: &State) -> Result<(), CurriculumError> {
        let saves = self.state();
        state.check_sample_columns(saves.sample_columns().map(|(name, _)| name))?;
        let (smoother, rest) = self.smoother.load(state)?;
        let trend = self.trend.as_ref().map(|trend| trend.load(state)).transpose()?;
        self.expectation.restore(&rest)?;
        self.smoother = smoother;
        self.trend = trend;
        Ok(())
    }
}
