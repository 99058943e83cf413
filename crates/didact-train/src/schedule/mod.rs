//! Schedules of the learning rate, one file each, with `PyTorch`'s arithmetic.
//!
//! | name | idea | source |
//! |---|---|---|
//! | `constant` | the same rate throughout | |
//! | `step` | times a factor every few epochs | |
//! | `cosine` | down along half a cosine, with restarts if asked | Loshchilov and Hutter, 2017 |
//! | `one-cycle` | up, then far down | Smith and Topin, 2018 |
//!
//! Each takes `warmup=EPOCHS`: the rate first climbs linearly to where the schedule begins.

mod constant;
mod cosine;
mod one_cycle;
mod step;

use serde::{Deserialize, Serialize};

pub use constant::ConstantConfig;
pub use cosine::{CosineConfig, cosine_decay};
pub use one_cycle::OneCycleConfig;
pub use step::StepConfig;

use crate::number::NonNegativeNumber;

/// The choice of a schedule, as spelt on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case")]
pub enum ScheduleConfig {
    /// See [`ConstantConfig`].
    Constant(ConstantConfig),
    /// See [`StepConfig`].
    Step(StepConfig),
    /// See [`CosineConfig`].
    Cosine(CosineConfig),
    /// See [`OneCycleConfig`].
    OneCycle(OneCycleConfig),
}

/// The steps of a run, or of the part of it that a schedule governs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock {
    /// The current step, counted from 0.
    pub step: u64,
    /// Number of steps in all.
    pub steps: u64,
    /// Number of steps in an epoch.
    pub steps_per_epoch: u64,
}

impl ScheduleConfig {
    /// The learning rate of a step.
    pub fn learning_rate(self, base: f64, clock: Clock) -> f64 {
        let warmup = (f64::from(self.warmup()) * clock.steps_per_epoch as f64).round() as u64;
        let warmup = warmup.min(clock.steps.saturating_sub(1));
        let after = |step| Clock {
            step,
            steps: clock.steps - warmup,
            ..clock
        };
        if clock.step < warmup {
            self.unwarmed(base, after(0)) * (clock.step + 1) as f64 / warmup as f64
        } else {
            self.unwarmed(base, after(clock.step - warmup))
        }
    }

    fn warmup(self) -> NonNegativeNumber {
        match self {
            Self::Constant(config) => config.warmup,
            Self::Step(config) => config.warmup,
            Self::Cosine(config) => config.warmup,
            Self::OneCycle(config) => config.warmup,
        }
    }

    fn unwarmed(self, base: f64, clock: Clock) -> f64 {
        match self {
            Self::Constant(_) => base,
            Self::Step(config) => config.rate(base, clock),
            Self::Cosine(config) => config.rate(base, clock),
            Self::OneCycle(config) => config.rate(base, clock),
        }
    }
}
