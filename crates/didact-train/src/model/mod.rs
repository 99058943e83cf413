//! Models, one file each. To add one: a file here, and its lines in [`ModelConfig`].
//!
//! | name | idea | source |
//! |---|---|---|
//! | `logistic` | one linear layer on pixels or features | |
//! | `mlp` | hidden layers with `ReLU` | |
//! | `big-lenet` | three convolutions, `SiLU`, normalisation, pooling | the SuperLoss tutorial of `FastEstimator` |

mod big_lenet;
mod logistic;
mod mlp;
mod widths;

use burn::tensor::Tensor;
use didact_data::SampleShape;
use serde::{Deserialize, Serialize};

use crate::error::TrainError;
use crate::network::{ParameterBuilder, Parameters, Pass};

pub use big_lenet::BigLenetConfig;
pub use logistic::LogisticConfig;
pub use mlp::MlpConfig;
pub use widths::Widths;

/// A network for classification.
pub trait Model: Send + Sync {
    /// # Shapes
    ///
    /// - `input`: `[batch_size, values]`, the values of each sample flat in C order
    /// - output: see [`Output`]
    fn forward(&self, parameters: &Parameters, input: Tensor<2>, pass: &mut Pass) -> Output;
}

/// What a network says about a batch.
#[derive(Debug)]
pub struct Output {
    /// `[batch_size, num_classes]`, unnormalised log-probabilities.
    pub logits: Tensor<2>,
    /// `[batch_size, d]`, the last hidden layer; none for models without one.
    pub features: Option<Tensor<2>>,
}

/// What goes into a model and what comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interface {
    /// The shape of one sample.
    pub input: SampleShape,
    /// Number of classes.
    pub num_classes: usize,
}

/// The choice of a model, as spelt on the command line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case")]
pub enum ModelConfig {
    /// See [`LogisticConfig`].
    Logistic(LogisticConfig),
    /// See [`MlpConfig`].
    Mlp(MlpConfig),
    /// See [`BigLenetConfig`].
    BigLenet(BigLenetConfig),
}

impl ModelConfig {
    /// Declares the model's parameters.
    ///
    /// # Errors
    ///
    /// [`TrainError::ModelInput`] if such samples do not fit the model.
    pub fn build(
        &self,
        interface: Interface,
        builder: &mut ParameterBuilder,
    ) -> Result<Box<dyn Model>, TrainError> {
        match self {
            Self::Logistic(config) => Ok(Box::new(config.build(interface, builder))),
            Self::Mlp(config) => Ok(Box::new(config.build(interface, builder))),
            Self::BigLenet(config) => Ok(Box::new(config.build(interface, builder)?)),
        }
    }
}
