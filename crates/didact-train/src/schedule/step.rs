//! `step`: the learning rate falls by a factor every few epochs.

use serde::{Deserialize, Serialize};

use super::Clock;
use crate::number::{NonNegativeNumber, PositiveNumber};

/// `step`: the base rate times `factor` for every `every` epochs that have passed, as `torch.optim.lr_scheduler.StepLR`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StepConfig {
    /// Epochs between falls.
    pub every: PositiveNumber,
    /// What the rate is multiplied by.
    pub factor: PositiveNumber,
    /// Epochs in which the rate climbs from 0.
    pub warmup: NonNegativeNumber,
}

impl Default for StepConfig {
    fn default() -> Self {
        Self {
            every: PositiveNumber::of(30.0),
            factor: PositiveNumber::of(0.1),
            warmup: NonNegativeNumber::default(),
        }
    }
}

impl StepConfig {
    pub(super) fn rate(self, base: f64, clock: Clock) -> f64 {
        let every = (f64::from(self.every) * clock.steps_per_epoch as f64)
            .round()
            .max(1.0);
        base * f64::from(self.factor).powf((clock.step as f64 / every).floor())
    }
}
