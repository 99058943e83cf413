//! Attention of the tokens of a sample to each other.

use burn::tensor::Tensor;

use super::conv_block::ConvBlock;
use super::conv2d::Conv2d;
use super::dropout::Dropout;
use super::weight_scheme::WeightScheme;
use crate::network::{ParameterBuilder, Parameters, Pass};
use crate::number::ProperShare;

/// Settings of an [`Attention`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct AttentionConfig {
    /// Values of a token.
    pub(crate) width: usize,
    /// Number of heads, at least 1.
    pub(crate) heads: usize,
    /// Values of a query, of a key and of a value of each head.
    pub(crate) key: usize,
    /// Share of the attention that is dropped while training.
    pub(crate) dropout: ProperShare,
}

/// Every token asks all tokens, by `softmax(query key^T / sqrt(key width)) value` of each head, and a linear layer joins
/// what the heads found.
///
/// What stands between the linear layers is one operation, [`didact_kernels::Attention`].
///
/// Source: Vaswani et al., 2017, "Attention Is All You Need", section 3.2.
/// Differs from `torch.nn.MultiheadAttention`: a head may be wider than its share of a token.
#[derive(Clone, Debug)]
pub(crate) struct Attention {
    query: ConvBlock,
    key: ConvBlock,
    value: ConvBlock,
    output: ConvBlock,
    dropout: Dropout,
    heads: usize,
}

impl Attention {
    /// Declares `NAME.query.*`, `NAME.key.*` and `NAME.value.*`, linear layers from the width to that of all heads, and
    /// `NAME.output.*` back.
    pub(crate) fn new(name: &str, config: AttentionConfig, builder: &mut ParameterBuilder) -> Self {
        let AttentionConfig {
            width,
            heads,
            key,
            dropout,
        } = config;
        let mut linear = |field: &str, sides| {
            let name = format!("{name}.{field}");
            Conv2d::linear(&name, sides, WeightScheme::GlorotUniform, builder).into()
        };
        let inner = heads * key;
        Self {
            query: linear("query", [width, inner]),
            key: linear("key", [width, inner]),
            value: linear("value", [width, inner]),
            output: linear("output", [inner, width]),
            dropout: Dropout::new(dropout),
            heads,
        }
    }

    /// # Shapes
    ///
    /// - `tokens`: `[batch_size, 1, tokens, width]`
    /// - output: the same
    pub(crate) fn forward(&self, parameters: &Parameters, tokens: Tensor<4>, pass: &mut Pass) -> Tensor<4> {
        let query = self.query.forward(parameters, tokens.clone(), pass);
        let key = self.key.forward(parameters, tokens.clone(), pass);
        let value = self.value.forward(parameters, tokens, pass);
        let attention = didact_kernels::Attention {
            heads: self.heads,
            dropout: self.dropout.of_pass(pass),
            precision: pass.precision(),
        };
        let found = attention.apply([query, key, value]);
        self.output.forward(parameters, found, pass)
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;
    use didact_kernels::Precision;

    use super::*;
    use crate::network::{Mode, host};

    /// Two heads of one value on tokens of one value: the first head's query, key and value are the token, the second
    /// head asks with 0 and so sees the mean.
    #[test]
    fn heads_by_hand() {
        let config = AttentionConfig {
            width: 1,
            heads: 2,
            key: 1,
            dropout: ProperShare::of(0.0),
        };
        let mut builder = ParameterBuilder::default();
        let attention = Attention::new("attention", config, &mut builder);
        let device = Device::flex();
        let mut parameters = builder.initialise(0, &device);
        for (position, weights) in [
            (0, [1.0, 0.0]),
            (2, [1.0, 5.0]),
            (4, [1.0, 1.0]),
            (6, [1.0, 10.0]),
        ] {
            parameters.replace(position, Tensor::from_floats(weights, &device));
        }
        let tokens = Tensor::from_floats([[[[0.0], [1.0], [2.0]]]], &device);
        let mut pass = Pass::new(Mode::Evaluation, Precision::F32);
        let found = host(attention.forward(&parameters, tokens, &mut pass));
        let first_head = |query: f32| {
            let shares = [0.0, 1.0, 2.0].map(|key: f32| (query * key).exp());
            (shares[1] + 2.0 * shares[2]) / shares.iter().sum::<f32>()
        };
        for (found, query) in found.iter().zip([0.0, 1.0, 2.0]) {
            let expected = first_head(query) + 10.0;
            assert!((found - expected).abs() < 1e-5, "{found} is not {expected}");
        }
    }
}
