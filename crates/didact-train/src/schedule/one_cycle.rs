//! `one-cycle`: the learning rate climbs, then falls far below where it began.

use serde::{Deserialize, Serialize};

use super::{Clock, cosine_decay};
use crate::number::{NonNegativeNumber, PositiveNumber, ProperShare};

/// `one-cycle`: from `base / divisor` up to the base rate, then down to `base / divisor / final-divisor`, along cosines.
///
/// Source: Smith and Topin, 2018, as `torch.optim.lr_scheduler.OneCycleLR`.
/// Differs from it: the momentum stays where it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct OneCycleConfig {
    /// Share of the steps in which the rate climbs, in `[0, 1)`.
    pub climb: ProperShare,
    /// The base rate over the first one.
    pub divisor: PositiveNumber,
    /// The first rate over the last one.
    pub final_divisor: PositiveNumber,
    /// Epochs in which the rate climbs from 0 to where the cycle begins.
    pub warmup: NonNegativeNumber,
}

impl Default for OneCycleConfig {
    fn default() -> Self {
        Self {
            climb: ProperShare::of(0.3),
            divisor: PositiveNumber::of(25.0),
            final_divisor: PositiveNumber::of(1e4),
            warmup: NonNegativeNumber::default(),
        }
    }
}

impl OneCycleConfig {
    pub(super) fn rate(self, base: f64, clock: Clock) -> f64 {
        let first = base / f64::from(self.divisor);
        let last = first / f64::from(self.final_divisor);
        let peak = f64::from(self.climb) * clock.steps as f64 - 1.0;
        let step = clock.step as f64;
        if step <= peak {
            cosine_decay(step, [peak.max(1.0), 1.0], [first, base])
        } else {
            let fall = (clock.steps as f64 - 1.0 - peak.max(0.0)).max(1.0);
            cosine_decay((step - peak.max(0.0)).min(fall), [fall, 1.0], [base, last])
        }
    }
}
