//! `logistic`: multinomial logistic regression on pixels or features.

use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

use super::{Interface, Model, Output};
use crate::layer::Linear;
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
        let values = interface.input.len();
        Logistic {
            linear: Linear::new("linear", [values, interface.num_classes], builder),
        }
    }
}

/// One linear layer.
pub(super) struct Logistic {
    linear: Linear,
}

impl Model for Logistic {
    fn forward(&self, parameters: &Parameters, input: Tensor<2>, _pass: &mut Pass) -> Output {
        Output {
            logits: self.linear.forward(parameters, input),
            features: None,
        }
    }
}
