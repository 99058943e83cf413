//! `mlp`: a multilayer perceptron.

use burn::tensor::Tensor;
use burn::tensor::activation::relu;
use serde::{Deserialize, Serialize};

use super::widths::Widths;
use super::{Interface, Model, Output};
use crate::layer::{Dropout, Linear};
use crate::network::{ParameterBuilder, Parameters, Pass};
use crate::number::ProperShare;

/// `mlp`: hidden layers with `ReLU`, and dropout after each.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MlpConfig {
    /// Units of the hidden layers, such as `256` or `512x256`.
    pub hidden: Widths,
    /// Share of hidden values that are dropped while training, in `[0, 1)`.
    pub dropout: ProperShare,
}

impl MlpConfig {
    pub(super) fn build(&self, interface: Interface, builder: &mut ParameterBuilder) -> Mlp {
        let mut inputs = interface.input.len();
        let mut layer = |(index, &units): (usize, &usize)| {
            let layer = Linear::new(&format!("hidden.{index}"), [inputs, units], builder);
            inputs = units;
            layer
        };
        let hidden = self.hidden.units().iter().enumerate().map(&mut layer).collect();
        let output = Linear::new("output", [inputs, interface.num_classes], builder);
        Mlp {
            hidden,
            output,
            dropout: Dropout::new(self.dropout),
        }
    }
}

/// Hidden layers with `ReLU`, then a linear one.
pub(super) struct Mlp {
    hidden: Vec<Linear>,
    output: Linear,
    dropout: Dropout,
}

impl Model for Mlp {
    fn forward(&self, parameters: &Parameters, input: Tensor<2>, pass: &mut Pass) -> Output {
        let features = self.hidden.iter().fold(input, |values, layer| {
            self.dropout
                .forward(relu(layer.forward(parameters, values)), pass)
        });
        Output {
            logits: self.output.forward(parameters, features.clone()),
            features: Some(features),
        }
    }
}
