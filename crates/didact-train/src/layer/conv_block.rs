//! A convolution and all that follows it up to the next.

use burn::tensor::Tensor;
use didact_kernels::{Activation, Block, InputUse, Pooling};

use super::batch_norm::BatchNorm;
use super::conv2d::Conv2d;
use crate::network::{Parameters, Pass};

/// Pooling that halves an image: the largest value of every 2x2 tile. An odd last row or column is dropped, as by
/// `torch.nn.MaxPool2d(2)`.
pub(crate) const MAX_OF_TILES: Pooling = Pooling::Max { size: 2, stride: 2 };

/// A convolution or a linear layer, an activation, a normalisation, another activation and a pooling: the parameters
/// of a [`Block`], which makes one operation of them.
#[derive(Clone, Debug)]
pub(crate) struct ConvBlock {
    /// The convolution or linear layer.
    pub(crate) convolution: Conv2d,
    /// What follows it.
    pub(crate) before: Activation,
    /// The normalisation.
    pub(crate) norm: Option<BatchNorm>,
    /// What follows the normalisation, and the addition where something is added.
    pub(crate) after: Activation,
    /// What makes the image smaller.
    pub(crate) pooling: Option<Pooling>,
}

/// The convolution and nothing else.
impl From<Conv2d> for ConvBlock {
    fn from(convolution: Conv2d) -> Self {
        Self {
            convolution,
            before: Activation::Identity,
            norm: None,
            after: Activation::Identity,
            pooling: None,
        }
    }
}

impl ConvBlock {
    /// # Shapes
    ///
    /// - `input`: `[batch_size, height, width, inputs]`
    /// - output: `[batch_size, height', width', outputs]`
    pub(crate) fn forward(&self, parameters: &Parameters, input: Tensor<4>, pass: &mut Pass) -> Tensor<4> {
        self.apply(parameters, input, None, InputUse::Once, pass)
    }

    /// The same; the input will also be added in the block after this one.
    pub(crate) fn forward_keeping(
        &self,
        parameters: &Parameters,
        input: Tensor<4>,
        pass: &mut Pass,
    ) -> Tensor<4> {
        self.apply(parameters, input, None, InputUse::AlsoResidual, pass)
    }

    /// The same, and `residual` is added before the last activation.
    ///
    /// # Shapes
    ///
    /// - `residual`: that of the convolution's output
    pub(crate) fn forward_adding(
        &self,
        parameters: &Parameters,
        input: Tensor<4>,
        residual: Tensor<4>,
        pass: &mut Pass,
    ) -> Tensor<4> {
        self.apply(parameters, input, Some(residual), InputUse::Once, pass)
    }

    fn apply(
        &self,
        parameters: &Parameters,
        input: Tensor<4>,
        residual: Option<Tensor<4>>,
        input_use: InputUse,
        pass: &mut Pass,
    ) -> Tensor<4> {
        let [batch_size, height, width, _] = input.dims();
        let count = batch_size * self.convolution.pixels([height, width]);
        let block = Block {
            convolution: Some(self.convolution.operand(parameters, pass)),
            before: self.before,
            normalization: self
                .norm
                .as_ref()
                .map(|norm| norm.operand(parameters, count, pass)),
            residual,
            after: self.after,
            pooling: self.pooling,
            input_use,
        };
        let applied = block.apply(input);
        if let (Some(norm), Some(statistics)) = (&self.norm, applied.batch_statistics) {
            norm.note(parameters, statistics, count, pass);
        }
        applied.output
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::{Device, TensorData};
    use didact_kernels::Precision;

    use super::*;
    use crate::layer::{BatchNormConfig, WeightScheme};
    use crate::network::{Mode, ParameterBuilder, host};

    /// Running mean and variance after a batch of one channel went through `2 x`, normalised, at momentum 0.5.
    fn statistics_after(batch: &[f32]) -> [f32; 2] {
        let mut builder = ParameterBuilder::default();
        let convolution = Conv2d::linear("linear", [1, 1], WeightScheme::HeUniform, &mut builder);
        let config = BatchNormConfig {
            channels: 1,
            epsilon: 1e-5,
            momentum: 0.5,
        };
        let norm = Some(BatchNorm::new("norm", config, &mut builder));
        let block = ConvBlock {
            norm,
            ..ConvBlock::from(convolution)
        };
        let device = Device::flex();
        let mut parameters = builder.initialise(0, &device);
        parameters.replace(0, Tensor::from_floats([2.0], &device));
        let mut pass = Pass::new(Mode::Training { seed: 0, step: 0 }, Precision::F32);
        let input = TensorData::new(batch.to_vec(), [batch.len(), 1, 1, 1]);
        block.forward(&parameters, Tensor::from_data(input, &device), &mut pass);
        pass.commit(&mut parameters);
        let values: Vec<f32> = parameters
            .iter()
            .map(|parameter| host(parameter.values())[0])
            .collect();
        [values[4], values[5]]
    }

    #[test]
    fn running_statistics_move_to_mean_and_unbiased_variance_of_the_batch() {
        // Values 2 and 6: mean 4, variance 4 of these two, 8 of the population they are from.
        let [mean, variance] = statistics_after(&[1.0, 3.0]);
        assert!((mean - 2.0).abs() < 1e-6, "{mean}");
        assert!((variance - 4.5).abs() < 1e-6, "{variance}");
    }

    #[test]
    fn one_value_a_channel_leaves_the_running_statistics() {
        assert_eq!(
            statistics_after(&[1.0]).map(f32::to_bits),
            [0.0_f32, 1.0].map(f32::to_bits)
        );
    }
}
