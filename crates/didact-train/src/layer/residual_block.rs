//! The residual block.

use burn::tensor::Tensor;
use didact_kernels::{Activation, Pooling};

use super::batch_norm::{BatchNorm, BatchNormConfig};
use super::conv_block::ConvBlock;
use super::conv2d::{Bias, Conv2d, Conv2dConfig, Padding};
use super::weight_scheme::WeightScheme;
use crate::network::{ParameterBuilder, Parameters, Pass};

/// Settings of a [`ResidualBlock`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct ResidualBlockConfig {
    /// Number of input channels.
    pub(crate) inputs: usize,
    /// Number of output channels.
    pub(crate) outputs: usize,
    /// By how much the image becomes smaller, at least 1.
    pub(crate) stride: usize,
    /// What follows the block.
    pub(crate) pooling: Option<Pooling>,
}

/// Two convolutions 3x3 whose result is added to their input: convolution, normalisation, `ReLU`, convolution,
/// normalisation, addition, `ReLU`. Where the stride is not 1, a convolution 1x1 of that stride brings the input to the
/// shape of the result.
///
/// Source: He et al., 2015, "Deep Residual Learning for Image Recognition", figure 2 left; the shortcut is their
/// option B, without normalisation.
#[derive(Clone, Debug)]
pub(crate) struct ResidualBlock {
    /// The first convolution and what follows it.
    pub(crate) first: ConvBlock,
    /// The second one, in which the input is added.
    pub(crate) second: ConvBlock,
    /// What brings the input to the shape of the result, where it has another.
    pub(crate) shortcut: Option<ConvBlock>,
}

impl ResidualBlock {
    /// Declares `NAME.conv1.*`, `NAME.norm1.*`, `NAME.conv2.*`, `NAME.norm2.*`, and `NAME.shortcut.weight` if the
    /// stride is not 1.
    pub(crate) fn new(name: &str, config: ResidualBlockConfig, builder: &mut ParameterBuilder) -> Self {
        let ResidualBlockConfig {
            inputs,
            outputs,
            stride,
            pooling,
        } = config;
        let entry = Conv2dConfig {
            stride,
            ..convolution(inputs, outputs)
        };
        let names = |index: u32| [format!("{name}.conv{index}"), format!("{name}.norm{index}")];
        let first = normalized(&names(1), entry, builder);
        let second = normalized(&names(2), convolution(outputs, outputs), builder);
        let shortcut = Conv2dConfig { kernel: 1, ..entry };
        let declare = || Conv2d::new(&format!("{name}.shortcut"), shortcut, builder).into();
        Self {
            first,
            second: ConvBlock { pooling, ..second },
            shortcut: (stride != 1).then(declare),
        }
    }

    /// # Shapes
    ///
    /// - `input`: `[batch_size, height, width, inputs]`
    /// - output: `[batch_size, height', width', outputs]`
    pub(crate) fn forward(&self, parameters: &Parameters, input: Tensor<4>, pass: &mut Pass) -> Tensor<4> {
        let (residual, inner) = match &self.shortcut {
            Some(shortcut) => {
                let residual = shortcut.forward(parameters, input.clone(), pass);
                (residual, self.first.forward(parameters, input, pass))
            }
            None => (input.clone(), self.first.forward_keeping(parameters, input, pass)),
        };
        self.second.forward_adding(parameters, inner, residual, pass)
    }
}

/// A convolution 3x3 without bias that keeps the size of the image.
pub(crate) fn convolution(inputs: usize, outputs: usize) -> Conv2dConfig {
    Conv2dConfig {
        inputs,
        outputs,
        kernel: 3,
        stride: 1,
        padding: Padding::Same,
        bias: Bias::Absent,
        scheme: WeightScheme::HeNormal,
    }
}

/// Convolution, normalisation and `ReLU`; `names` are those of the first two.
pub(crate) fn normalized(
    names: &[String; 2],
    config: Conv2dConfig,
    builder: &mut ParameterBuilder,
) -> ConvBlock {
    let convolution = Conv2d::new(&names[0], config, builder);
    let norm = BatchNorm::new(&names[1], BatchNormConfig::pytorch(config.outputs), builder);
    ConvBlock {
        norm: Some(norm),
        after: Activation::Relu,
        ..ConvBlock::from(convolution)
    }
}
