//! The network on top of the features.

use burn::tensor::Tensor;
use didact_kernels::Activation;

use super::config::{CleanerVariant, NetworkCleanerConfig};
use crate::layer::{BatchNorm, BatchNormConfig, Conv2d, ConvBlock, Dropout, WeightScheme, flattened, pixels};
use crate::network::{ParameterBuilder, Parameters, Pass};
use crate::number::ProperShare;

const OF_FEATURES: ProperShare = ProperShare::of(0.2);
const OF_BOTH: ProperShare = ProperShare::of(0.5);

/// Features and label, each through a layer, side by side through another; what comes out is added to the label.
pub(super) struct CleanerHead {
    variant: CleanerVariant,
    feature_dropout: Dropout,
    features: ConvBlock,
    label: ConvBlock,
    dropout: Dropout,
    hidden: ConvBlock,
    output: ConvBlock,
}

impl CleanerHead {
    /// For features of a width.
    pub(super) fn new(
        config: &NetworkCleanerConfig,
        width: usize,
        num_classes: usize,
        builder: &mut ParameterBuilder,
    ) -> Self {
        let units = config.hidden.get();
        let mut layer = |name: &str, inputs| normalised(name, [inputs, units], Activation::Relu, builder);
        let features = layer("features", width);
        let hidden = layer("hidden", units + num_classes);
        let classes = [num_classes, num_classes];
        Self {
            variant: config.variant,
            feature_dropout: Dropout::new(OF_FEATURES),
            features,
            label: Conv2d::linear("label", classes, WeightScheme::GlorotUniform, builder).into(),
            dropout: Dropout::new(OF_BOTH),
            hidden,
            output: match config.variant {
                CleanerVariant::Notebook => {
                    normalised("output", [units, num_classes], Activation::Identity, builder)
                }
                CleanerVariant::Clipped | CleanerVariant::Softmax => {
                    Conv2d::linear("output", [units, num_classes], WeightScheme::HeUniform, builder).into()
                }
            },
        }
    }

    /// The answer before it is clipped or scaled.
    ///
    /// # Shapes
    ///
    /// - `features`: `[batch_size, width]`
    /// - `given`: `[batch_size, num_classes]`, zeros and a one, or zeros alone for a sample without a label
    /// - output: `[batch_size, num_classes]`
    pub(super) fn forward(
        &self,
        parameters: &Parameters,
        features: Tensor<2>,
        given: Tensor<2>,
        pass: &mut Pass,
    ) -> Tensor<2> {
        let features = self.feature_dropout.forward(pixels(features), pass);
        let features = self.features.forward(parameters, features, pass);
        let label = self.label.forward(parameters, pixels(given.clone()), pass);
        let both = Tensor::cat(vec![features, label.clone()], 3);
        let both = self.dropout.forward(both, pass);
        let hidden = self.hidden.forward(parameters, both, pass);
        let change = flattened(self.output.forward(parameters, hidden, pass));
        match self.variant {
            CleanerVariant::Clipped => given + change,
            CleanerVariant::Softmax => given + flattened(label) + change,
            CleanerVariant::Notebook => flattened(label) + change,
        }
    }
}

fn normalised(
    name: &str,
    sizes: [usize; 2],
    before: Activation,
    builder: &mut ParameterBuilder,
) -> ConvBlock {
    let linear = Conv2d::linear(name, sizes, WeightScheme::HeUniform, builder);
    let norm = BatchNorm::new(&format!("{name}_norm"), BatchNormConfig::keras(sizes[1]), builder);
    ConvBlock {
        before,
        norm: Some(norm),
        ..ConvBlock::from(linear)
    }
}
