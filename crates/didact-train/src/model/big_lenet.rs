//! `big-lenet`: the network of the SuperLoss tutorial.

use burn::tensor::Tensor;
use burn::tensor::activation::silu;
use didact_data::SampleShape;
use serde::{Deserialize, Serialize};

use super::{Interface, Model, Output};
use crate::error::TrainError;
use crate::layer::{BatchNorm, BatchNormConfig, Conv2d, Conv2dConfig, Linear, Padding, max_pool2d};
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
        let (image, flat) = self.shapes(interface.input)?;
        let mut inputs = image[0];
        let blocks = [1, 2, 3].map(|index| {
            let outputs = WIDTHS[index - 1];
            let config = Conv2dConfig {
                inputs,
                outputs,
                kernel: 3,
                padding: self.padding,
            };
            inputs = outputs;
            let convolution = Conv2d::new(&format!("conv{index}"), config, builder);
            (convolution, self.norm(&format!("norm{index}"), outputs, builder))
        });
        let hidden = Linear::new("linear1", [flat, HIDDEN], builder);
        let norm = self.norm("norm4", HIDDEN, builder);
        let output = Linear::new("linear2", [HIDDEN, interface.num_classes], builder);
        Ok(BigLenet {
            image,
            blocks,
            hidden,
            norm,
            output,
        })
    }

    fn norm(&self, name: &str, channels: usize, builder: &mut ParameterBuilder) -> BatchNorm {
        let epsilon = match self.padding {
            Padding::None => 1e-3,
            Padding::Same => 1e-5,
        };
        let epsilon = self.norm_epsilon.map_or(epsilon, f64::from);
        let momentum = self.norm_momentum.map_or(0.01, f64::from);
        BatchNorm::new(
            name,
            BatchNormConfig {
                channels,
                epsilon,
                momentum,
            },
            builder,
        )
    }

    /// Channels, height and width of the input, and the number of values after the last pooling.
    fn shapes(&self, input: SampleShape) -> Result<([usize; 3], usize), TrainError> {
        let needs = |expected: &'static str| TrainError::ModelInput {
            model: "big-lenet",
            expected,
            found: input,
        };
        let SampleShape::Image {
            channels,
            height,
            width,
        } = input
        else {
            return Err(needs("images"));
        };
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
            (0, Padding::None) => Err(needs("images of at least 22x22, or `padding=same`")),
            (0, Padding::Same) => Err(needs("images of at least 8x8")),
            (area, _) => Ok(([channels, height, width], area * WIDTHS[2])),
        }
    }
}

/// The network of [`BigLenetConfig`].
pub(super) struct BigLenet {
    image: [usize; 3],
    blocks: [(Conv2d, BatchNorm); 3],
    hidden: Linear,
    norm: BatchNorm,
    output: Linear,
}

impl Model for BigLenet {
    fn forward(&self, parameters: &Parameters, input: Tensor<2>, pass: &mut Pass) -> Output {
        let [channels, height, width] = self.image;
        let batch_size = input.dims()[0];
        let mut image = input.reshape([batch_size, channels, height, width]);
        for (convolution, norm) in &self.blocks {
            let active = silu(convolution.forward(parameters, image));
            image = max_pool2d(norm.forward(parameters, active, pass));
        }
        let hidden = silu(self.hidden.forward(parameters, image.flatten(1, 3)));
        let features = self.norm.forward(parameters, hidden, pass);
        Output {
            logits: self.output.forward(parameters, features.clone()),
            features: Some(features),
        }
    }
}
