//! `logistic`: multinomial logistic regression on pixels or features.

use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

use super::{Interface, Model, Output};
use crate::layer::{Conv2d, ConvBlock, WeightScheme, flattened, pixels};
use crate::network::{ParameterBuilder, Parameters, Pass};

/// `logistic`: one linear layer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogisticConfig {}

impl LogisticConfig {
    #[expect(
        clippy::unused_self,
        reason = "every model is built from its settings, and this one has none"
    )]
    pub(super) fn build(&self, interface: Interface, builder: &mut ParameterBuilder) -> Logistic {
        let sizes = [interface.input.len(), interface.num_classes];
        Logistic {
            linear: Conv2d::linear("linear", sizes, WeightScheme::PyTorch, builder).into(),
        }
    }
}

/// One linear layer.
pub(super) struct Logistic {
    linear: ConvBlock,
}

impl Model for Logistic {
    fn forward(&self, parameters: &Parameters, input: Tensor<2>, pass: &mut Pass) -> Output {
        Output {
            logits: flattened(self.linear.forward(parameters, pixels(input), pass)),
            features: None,
        }
    }
}
