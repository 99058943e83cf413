//! `resnet-20` to `resnet-56`: residual networks for small images.

use burn::tensor::Tensor;
use didact_kernels::Pooling;
use serde::{Deserialize, Serialize};

use super::{Interface, Model, Output};
use crate::error::TrainError;
use crate::layer::{
    Conv2d, ConvBlock, ResidualBlock, ResidualBlockConfig, WeightScheme, convolution, flattened, images,
    normalized,
};
use crate::network::{ParameterBuilder, Parameters, Pass};

const WIDTHS: [usize; 3] = [16, 32, 64];

/// How many layers a residual network has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// `resnet-20`.
    Twenty,
    /// `resnet-32`.
    ThirtyTwo,
    /// `resnet-44`.
    FortyFour,
    /// `resnet-56`.
    FiftySix,
}

impl Depth {
    /// The model's name.
    fn name(self) -> &'static str {
        match self {
            Self::Twenty => "resnet-20",
            Self::ThirtyTwo => "resnet-32",
            Self::FortyFour => "resnet-44",
            Self::FiftySix => "resnet-56",
        }
    }

    /// Residual blocks in each of the three stages.
    fn blocks(self) -> usize {
        match self {
            Self::Twenty => 3,
            Self::ThirtyTwo => 5,
            Self::FortyFour => 7,
            Self::FiftySix => 9,
        }
    }
}

/// `resnet-20`, `resnet-32`, `resnet-44`, `resnet-56`: a convolution 3x3 of 16 channels, normalised and with `ReLU`;
/// three stages of 3, 5, 7 or 9 residual blocks of 16, 32 and 64 channels, of which the second and the third begin by
/// halving the image; the mean of each channel; the classes. `resnet-44` has 661,146 parameters for 10 classes of colour
/// images; images of any size.
///
/// Source: He et al., 2015, "Deep Residual Learning for Image Recognition", section 4.2; initial weights by their
/// earlier "Delving Deep into Rectifiers", with `PyTorch`'s for the last layer.
/// Differs from section 4.2: convolutions 1x1 without normalisation are the shortcuts between stages (option B of section
/// 4.1), where the article has no parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResnetConfig {}

impl ResnetConfig {
    #[expect(
        clippy::unused_self,
        reason = "every model is built from its settings, and this one has none"
    )]
    pub(super) fn build(
        &self,
        depth: Depth,
        interface: Interface,
        builder: &mut ParameterBuilder,
    ) -> Result<Resnet, TrainError> {
        let image = interface.image(depth.name())?;
        let names = ["conv", "norm"].map(str::to_owned);
        let entry = normalized(&names, convolution(image[0], WIDTHS[0]), builder);
        let last = 3 * depth.blocks() - 1;
        let blocks = (0..=last).map(|position| {
            let (stage, index) = (position / depth.blocks(), position % depth.blocks());
            let name = format!("stage{}.{index}", stage + 1);
            let is_entry = stage > 0 && index == 0;
            let config = ResidualBlockConfig {
                inputs: WIDTHS[stage - usize::from(is_entry)],
                outputs: WIDTHS[stage],
                stride: 1 + usize::from(is_entry),
                pooling: (position == last).then_some(Pooling::GlobalAverage),
            };
            ResidualBlock::new(&name, config, builder)
        });
        let blocks = blocks.collect();
        let classes = [WIDTHS[2], interface.num_classes];
        Ok(Resnet {
            image,
            entry,
            blocks,
            output: Conv2d::linear("linear", classes, WeightScheme::PyTorch, builder).into(),
        })
    }
}

/// The network of [`ResnetConfig`].
pub(super) struct Resnet {
    image: [usize; 3],
    entry: ConvBlock,
    blocks: Vec<ResidualBlock>,
    output: ConvBlock,
}

impl Model for Resnet {
    fn forward(&self, parameters: &Parameters, input: Tensor<2>, pass: &mut Pass) -> Output {
        let image = self.entry.forward(parameters, images(input, self.image), pass);
        let means = self
            .blocks
            .iter()
            .fold(image, |image, block| block.forward(parameters, image, pass));
        let logits = self.output.forward(parameters, means.clone(), pass);
        Output {
            logits: flattened(logits),
            features: Some(flattened(means)),
        }
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;
    use didact_data::SampleShape;
    use didact_kernels::Precision;

    use super::*;
    use crate::network::Mode;

    #[test]
    fn an_image_of_one_pixel_has_64_features() {
        let input = SampleShape::Image {
            channels: 2,
            height: 1,
            width: 1,
        };
        let mut builder = ParameterBuilder::default();
        let interface = Interface {
            input,
            num_classes: 3,
        };
        let model = ResnetConfig {}
            .build(Depth::Twenty, interface, &mut builder)
            .unwrap();
        let device = Device::flex();
        let parameters = builder.initialise(0, &device);
        let samples = Tensor::from_floats([[0.5, -0.5], [1.0, 0.0]], &device);
        let mut pass = Pass::new(Mode::Evaluation, Precision::F32);
        let output = model.forward(&parameters, samples, &mut pass);
        assert_eq!(output.logits.dims(), [2, 3]);
        assert_eq!(output.features.unwrap().dims(), [2, 64]);
    }
}
