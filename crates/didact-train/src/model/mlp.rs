//! `mlp`: a multilayer perceptron.

use burn::tensor::Tensor;
use didact_kernels::Activation;
use serde::{Deserialize, Serialize};

use super::widths::Widths;
use super::{Interface, Model, Output};
use crate::layer::{Conv2d, ConvBlock, Dropout, WeightScheme, flattened, pixels};
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
            let sizes = [inputs, units];
            inputs = units;
            let linear = Conv2d::linear(&format!("hidden.{index}"), sizes, WeightScheme::PyTorch, builder);
            ConvBlock {
                before: Activation::Relu,
                ..ConvBlock::from(linear)
            }
        };
        let hidden = self.hidden.units().iter().enumerate().map(&mut layer).collect();
        let sizes = [inputs, interface.num_classes];
        Mlp {
            hidden,
            output: Conv2d::linear("output", sizes, WeightScheme::PyTorch, builder).into(),
            dropout: Dropout::new(self.dropout),
        }
    }
}

/// Hidden layers with `ReLU`, then a linear one.
pub(super) struct Mlp {
    hidden: Vec<ConvBlock>,
    output: ConvBlock,
    dropout: Dropout,
}

impl Model for Mlp {
    fn forward(&self, parameters: &Parameters, input: Tensor<2>, pass: &mut Pass) -> Output {
        let features = self.hidden.iter().fold(pixels(input), |values, layer| {
            let active = layer.forward(parameters, values, pass);
            self.dropout.forward(active, pass)
        });
        let logits = self.output.forward(parameters, features.clone(), pass);
        Output {
            logits: flattened(logits),
            features: Some(flattened(features)),
        }
    }
}
