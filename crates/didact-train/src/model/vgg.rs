//! `vgg`: pairs of 3x3 convolutions, after those of the Visual Geometry Group.

use burn::tensor::Tensor;
use didact_kernels::Activation;
use serde::{Deserialize, Serialize};

use super::head::Head;
use super::{Interface, Model, Output};
use crate::error::TrainError;
use crate::layer::{
    Bias, Conv2d, Conv2dConfig, ConvBlock, Dropout, MAX_OF_TILES, Padding, WeightScheme, flattened, images,
    pixels,
};
use crate::network::{ParameterBuilder, Parameters, Pass};
use crate::number::ProperShare;

const WIDTHS: [usize; 3] = [32, 64, 128];
const HIDDEN: usize = 256;

/// `vgg`: three times two convolutions 3x3 with `ReLU` (32, 64 and 128 channels) and max pooling; then dropout, a hidden
/// layer of 256 with `ReLU`, and the classes. 814,122 parameters for 10 classes of 3x32x32 pixels; images of at least
/// 8x8.
///
/// Source: Simonyan and Zisserman, 2014, for the stacks of 3x3 convolutions. The sizes are those of a notebook on
/// cleaning labels with a trusted subset, which follows Inoue et al., 2017; so are the initial weights, He's uniform ones.
/// Differs from Simonyan and Zisserman: three stages of two convolutions, and one hidden layer of 256.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VggConfig {
    /// Share of the values before the hidden layer that are dropped while training, in `[0, 1)`.
    pub dropout: ProperShare,
}

impl Default for VggConfig {
    fn default() -> Self {
        Self {
            dropout: ProperShare::of(0.5),
        }
    }
}

impl VggConfig {
    pub(super) fn build(
        &self,
        interface: Interface,
        builder: &mut ParameterBuilder,
    ) -> Result<Vgg, TrainError> {
        let image @ [channels, height, width] = interface.image("vgg")?;
        let flat = (height / 8) * (width / 8) * WIDTHS[2];
        if flat == 0 {
            return Err(interface.unfit("vgg", "images of at least 8x8"));
        }
        let inputs = [channels, WIDTHS[0], WIDTHS[0], WIDTHS[1], WIDTHS[1], WIDTHS[2]];
        let blocks = [0, 1, 2, 3, 4, 5].map(|index| {
            let config = convolution(inputs[index], WIDTHS[index / 2]);
            let convolution = Conv2d::new(&format!("conv{}", index + 1), config, builder);
            ConvBlock {
                pooling: (index % 2 == 1).then_some(MAX_OF_TILES),
                ..active(convolution)
            }
        });
        let scheme = WeightScheme::HeUniform;
        Ok(Vgg {
            image,
            blocks,
            head: Head {
                dropout: Dropout::new(self.dropout),
                hidden: active(Conv2d::linear("linear1", [flat, HIDDEN], scheme, builder)),
                output: Conv2d::linear("linear2", [HIDDEN, interface.num_classes], scheme, builder).into(),
            },
        })
    }
}

fn convolution(inputs: usize, outputs: usize) -> Conv2dConfig {
    Conv2dConfig {
        inputs,
        outputs,
        kernel: 3,
        stride: 1,
        padding: Padding::Same,
        bias: Bias::Trained,
        scheme: WeightScheme::HeUniform,
    }
}

fn active(convolution: Conv2d) -> ConvBlock {
    ConvBlock {
        before: Activation::Relu,
        ..ConvBlock::from(convolution)
    }
}

/// The network of [`VggConfig`].
pub(super) struct Vgg {
    image: [usize; 3],
    blocks: [ConvBlock; 6],
    head: Head,
}

impl Model for Vgg {
    fn forward(&self, parameters: &Parameters, input: Tensor<2>, pass: &mut Pass) -> Output {
        let image = self
            .blocks
            .iter()
            .fold(images(input, self.image), |image, block| {
                block.forward(parameters, image, pass)
            });
        self.head.forward(parameters, pixels(flattened(image)), pass)
    }
}

#[cfg(test)]
mod tests {
    use didact_data::SampleShape;

    use super::*;

    fn refusal(input: SampleShape) -> Option<String> {
        let interface = Interface {
            input,
            num_classes: 3,
        };
        let built = VggConfig::default().build(interface, &mut ParameterBuilder::default());
        built.err().map(|error| error.to_string())
    }

    #[test]
    fn what_is_too_small_to_be_halved_three_times_is_refused() {
        let image = |height, width| SampleShape::Image {
            channels: 2,
            height,
            width,
        };
        assert_eq!(refusal(image(8, 8)), None);
        let small = refusal(image(7, 30)).unwrap();
        assert!(
            small.starts_with("model vgg needs images of at least 8x8"),
            "{small}"
        );
        let features = refusal(SampleShape::Features { count: 64 }).unwrap();
        assert!(features.starts_with("model vgg needs images, "), "{features}");
    }
}
