//! The parameters of a convolution.

use didact_kernels::Convolution;
use serde::{Deserialize, Serialize};

use super::weight_scheme::WeightScheme;
use crate::network::{ParameterBuilder, ParameterId, Parameters, Pass, Role};

/// What a convolution sees beyond the border of the image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Padding {
    /// Nothing: the output is smaller than the input by the kernel size less one.
    #[default]
    None,
    /// Zeros, so that the output is as large as the input, or as `1 / stride` of it, rounded up.
    Same,
}

/// What a convolution adds to each of its outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bias {
    /// A number that is trained.
    Trained,
    /// Nothing, as where a normalisation follows that would take it away again.
    Absent,
}

/// Settings of a [`Conv2d`] with a square kernel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conv2dConfig {
    /// Number of input channels.
    pub(crate) inputs: usize,
    /// Number of output channels.
    pub(crate) outputs: usize,
    /// Side of the kernel in pixels; odd.
    pub(crate) kernel: usize,
    /// Pixels from one application to the next, at least 1.
    pub(crate) stride: usize,
    /// What it sees beyond the border.
    pub(crate) padding: Padding,
    /// What it adds.
    pub(crate) bias: Bias,
    /// Where its weights start.
    pub(crate) scheme: WeightScheme,
}

/// The parameters of a convolution, as `torch.nn.Conv2d`, or of a linear layer, as `torch.nn.Linear`.
#[derive(Clone, Debug)]
pub(crate) struct Conv2d {
    weight: ParameterId,
    bias: Option<ParameterId>,
    shape: [usize; 4],
    stride: usize,
    padding: usize,
}

impl Conv2d {
    /// Declares `NAME.weight` `[outputs, inputs, kernel, kernel]`, and `NAME.bias` `[outputs]` if it has one.
    pub(crate) fn new(name: &str, config: Conv2dConfig, builder: &mut ParameterBuilder) -> Self {
        let Conv2dConfig {
            inputs,
            outputs,
            kernel,
            stride,
            padding,
            bias,
            scheme,
        } = config;
        let shape = [outputs, inputs, kernel, kernel];
        let initial = scheme.weight(shape);
        Self {
            weight: builder.declare(format!("{name}.weight"), &shape, Role::Weight, initial),
            bias: match bias {
                Bias::Trained => Some(declare_bias(name, shape, scheme, builder)),
                Bias::Absent => None,
            },
            shape,
            stride,
            padding: match padding {
                Padding::None => 0,
                Padding::Same => kernel / 2,
            },
        }
    }

    /// A linear layer, which is a convolution of images of one pixel: declares `NAME.weight` `[outputs, inputs]` and
    /// `NAME.bias` `[outputs]`.
    pub(crate) fn linear(
        name: &str,
        [inputs, outputs]: [usize; 2],
        scheme: WeightScheme,
        builder: &mut ParameterBuilder,
    ) -> Self {
        let shape = [outputs, inputs, 1, 1];
        let initial = scheme.weight(shape);
        Self {
            weight: builder.declare(format!("{name}.weight"), &shape[..2], Role::Weight, initial),
            bias: Some(declare_bias(name, shape, scheme, builder)),
            shape,
            stride: 1,
            padding: 0,
        }
    }

    /// Pixels of the output for each image of `sides`, height and width.
    pub(super) fn pixels(&self, sides: [usize; 2]) -> usize {
        let [_, _, kernel, _] = self.shape;
        sides
            .map(|side| (side + 2 * self.padding - kernel) / self.stride + 1)
            .iter()
            .product()
    }

    /// The convolution with the parameters as they stand.
    pub(super) fn operand(&self, parameters: &Parameters, pass: &Pass) -> Convolution {
        Convolution {
            weight: parameters.tensor(self.weight, self.shape),
            bias: self.bias.map(|bias| parameters.flat(bias)),
            stride: self.stride,
            padding: self.padding,
            precision: pass.precision(),
        }
    }
}

fn declare_bias(
    name: &str,
    shape: [usize; 4],
    scheme: WeightScheme,
    builder: &mut ParameterBuilder,
) -> ParameterId {
    builder.declare(
        format!("{name}.bias"),
        &shape[..1],
        Role::Offset,
        scheme.bias(shape),
    )
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;
    use didact_kernels::Precision;

    use super::*;
    use crate::network::Mode;

    #[test]
    fn the_precision_is_that_of_the_pass() {
        let mut builder = ParameterBuilder::default();
        let layer = Conv2d::linear("linear", [2, 3], WeightScheme::PyTorch, &mut builder);
        let parameters = builder.initialise(0, &Device::flex());
        for precision in [Precision::F32, Precision::Bf16] {
            let pass = Pass::new(Mode::Evaluation, precision);
            assert_eq!(layer.operand(&parameters, &pass).precision, precision);
        }
    }

    #[test]
    fn pixels_are_counted_with_padding_and_stride() {
        let config = Conv2dConfig {
            inputs: 1,
            outputs: 1,
            kernel: 3,
            stride: 2,
            padding: Padding::Same,
            bias: Bias::Absent,
            scheme: WeightScheme::HeNormal,
        };
        let pixels =
            |config, sides| Conv2d::new("conv", config, &mut ParameterBuilder::default()).pixels(sides);
        assert_eq!(pixels(config, [5, 8]), 3 * 4);
        let unpadded = Conv2dConfig {
            padding: Padding::None,
            stride: 1,
            ..config
        };
        assert_eq!(pixels(unpadded, [5, 8]), 3 * 6);
    }
}
