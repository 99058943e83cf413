//! One layer of a transformer.

use burn::tensor::Tensor;
use didact_kernels::Activation;

use super::attention::{Attention, AttentionConfig};
use super::conv_block::ConvBlock;
use super::conv2d::Conv2d;
use super::dropout::Dropout;
use super::layer_norm::LayerNorm;
use super::stochastic_depth::StochasticDepth;
use super::weight_scheme::WeightScheme;
use crate::network::{ParameterBuilder, Parameters, Pass};
use crate::number::ProperShare;

/// Settings of a [`TransformerLayer`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct TransformerLayerConfig {
    /// The attention, whose share is dropped from the linear layers too.
    pub(crate) attention: AttentionConfig,
    /// Share of the samples for which a branch is left out while training.
    pub(crate) stochastic_depth: ProperShare,
}

/// Attention is added to the tokens, then what two linear layers with GELU make of each token; both see the tokens
/// normalised.
///
/// Source: Dosovitskiy et al., 2020, "An Image is Worth 16x16 Words", section 3.1.
/// Differs from them: both linear layers have the width of a token, and GELU and dropout follow the second one too, as in
/// the example of a compact transformer in Keras' documentation.
#[derive(Clone, Debug)]
pub(crate) struct TransformerLayer {
    norms: [LayerNorm; 2],
    attention: Attention,
    linears: [ConvBlock; 2],
    dropout: Dropout,
    depth: StochasticDepth,
}

impl TransformerLayer {
    /// Declares `NAME.norm1.*`, `NAME.attention.*`, `NAME.norm2.*`, `NAME.linear1.*` and `NAME.linear2.*`.
    pub(crate) fn new(name: &str, config: TransformerLayerConfig, builder: &mut ParameterBuilder) -> Self {
        let AttentionConfig { width, dropout, .. } = config.attention;
        let norm1 = LayerNorm::new(&format!("{name}.norm1"), width, builder);
        let attention = Attention::new(&format!("{name}.attention"), config.attention, builder);
        let norm2 = LayerNorm::new(&format!("{name}.norm2"), width, builder);
        let linears = [1, 2].map(|index| {
            let name = format!("{name}.linear{index}");
            let linear = Conv2d::linear(&name, [width; 2], WeightScheme::GlorotUniform, builder);
            ConvBlock {
                before: Activation::Gelu,
                ..ConvBlock::from(linear)
            }
        });
        Self {
            norms: [norm1, norm2],
            attention,
            linears,
            dropout: Dropout::new(dropout),
            depth: StochasticDepth::new(config.stochastic_depth),
        }
    }

    /// # Shapes
    ///
    /// - `tokens`: `[batch_size, 1, tokens, width]`
    /// - output: the same
    pub(crate) fn forward(&self, parameters: &Parameters, tokens: Tensor<4>, pass: &mut Pass) -> Tensor<4> {
        let normalized = self.norms[0].forward(parameters, tokens.clone());
        let attended = self.attention.forward(parameters, normalized, pass);
        let tokens = tokens + self.depth.forward(attended, pass);
        let normalized = self.norms[1].forward(parameters, tokens.clone());
        let inner = self.linears.iter().fold(normalized, |inner, linear| {
            self.dropout
                .forward(linear.forward(parameters, inner, pass), pass)
        });
        tokens + self.depth.forward(inner, pass)
    }
}
