//! Models, one file each. To add one: a file here, and its lines in [`ModelConfig`].
//!
//! | name | idea | source |
//! |---|---|---|
//! | `logistic` | one linear layer on pixels or features | |
//! | `mlp` | hidden layers with `ReLU` | |
//! | `big-lenet` | three convolutions, `SiLU`, normalisation, pooling | the SuperLoss tutorial of `FastEstimator` |
//! | `vgg` | three pairs of 3x3 convolutions, pooling, dropout, a hidden layer | Simonyan and Zisserman, 2014, made small |
//! | `resnet-20`, `-32`, `-44`, `-56` | 3, 5, 7 or 9 residual blocks in each of three stages | He et al., 2015 |
//! | `cct` | convolutions make tokens, two transformer layers, sequence pooling, a hidden layer | Hassani et al., 2021, made small |
//! | `notebook-resnet-8`, `-44` | 1 or 7 residual blocks in each of three stages, a hidden layer | a notebook after He et al., 2015 |

mod big_lenet;
mod cct;
mod head;
mod interface;
mod logistic;
mod mlp;
mod notebook_resnet;
mod resnet;
mod vgg;
mod widths;

use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

use crate::error::TrainError;
use crate::network::{ParameterBuilder, Parameters, Pass};

pub use big_lenet::BigLenetConfig;
pub use cct::CctConfig;
pub use interface::Interface;
pub use logistic::LogisticConfig;
pub use mlp::MlpConfig;
pub use notebook_resnet::NotebookResnetConfig;
pub use resnet::ResnetConfig;
pub use vgg::VggConfig;
pub use widths::Widths;

use notebook_resnet::NotebookDepth;
use resnet::Depth;

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
    /// See [`VggConfig`].
    Vgg(VggConfig),
    /// See [`ResnetConfig`].
    #[serde(rename = "resnet-20")]
    Resnet20(ResnetConfig),
    /// See [`ResnetConfig`].
    #[serde(rename = "resnet-32")]
    Resnet32(ResnetConfig),
    /// See [`ResnetConfig`].
    #[serde(rename = "resnet-44")]
    Resnet44(ResnetConfig),
    /// See [`ResnetConfig`].
    #[serde(rename = "resnet-56")]
    Resnet56(ResnetConfig),
    /// See [`CctConfig`].
    Cct(CctConfig),
    /// See [`NotebookResnetConfig`].
    #[serde(rename = "notebook-resnet-8")]
    NotebookResnet8(NotebookResnetConfig),
    /// See [`NotebookResnetConfig`].
    #[serde(rename = "notebook-resnet-44")]
    NotebookResnet44(NotebookResnetConfig),
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
        Ok(match self {
            Self::Logistic(config) => Box::new(config.build(interface, builder)),
            Self::Mlp(config) => Box::new(config.build(interface, builder)),
            Self::BigLenet(config) => Box::new(config.build(interface, builder)?),
            Self::Vgg(config) => Box::new(config.build(interface, builder)?),
            Self::Resnet20(config) => Box::new(config.build(Depth::Twenty, interface, builder)?),
            Self::Resnet32(config) => Box::new(config.build(Depth::ThirtyTwo, interface, builder)?),
            Self::Resnet44(config) => Box::new(config.build(Depth::FortyFour, interface, builder)?),
            Self::Resnet56(config) => Box::new(config.build(Depth::FiftySix, interface, builder)?),
            Self::Cct(config) => Box::new(config.build(interface, builder)?),
            Self::NotebookResnet8(config) => {
                Box::new(config.build(NotebookDepth::Eight, interface, builder)?)
            }
            Self::NotebookResnet44(config) => {
                Box::new(config.build(NotebookDepth::FortyFour, interface, builder)?)
            }
        })
    }
}
