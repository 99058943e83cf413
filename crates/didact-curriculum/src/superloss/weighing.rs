//! SuperLoss as a curriculum and as an observer.

use crate::batch::{Batch, check_losses};
use crate::curriculum::{Curriculum, Weighing};
use crate::error::CurriculumError;
use crate::state::State;

use super::expectation::Expectation;
use super::optimum::Optimum;

pub(super) const NAME: &str = "superloss";

/// What SuperLoss says of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// `σ` of each sample, `[batch_size]`, in `(0, e]`; 1 where the loss is the expected one.
    pub confidences: Vec<f32>,
    /// SuperLoss value of each sample, `[batch_size]`, in the unit of the loss. Negative below the expected loss, so
    /// never to be shown as if it were the task's loss.
    pub values: Vec<f32>,
    /// The expected loss `τ` used on this batch.
    pub expectation: f64,
}

/// SuperLoss: weighs a sample by the confidence that its loss deserves.
///
/// As a [`Curriculum`] the weights are the confidences. As an observer, through [`observe`](Self::observe), it
/// tells confidence and value of any losses and influences nothing. Built by
/// [`SuperlossConfig::init`](crate::SuperlossConfig::init).
///
/// Weights reach `e` on easy samples, which trains them as if the learning rate were `e` times as large.
///
/// Source: Castells, Weinzaepfel and Revaud, 2020. Differs from FastEstimator, which caps the argument of `W` short
/// of the branch point: the largest confidence is `e`, not 2.71707.
#[derive(Clone, Debug, PartialEq)]
pub struct SuperLoss {
    lambda: f64,
    expectation: Expectation,
}

impl SuperLoss {
    pub(super) fn new(lambda: f64, expectation: Expectation) -> Self {
        Self { lambda, expectation }
    }

    /// Confidence and SuperLoss value of each sample; the batch's mean enters the expectation first.
    ///
    /// ```
    /// use didact_curriculum::SuperlossConfig;
    ///
    /// # fn main() -> Result<(), didact_curriculum::CurriculumError> {
    /// let observed = SuperlossConfig::default().init(Some(10))?.observe(&[10_f32.ln(), 9.0])?;
    /// assert!((observed.confidences[0] - 1.0).abs() < 1e-6);
    /// assert!((observed.confidences[1] - 0.330_563).abs() < 1e-6);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`CurriculumError::EmptyBatch`] and [`CurriculumError::NonFiniteLoss`]; the expectation is then unchanged.
    pub fn observe(&mut self, losses: &[f32]) -> Result<Observation, CurriculumError> {
        check_losses(losses)?;
        let mean = losses.iter().copied().map(f64::from).sum::<f64>() / losses.len() as f64;
        let expectation = self.expectation.update(mean);
        let (confidences, values) = losses
            .iter()
            .map(|&loss| single_precision(Optimum::new(f64::from(loss) - expectation, self.lambda)))
            .unzip();
        Ok(Observation {
            confidences,
            values,
            expectation,
        })
    }
}

/// Confidence and value as they are logged: positive and finite however extreme loss and `λ`.
pub(super) fn single_precision(optimum: Optimum) -> (f32, f32) {
    let confidence = (optimum.confidence as f32).max(f32::MIN_POSITIVE);
    (confidence, (optimum.value as f32).clamp(f32::MIN, f32::MAX))
}

impl Curriculum for SuperLoss {
    fn weigh(&mut self, batch: &Batch<'_>) -> Result<Weighing, CurriculumError> {
        batch.check()?;
        let Observation {
            confidences, values, ..
        } = self.observe(batch.losses)?;
        Ok(Weighing {
            values: Some(values),
            ..Weighing::new(confidences)
        })
    }

    fn state(&self) -> State {
        self.expectation.state()
    }

    fn restore(&mut self, state: &State) -> Result<(), CurriculumError> {
        state.check_sample_columns([])?;
        self.expectation.restore(state)
    }
}
