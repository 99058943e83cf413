//! `notebook-resnet-8` and `notebook-resnet-44`: the residual networks of a notebook on cleaning labels.

use burn::tensor::Tensor;
use didact_kernels::{Activation, Pooling};
use serde::{Deserialize, Serialize};

use super::head::Head;
use super::{Interface, Model, Output};
use crate::error::TrainError;
use crate::layer::{
    BatchNorm, BatchNormConfig, Bias, Conv2d, Conv2dConfig, ConvBlock, Dropout, Padding, ResidualBlock,
    WeightScheme, images,
};
use crate::network::{ParameterBuilder, Parameters, Pass};
use crate::number::ProperShare;

const WIDTHS: [usize; 3] = [16, 32, 64];
const HIDDEN: usize = 64;

/// How many layers a network of the notebook has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotebookDepth {
    /// `notebook-resnet-8`, which the notebook calls `ResNet20`.
    Eight,
    /// `notebook-resnet-44`.
    FortyFour,
}

impl NotebookDepth {
    /// The model's name.
    fn name(self) -> &'static str {
        match self {
            Self::Eight => "notebook-resnet-8",
            Self::FortyFour => "notebook-resnet-44",
        }
    }

    /// Residual blocks in each of the three stages.
    fn blocks(self) -> usize {
        match self {
            Self::Eight => 1,
            Self::FortyFour => 7,
        }
    }
}

/// `notebook-resnet-8`, `notebook-resnet-44`: a convolution 3x3 of 16 channels with `ReLU`, normalised; three stages of 1
/// or 7 residual blocks of 16, 32 and 64 channels, of which the second and the third begin by halving the image; the
/// mean of each channel; dropout, a hidden layer of 64 with `ReLU`, and the classes. In a block: convolution,
/// normalisation, `ReLU`, convolution, `ReLU`, normalisation, addition, and nothing after it; where the image is halved, a
/// convolution 3x3 of stride 2 is the shortcut. Convolutions have a bias. With the running statistics, 103,306 and
/// 690,634 parameters for 10 classes of colour images; images of any size.
///
/// Source: a notebook on cleaning labels with a trusted subset, which calls the smaller one `ResNet20`, after He et al.,
/// 2015, "Deep Residual Learning for Image Recognition". Initial weights are He's, Glorot's for the last layer;
/// normalisation has Keras' defaults.
/// Differs from He et al.: the second `ReLU` of a block stands before the normalisation and none follows the sum, and the
/// shortcuts are larger.
/// Differs from the notebook: where a convolution halves an even side, it is centred on the first of two pixels, in Keras
/// on the second.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NotebookResnetConfig {
    /// Share of the values before the hidden layer that are dropped while training, in `[0, 1)`.
    pub dropout: ProperShare,
}

impl Default for NotebookResnetConfig {
    fn default() -> Self {
        Self {
            dropout: ProperShare::of(0.5),
        }
    }
}

impl NotebookResnetConfig {
    pub(super) fn build(
        &self,
        depth: NotebookDepth,
        interface: Interface,
        builder: &mut ParameterBuilder,
    ) -> Result<NotebookResnet, TrainError> {
        let image = interface.image(depth.name())?;
        let names = ["conv", "norm"].map(str::to_owned);
        let entry = activated_first(&names, convolution([image[0], WIDTHS[0]], 1), builder);
        let last = 3 * depth.blocks() - 1;
        let blocks = (0..=last).map(|position| {
            let (stage, index) = (position / depth.blocks(), position % depth.blocks());
            let name = format!("stage{}.{index}", stage + 1);
            let is_entry = stage > 0 && index == 0;
            let channels = [WIDTHS[stage - usize::from(is_entry)], WIDTHS[stage]];
            let pooling = (position == last).then_some(Pooling::GlobalAverage);
            block(
                &name,
                convolution(channels, 1 + usize::from(is_entry)),
                pooling,
                builder,
            )
        });
        let blocks = blocks.collect();
        let hidden = Conv2d::linear("linear1", [WIDTHS[2], HIDDEN], WeightScheme::HeUniform, builder);
        let classes = [HIDDEN, interface.num_classes];
        Ok(NotebookResnet {
            image,
            entry,
            blocks,
            head: Head {
                dropout: Dropout::new(self.dropout),
                hidden: ConvBlock {
                    before: Activation::Relu,
                    ..ConvBlock::from(hidden)
                },
                output: Conv2d::linear("linear2", classes, WeightScheme::GlorotUniform, builder).into(),
            },
        })
    }
}

