//! The end that several networks share: dropout, a hidden layer, the classes.

use burn::tensor::Tensor;

use super::Output;
use crate::layer::{ConvBlock, Dropout, flattened};
use crate::network::{Parameters, Pass};

/// Dropout, a hidden layer, and the classes. What the hidden layer says are the features.
pub(super) struct Head {
    pub(super) dropout: Dropout,
    pub(super) hidden: ConvBlock,
    pub(super) output: ConvBlock,
}

impl Head {
    /// # Shapes
    ///
    /// - `values`: `[batch_size, 1, 1, values]`
    /// - output: see [`Output`]
    pub(super) fn forward(&self, parameters: &Parameters, values: Tensor<4>, pass: &mut Pass) -> Output {
        let kept = self.dropout.forward(values, pass);
        let hidden = self.hidden.forward(parameters, kept, pass);
        let logits = self.output.forward(parameters, hidden.clone(), pass);
        Output {
            logits: flattened(logits),
            features: Some(flattened(hidden)),
        }
    }
}
