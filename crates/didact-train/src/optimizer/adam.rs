//! `adam`: steps scaled by running moments of the gradient.

use burn::tensor::Tensor;
use didact_kernels::{Decay, adam};

use super::moments::{MEMORY, MomentsConfig};
use super::{Update, UpdateRule, memory_of, with_decay};

/// `adam`.
///
/// ```text
/// m <- beta1 m + (1 - beta1) g        v <- beta2 v + (1 - beta2) g^2
/// value <- value - rate * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
/// ```
///
/// Weight decay enters through the gradient. Source: Kingma and Ba, 2015, algorithm 1, as `torch.optim.Adam`.
pub(super) struct Adam(pub(super) MomentsConfig);

impl UpdateRule for Adam {
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
        let step = self.0.step(update, Decay::InGradient(update.weight_decay));
        let [first, second] = memory_of(memory);
        if let Some(values) = adam(&values, &gradient, [first, second], step) {
            return values;
        }
        let gradient = with_decay(gradient, &values, update.weight_decay);
        values - self.0.direction(gradient, memory_of(memory), update) * update.learning_rate
    }
}
