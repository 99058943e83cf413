//! `big-lenet`: the network of the SuperLoss tutorial.

use burn::tensor::Tensor;
use didact_kernels::Activation;
use serde::{Deserialize, Serialize};

use super::{Interface, Model, Output};
use crate::error::TrainError;
use crate::layer::{
    BatchNorm, BatchNormConfig, Bias, Conv2d, Conv2dConfig, ConvBlock, MAX_OF_TILES, Padding, WeightScheme,
    flattened, images, pixels,
};
use crate::network::{ParameterBuilder, Parameters, Pass};
use crate::number::{PositiveNumber, Share};

const WIDTHS: [usize; 3] = [32, 64, 128];
const HIDDEN: usize = 128;

/// `big-lenet`: three times convolution 3x3, `SiLU`, batch normalisation and max pooling; then a hidden layer of 128
/// with `SiLU` and batch normalisation; then the classes.
///
/// Source: `FastEstimator`'s tutorial "Curriculum Learning with SuperLoss". Its TensorFlow variant has no padding
/// (`padding=none`, the default, for images of at least 22x22), its PyTorch variant has (`padding=same`, for images of
/// at least 8x8).
/// Differs from the tutorial: both start from PyTorch's initial weights, where Keras has Glorot's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct BigLenetConfig {
    /// What the convolutions see beyond the border.
    pub padding: Padding,
    /// Added to the variance, above 0; by default that of the variant's framework, 1e-3 or 1e-5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub norm_epsilon: Option<PositiveNumber>,
    /// Share of a batch in the running statistics; by default the tutorial's 0.01 (0.99 in Keras' sense).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub norm_momentum: Option<Share>,
}

impl BigLenetConfig {
    pub(super) fn build(
        &self,
        interface: Interface,
        builder: &mut ParameterBuilder,
    ) -> Result<BigLenet, TrainError> {
        let image = interface.image("big-lenet")?;
        let flat = self
            .flat(image)
            .map_err(|needs| interface.unfit("big-lenet", needs))?;
        let mut inputs = image[0];
        let blocks = [1, 2, 3].map(|index| {
            let outputs = WIDTHS[index - 1];
            let config = self.convolution([inputs, outputs]);
            inputs = outputs;
            let convolution = Conv2d::new(&format!("conv{index}"), config, builder);
            ConvBlock {
                pooling: Some(MAX_OF_TILES),
                ..self.active(convolution, &format!("norm{index}"), outputs, builder)
            }
        });
        let hidden = Conv2d::linear("linear1", [flat, HIDDEN], WeightScheme::PyTorch, builder);
        let hidden = self.active(hidden, "norm4", HIDDEN, builder);
        let classes = [HIDDEN, interface.num_classes];
        Ok(BigLenet {
            image,
            blocks,
            hidden,
            output: Conv2d::linear("linear2", classes, WeightScheme::PyTorch, builder).into(),
        })
    }

    fn convolution(&self, [inputs, outputs]: [usize; 2]) -> Conv2dConfig {
        Conv2dConfig {
            inputs,
            outputs,
            kernel: 3,
            stride: 1,
            padding: self.padding,
            bias: Bias::Trained,
            scheme: WeightScheme::PyTorch,
        }
    }

    /// A convolution or linear layer with `SiLU`, normalised.
    fn active(
        &self,
        convolution: Conv2d,
        norm: &str,
        channels: usize,
        builder: &mut ParameterBuilder,
    ) -> ConvBlock {
        let epsilon = match self.padding {
            Padding::None => 1e-3,
            Padding::Same => 1e-5,
        };
        let config = BatchNormConfig {
            channels,
            epsilon: self.norm_epsilon.map_or(epsilon, f64::from),
            momentum: self.norm_momentum.map_or(0.01, f64::from),
        };
        ConvBlock {
            before: Activation::Silu,
            norm: Some(BatchNorm::new(norm, config, builder)),
            ..ConvBlock::from(convolution)
        }
    }

    /// The number of values after the last pooling; in words what is needed if there is none.
    fn flat(&self, [_, height, width]: [usize; 3]) -> Result<usize, &'static str> {
        let lost = match self.padding {
            Padding::None => 2,
            Padding::Same => 0,
        };
        let pooled = |side: usize| {
            (0..3)
                .try_fold(side, |side, _| Some(side.checked_sub(lost)? / 2))
                .unwrap_or(0)
        };
        match (pooled(height) * pooled(width), self.padding) {
            (0, Padding::None) => Err("images of at least 22x22, or `padding=same`"),
            (0, Padding::Same) => Err("images of at least 8x8"),
            (area, _) => Ok(area * WIDTHS[2]),
        }
    }
}

/// The network of [`BigLenetConfig`].
pub(super) struct BigLenet {
    image: [usize; 3],
    blocks: [ConvBlock; 3],
    hidden: ConvBlock,
    output: ConvBlock,
}

impl Model for BigLenet {
    fn forward(&self, parameters: &Parameters, input: Tensor<2>, pass: &mut Pass) -> Output {
        let image = self
            .blocks
            .iter()
            .fold(images(input, self.image), |image, block| {
                block.forward(parameters, image, pass)
            });
        let hidden = self.hidden.forward(parameters, pixels(flattened(image)), pass);
        let logits = self.output.forward(parameters, hidden.clone(), pass);
        Output {
            logits: flattened(logits),
            features: Some(flattened(hidden)),
        }
    }
}
