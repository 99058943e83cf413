//! Sequence pooling.

use burn::tensor::Tensor;
use burn::tensor::activation::softmax;
use didact_kernels::weighted_sum;

use super::conv_block::ConvBlock;
use super::conv2d::Conv2d;
use super::weight_scheme::WeightScheme;
use crate::network::{ParameterBuilder, Parameters, Pass};

/// The mean of all tokens, each of which says by a linear layer how much it counts.
///
/// Source: Hassani et al., 2021, "Escaping the Big Data Paradigm with Compact Transformers", section 3.2.
#[derive(Clone, Debug)]
pub(crate) struct SequencePooling {
    score: ConvBlock,
}

impl SequencePooling {
    /// Declares `NAME.weight` `[1, width]` and `NAME.bias` `[1]`.
    pub(crate) fn new(name: &str, width: usize, builder: &mut ParameterBuilder) -> Self {
        Self {
            score: Conv2d::linear(name, [width, 1], WeightScheme::GlorotUniform, builder).into(),
        }
    }

    /// # Shapes
    ///
    /// - `tokens`: `[batch_size, 1, tokens, width]`
    /// - output: `[batch_size, 1, 1, width]`
    pub(crate) fn forward(&self, parameters: &Parameters, tokens: Tensor<4>, pass: &mut Pass) -> Tensor<4> {
        let scores = self.score.forward(parameters, tokens.clone(), pass);
        weighted_sum(tokens, softmax(scores, 2))
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;
    use didact_kernels::Precision;

    use super::*;
    use crate::network::{Mode, host};

    #[test]
    fn tokens_count_by_the_exponential_of_their_score() {
        let mut builder = ParameterBuilder::default();
        let pooling = SequencePooling::new("pooling", 2, &mut builder);
        let device = Device::flex();
        let mut parameters = builder.initialise(0, &device);
        parameters.replace(0, Tensor::from_floats([1.0, 0.0], &device));
        // Scores 0 and ln 3: the second token counts three times as much.
        let tokens = Tensor::from_floats([[[[0.0, 8.0], [3.0_f32.ln(), 4.0]]]], &device);
        let mut pass = Pass::new(Mode::Evaluation, Precision::F32);
        let found = host(pooling.forward(&parameters, tokens, &mut pass));
        assert!((found[0] - 0.75 * 3.0_f32.ln()).abs() < 1e-6, "{found:?}");
        assert!((found[1] - 5.0).abs() < 1e-6, "{found:?}");
    }
}
