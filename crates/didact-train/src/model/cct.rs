//! `cct`: a compact convolutional transformer.

use burn::tensor::Tensor;
use didact_kernels::{Activation, halving_max_pool};
use serde::{Deserialize, Serialize};

use super::head::Head;
use super::{Interface, Model, Output};
use crate::error::TrainError;
use crate::layer::{
    AttentionConfig, Bias, Conv2d, Conv2dConfig, ConvBlock, Dropout, LayerNorm, Padding, SequencePooling,
    TransformerLayer, TransformerLayerConfig, WeightScheme, images,
};
use crate::network::{Initial, ParameterBuilder, ParameterId, Parameters, Pass, Role};
use crate::number::ProperShare;

/// Channels of the convolutions; those of the last are the width of a token.
const CHANNELS: [usize; 3] = [64, 128, WIDTH];
const WIDTH: usize = 128;
const HEADS: usize = 2;
const HIDDEN: usize = 256;
/// Pixels of a side that convolutions 3x3 without padding take away.
const LOST: usize = 2 * CHANNELS.len();

/// `cct`: three convolutions 3x3 without padding or bias with `ReLU` (64, 128 and 128 channels) and max pooling make a
/// token of every four pixels; learned positions are added; two transformer layers of two heads follow; the mean of the
/// tokens, by how much each says that it counts; dropout, a hidden layer of 256 with `ReLU`, and the classes. 611,531
/// parameters for 10 classes of 3x32x32 pixels, which give 169 tokens; images of at least 9x9.
///
/// Source: Hassani et al., 2021, "Escaping the Big Data Paradigm with Compact Transformers". The sizes are those of a
/// notebook on cleaning labels with a trusted subset, which follows an example of Keras' documentation.
/// Differs from Hassani et al.: keys are as wide as a token in each head, the linear layers of a transformer layer do not
/// widen, and a hidden layer stands before the classes.
/// Differs from the notebook: Keras counts the weights of an attention as those of a convolution when it draws them by
/// Glorot's rule, so that its queries, keys and values start between six and seven times smaller (corrected in 2026).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct CctConfig {
    /// Share of the values that are dropped while training, in `[0, 1)`: of the attention, after linear layers, and before
    /// the hidden layer.
    pub dropout: ProperShare,
    /// Share of the samples for which a branch of the second transformer layer is left out while training, in `[0, 1)`.
    pub stochastic_depth: ProperShare,
}

impl Default for CctConfig {
    fn default() -> Self {
        Self {
            dropout: ProperShare::of(0.1),
            stochastic_depth: ProperShare::of(0.1),
        }
    }
}

impl CctConfig {
    pub(super) fn build(
        &self,
        interface: Interface,
        builder: &mut ParameterBuilder,
    ) -> Result<Cct, TrainError> {
        let image @ [channels, height, width] = interface.image("cct")?;
        // The pooling needs a whole window.
        if height.min(width) < LOST + 3 {
            return Err(interface.unfit("cct", "images of at least 9x9"));
        }
        let tokens = (height - LOST).div_ceil(2) * (width - LOST).div_ceil(2);
        // As Keras' `Embedding`: uniform within a twentieth.
        let start = Initial::Uniform { fan_in: 400 };
        let positions = builder.declare("positions".to_owned(), &[tokens, WIDTH], Role::Offset, start);
        let inputs = [channels, CHANNELS[0], CHANNELS[1]];
        let convolutions = [0, 1, 2].map(|index| {
            let config = convolution(inputs[index], CHANNELS[index]);
            active(Conv2d::new(&format!("conv{}", index + 1), config, builder))
        });
        let layers = self.layers(builder);
        let (he, glorot) = (WeightScheme::HeUniform, WeightScheme::GlorotUniform);
        let classes = [HIDDEN, interface.num_classes];
        Ok(Cct {
            image,
            convolutions,
            positions,
            layers,
            norm: LayerNorm::new("norm", WIDTH, builder),
            pooling: SequencePooling::new("pooling", WIDTH, builder),
            head: Head {
                dropout: Dropout::new(self.dropout),
                hidden: active(Conv2d::linear("linear1", [WIDTH, HIDDEN], he, builder)),
                output: Conv2d::linear("linear2", classes, glorot, builder).into(),
            },
        })
    }

    /// The transformer layers, of which the first is never left out.
    fn layers(&self, builder: &mut ParameterBuilder) -> [TransformerLayer; 2] {
        let attention = AttentionConfig {
            width: WIDTH,
            heads: HEADS,
            key: WIDTH,
            dropout: self.dropout,
        };
        let rates = [
            ("layers.0", ProperShare::of(0.0)),
            ("layers.1", self.stochastic_depth),
        ];
        rates.map(|(name, stochastic_depth)| {
            let config = TransformerLayerConfig {
                attention,
                stochastic_depth,
            };
            TransformerLayer::new(name, config, builder)
        })
    }
}

fn convolution(inputs: usize, outputs: usize) -> Conv2dConfig {
    Conv2dConfig {
        inputs,
        outputs,
        kernel: 3,
        stride: 1,
        padding: Padding::None,
        bias: Bias::Absent,
        scheme: WeightScheme::HeNormal,
    }
}

fn active(convolution: Conv2d) -> ConvBlock {
    ConvBlock {
        before: Activation::Relu,
        ..ConvBlock::from(convolution)
    }
}

/// The network of [`CctConfig`].
pub(super) struct Cct {
    image: [usize; 3],
    convolutions: [ConvBlock; 3],
    positions: ParameterId,
    layers: [TransformerLayer; 2],
    norm: LayerNorm,
    pooling: SequencePooling,
    head: Head,
}

impl Cct {
    /// # Shapes
    ///
    /// - `input`: `[batch_size, values]`
    /// - output: `[batch_size, 1, tokens, WIDTH]`
    fn tokens(&self, parameters: &Parameters, input: Tensor<2>, pass: &mut Pass) -> Tensor<4> {
        let image = self
            .convolutions
            .iter()
            .fold(images(input, self.image), |image, block| {
                block.forward(parameters, image, pass)
            });
        let pooled = halving_max_pool(image);
        let [batch_size, height, width, _] = pooled.dims();
        let count = height * width;
        pooled.reshape([batch_size, 1, count, WIDTH])
            + parameters.tensor(self.positions, [1, 1, count, WIDTH])
    }
}

impl Model for Cct {
    fn forward(&self, parameters: &Parameters, input: Tensor<2>, pass: &mut Pass) -> Output {
        let tokens = self.tokens(parameters, input, pass);
        let tokens = self
            .layers
            .iter()
            .fold(tokens, |tokens, layer| layer.forward(parameters, tokens, pass));
        let tokens = self.norm.forward(parameters, tokens);
        let pooled = self.pooling.forward(parameters, tokens, pass);
        self.head.forward(parameters, pooled, pass)
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
        let built = CctConfig::default().build(interface, &mut ParameterBuilder::default());
        built.err().map(|error| error.to_string())
    }

    #[test]
    fn what_leaves_no_window_to_pool_is_refused() {
        let image = |height, width| SampleShape::Image {
            channels: 2,
            height,
            width,
        };
        assert_eq!(refusal(image(9, 9)), None);
        let small = refusal(image(30, 8)).unwrap();
        assert!(
            small.starts_with("model cct needs images of at least 9x9"),
            "{small}"
        );
        let features = refusal(SampleShape::Features { count: 243 }).unwrap();
        assert!(features.starts_with("model cct needs images, "), "{features}");
    }
}