/// A convolution 3x3.
fn convolution([inputs, outputs]: [usize; 2], stride: usize) -> Conv2dConfig {
    Conv2dConfig {
        inputs,
        outputs,
        kernel: 3,
        stride,
        padding: Padding::Same,
        bias: Bias::Trained,
        scheme: WeightScheme::HeUniform,
    }
}

/// Convolution, `ReLU` and normalisation; `names` are those of the first and the last.
fn activated_first(names: &[String; 2], config: Conv2dConfig, builder: &mut ParameterBuilder) -> ConvBlock {
    let convolution = Conv2d::new(&names[0], config, builder);
    let norm = BatchNorm::new(&names[1], BatchNormConfig::keras(config.outputs), builder);
    ConvBlock {
        before: Activation::Relu,
        norm: Some(norm),
        ..ConvBlock::from(convolution)
    }
}

/// Declares `NAME.conv1.*`, `NAME.norm1.*`, `NAME.conv2.*`, `NAME.norm2.*`, and `NAME.shortcut.*` if the stride of the
/// first convolution is not 1.
fn block(
    name: &str,
    entry: Conv2dConfig,
    pooling: Option<Pooling>,
    builder: &mut ParameterBuilder,
) -> ResidualBlock {
    let names = |index: u32| [format!("{name}.conv{index}"), format!("{name}.norm{index}")];
    let first = ConvBlock {
        before: Activation::Identity,
        after: Activation::Relu,
        ..activated_first(&names(1), entry, builder)
    };
    let second = convolution([entry.outputs; 2], 1);
    let second = ConvBlock {
        pooling,
        ..activated_first(&names(2), second, builder)
    };
    let shortcut = || Conv2d::new(&format!("{name}.shortcut"), entry, builder).into();
    ResidualBlock {
        first,
        second,
        shortcut: (entry.stride != 1).then(shortcut),
    }
}

/// The network of [`NotebookResnetConfig`].
pub(super) struct NotebookResnet {
    image: [usize; 3],
    entry: ConvBlock,
    blocks: Vec<ResidualBlock>,
    head: Head,
}

impl Model for NotebookResnet {
    fn forward(&self, parameters: &Parameters, input: Tensor<2>, pass: &mut Pass) -> Output {
        let image = self.entry.forward(parameters, images(input, self.image), pass);
        let means = self
            .blocks
            .iter()
            .fold(image, |image, block| block.forward(parameters, image, pass));
        self.head.forward(parameters, means, pass)
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
        let interface = Interface {
            input,
            num_classes: 3,
        };
        let mut builder = ParameterBuilder::default();
        let model = NotebookResnetConfig::default()
            .build(NotebookDepth::Eight, interface, &mut builder)
            .unwrap();
        let device = Device::flex();
        let parameters = builder.initialise(0, &device);
        let samples = Tensor::from_floats([[0.5, -0.5], [1.0, 0.0]], &device);
        let mut pass = Pass::new(Mode::Evaluation, Precision::F32);
        let output = model.forward(&parameters, samples, &mut pass);
        assert_eq!(output.logits.dims(), [2, 3]);
        assert_eq!(output.features.unwrap().dims(), [2, 64]);
    }

    #[test]
    fn features_are_refused() {
        let interface = Interface {
            input: SampleShape::Features { count: 3072 },
            num_classes: 3,
        };
        let built = NotebookResnetConfig::default().build(
            NotebookDepth::FortyFour,
            interface,
            &mut ParameterBuilder::default(),
        );
        let refusal = built.err().map(|error| error.to_string()).unwrap();
        assert!(
            refusal.starts_with("model notebook-resnet-44 needs images, "),
            "{refusal}"
        );
    }
}
