//! `adam-w`: Adam with weight decay apart from the gradient.

use burn::tensor::Tensor;
use didact_kernels::{Decay, adam};

use super::moments::{MEMORY, MomentsConfig};
use super::{Update, UpdateRule, memory_of};

/// `adam-w`: as Adam, but the values shrink by `rate * decay` before the step, whatever the gradient.
///
/// Source: Loshchilov and Hutter, 2019, algorithm 2, as `torch.optim.AdamW`.
pub(super) struct AdamW(pub(super) MomentsConfig);

impl UpdateRule for AdamW {
    fn memory_names(&self) -> &'static [&'static str] {
        &MEMORY
    }

    fn updated(
        &self,
        values: Tensor<1>,
        gradient: Tensor<1>,
        memory: &mut [Tensor<1>],
        update: Update,
    ) -> Tensor<1> {
        let step = self.0.step(update, Decay::Apart(update.weight_decay));
        let [first, second] = memory_of(memory);
        if let Some(values) = adam(&values, &gradient, [first, second], step) {
            return values;
        }
        let shrunk = values * (1.0 - update.learning_rate * update.weight_decay);
        shrunk - self.0.direction(gradient, memory_of(memory), update) * update.learning_rate
    }
}
