//! `cosine`: the learning rate falls along half a cosine.

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

use super::Clock;
use crate::number::{AtLeastOne, NonNegativeNumber, PositiveNumber};

/// `cosine`: from the base rate to `minimum` along half a cosine, over the whole run or in cycles.
///
/// Source: Loshchilov and Hutter, 2017; without cycles as `torch.optim.lr_scheduler.CosineAnnealingLR`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CosineConfig {
    /// The rate at the end.
    pub minimum: NonNegativeNumber,
    /// Epochs of the first cycle; the whole run if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cycle: Option<PositiveNumber>,
    /// How many times longer each cycle is than the one before.
    pub multiplier: AtLeastOne,
    /// Epochs in which the rate climbs from 0.
    pub warmup: NonNegativeNumber,
}

impl CosineConfig {
    pub(super) fn rate(self, base: f64, clock: Clock) -> f64 {
        let cycle = self.cycle.map_or(clock.steps as f64, |epochs| {
            f64::from(epochs) * clock.steps_per_epoch as f64
        });
        // A cycle of at least a step, so that finding the current one is quick.
        let cycles = [cycle.max(1.0), f64::from(self.multiplier)];
        cosine_decay(clock.step as f64, cycles, [base, self.minimum.into()])
    }
}

/// The rate at a time, for cycles of `[first length, multiplier]` and rates `[at the start, at the end]` of each.
///
/// The end of a cycle belongs to it: the next one begins right after.
///
/// # Panics
///
/// If the first cycle is shorter than 1 or the multiplier is below 1: the cycles might never reach the time.
///
/// Source: `cosine_decay` of `FastEstimator`, whose time counts from 1.
///
/// ```
/// use didact_train::cosine_decay;
///
/// assert_eq!(cosine_decay(5.0, [10.0, 1.0], [0.01, 0.0]), 0.005);
/// assert!(cosine_decay(1001.0, [1000.0, 1.0], [0.01, 0.0]) > 0.00999);
/// assert_eq!(cosine_decay(5.0, [10.0, 2.0], [0.01, 0.0]), 0.005);
/// assert_eq!(cosine_decay(10.0, [10.0, 2.0], [0.01, 0.0]), 0.0);
/// ```
pub fn cosine_decay(time: f64, [length, multiplier]: [f64; 2], [start, end]: [f64; 2]) -> f64 {
    assert!(
        length >= 1.0 && multiplier >= 1.0,
        "cycles of {length}, then {multiplier} times as long"
    );
    let (mut begun, mut current) = (0.0, length);
    while time > begun + current {
        begun += current;
        current *= multiplier;
    }
    let phase = (time - begun) / current;
    f64::midpoint(start, end) + (start - end) / 2.0 * (PI * phase).cos()
}
