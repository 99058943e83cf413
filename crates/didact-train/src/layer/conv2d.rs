//! A convolution over images.

use burn::tensor::Tensor;
use burn::tensor::module::conv2d;
use burn::tensor::ops::ConvOptions;
use serde::{Deserialize, Serialize};

use crate::network::{Initial, ParameterBuilder, ParameterId, Parameters, Role};

/// What a convolution sees beyond the border of the image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Padding {
    /// Nothing: the output is smaller than the input by the kernel size less one.
    #[default]
    None,
    /// Zeros, so that the output is as large as the input.
    Same,
}

/// Settings of a [`Conv2d`] with a square kernel and stride 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conv2dConfig {
    /// Number of input channels.
    pub(crate) inputs: usize,
    /// Number of output channels.
    pub(crate) outputs: usize,
    /// Side of the kernel in pixels; odd.
    pub(crate) kernel: usize,
    /// What it sees beyond the border.
    pub(crate) padding: Padding,
}

/// A convolution with bias, as `torch.nn.Conv2d`.
#[derive(Clone, Debug)]
pub(crate) struct Conv2d {
    weight: ParameterId,
    bias: ParameterId,
    padding: usize,
}

impl Conv2d {
    /// Declares `NAME.weight` `[outputs, inputs, kernel, kernel]` and `NAME.bias` `[outputs]`.
    pub(crate) fn new(name: &str, config: Conv2dConfig, builder: &mut ParameterBuilder) -> Self {
        let Conv2dConfig {
            inputs,
            outputs,
            kernel,
            padding,
        } = config;
        let initial = Initial::Uniform {
            fan_in: inputs * kernel * kernel,
        };
        let shape = [outputs, inputs, kernel, kernel];
        Self {
            weight: builder.declare(format!("{name}.weight"), &shape, Role::Weight, initial),
            bias: builder.declare(format!("{name}.bias"), &[outputs], Role::Offset, initial),
            padding: match padding {
                Padding::None => 0,
                Padding::Same => kernel / 2,
            },
        }
    }

    /// # Shapes
    ///
    /// - `input`: `[batch_size, inputs, height, width]`
    /// - output: `[batch_size, outputs, height', width']`, smaller by `kernel - 1` without padding
    pub(crate) fn forward(&self, parameters: &Parameters, input: Tensor<4>) -> Tensor<4> {
        let options = ConvOptions::new([1, 1], [self.padding; 2], [1, 1], 1);
        conv2d(
            input,
            parameters.tensor(self.weight),
            Some(parameters.tensor(self.bias)),
            options,
        )
    }
}
