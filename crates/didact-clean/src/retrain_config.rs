//! How a model is trained on the corrected labels.

use std::num::NonZeroU32;

use didact_train::{PositiveNumber, TrainConfig};
use serde::{Deserialize, Serialize};

/// How a model is trained on the corrected labels, spelt `scratch` or `fine-tune:learning-rate=1e-4,mixup=0.2`. What is not said is
/// as for the first model.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case")]
pub enum RetrainConfig {
    /// From random weights.
    Scratch(RetrainSettings),
    /// From the weights of the model that the labels were corrected with.
    FineTune(RetrainSettings),
}

/// Where a retrained model starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// At random weights.
    Random,
    /// At the weights of the model that the labels were corrected with.
    Trained,
}

impl Default for RetrainConfig {
    fn default() -> Self {
        Self::Scratch(RetrainSettings::default())
    }
}

impl RetrainConfig {
    /// Its settings.
    pub fn settings(&self) -> &RetrainSettings {
        match self {
            Self::Scratch(settings) | Self::FineTune(settings) => settings,
        }
    }

    /// Where it starts.
    pub fn start(&self) -> Start {
        match self {
            Self::Scratch(_) => Start::Random,
            Self::FineTune(_) => Start::Trained,
        }
    }
}

/// What a retraining may have otherwise than the first one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct RetrainSettings {
    /// Strength of mixup.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mixup: Option<PositiveNumber>,
    /// The base learning rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learning_rate: Option<PositiveNumber>,
    /// Number of epochs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epochs: Option<NonZeroU32>,
    /// Epochs without improvement after which it stops.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub early_stopping: Option<NonZeroU32>,
}

impl RetrainSettings {
    /// The first model's settings, changed.
    pub fn over(&self, training: &TrainConfig) -> TrainConfig {
        TrainConfig {
            mixup: self.mixup.or(training.mixup),
            learning_rate: self.learning_rate.unwrap_or(training.learning_rate),
            epochs: self.epochs.unwrap_or(training.epochs),
            early_stopping: self.early_stopping.or(training.early_stopping),
            ..training.clone()
        }
    }
}
