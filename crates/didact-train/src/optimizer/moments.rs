//! The running moments that `adam` and `adam-w` share.

use burn::tensor::Tensor;
use didact_kernels::{AdamStep, Decay};
use serde::{Deserialize, Serialize};

use super::Update;
use crate::number::{PositiveNumber, ProperShare};

/// Settings of `adam` and `adam-w`, with `PyTorch`'s defaults: 0.9, 0.999 and 1e-8.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MomentsConfig {
    /// How much of the first moment a step keeps, in `[0, 1)`.
    pub beta1: ProperShare,
    /// How much of the second moment a step keeps, in `[0, 1)`.
    pub beta2: ProperShare,
    /// Added to the scale, `> 0`.
    pub epsilon: PositiveNumber,
}

impl Default for MomentsConfig {
    fn default() -> Self {
        Self {
            beta1: ProperShare::of(0.9),
            beta2: ProperShare::of(0.999),
            epsilon: PositiveNumber::of(1e-8),
        }
    }
}

pub(super) const MEMORY: [&str; 2] = ["first_moment", "second_moment"];

impl MomentsConfig {
    /// The settings of a step that is done in one pass.
    pub(super) fn step(&self, update: Update, decay: Decay) -> AdamStep {
        AdamStep {
            step: update.step,
            learning_rate: update.learning_rate,
            betas: [self.beta1.into(), self.beta2.into()],
            epsilon: self.epsilon.into(),
            decay,
        }
    }

    /// The direction of a step; both moments are updated, and corrected for their start at zero.
    pub(super) fn direction(
        &self,
        gradient: Tensor<1>,
        [first, second]: &mut [Tensor<1>; 2],
        update: Update,
    ) -> Tensor<1> {
        let (beta1, beta2) = (f64::from(self.beta1), f64::from(self.beta2));
        *first = first.clone() * beta1 + gradient.clone() * (1.0 - beta1);
        *second = second.clone() * beta2 + gradient.clone() * gradient * (1.0 - beta2);
        let steps = update.step as f64;
        let (correction1, correction2) = (1.0 - beta1.powf(steps), 1.0 - beta2.powf(steps));
        let scale = second.clone().sqrt() / correction2.sqrt() + f64::from(self.epsilon);
        first.clone() / correction1 / scale
    }
}
