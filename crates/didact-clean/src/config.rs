//! What a cleaning is made from.

use std::num::NonZeroU32;
use std::path::Path;

use didact_labels::cleaning::{SureProbability, Uncertain};
use didact_train::{
    LossConfig, ModelConfig, NetworkCleanerConfig, NonNegativeNumber, PositiveNumber, StrategyConfig,
    TrainConfig, check_combination,
};
use serde::{Deserialize, Serialize};

use crate::error::CleanError;
use crate::folds::Folds;
use crate::trusted_split::TrustedSplit;

/// Everything a cleaning is made from, resolved. `DIR/cleaning.toml` holds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CleanConfig {
    /// Which of them fit, select and report.
    pub trusted_split: TrustedSplit,
    /// What says what the true label is.
    pub cleaner: CleanerConfig,
    /// How corrected labels are trained on.
    pub corrected_labels: LabelKind,
    /// The probability from which a label is believed.
    pub sure: SureProbability,
    /// What becomes of labels that are less sure.
    pub uncertain: Uncertain,
    /// Most rounds of correcting and training.
    pub rounds: NonZeroU32,
    /// Into how many folds the data are divided, so that every sample is judged by a model that has not seen it.
    pub folds: Option<Folds>,
    /// How models are trained on the corrected labels, one after the other; the best on the samples that select is kept.
    pub retrain: Vec<RetrainConfig>,
    /// The first model and how it is trained, and which labels are trusted: without any, out-of-fold predictions clean.
    pub training: TrainConfig,
}

/// What says what the true label of a sample is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case")]
pub enum CleanerConfig {
    /// A network on the first model's features and the given label.
    Network(NetworkCleanerConfig),
    /// Bayes' rule on the first model's predictions and the transition matrix, with weights that the trusted samples choose.
    Posterior(PosteriorConfig),
}

impl Default for CleanerConfig {
    fn default() -> Self {
        Self::Posterior(PosteriorConfig::default())
    }
}

/// Settings of the cleaner `posterior`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct PosteriorConfig {
    /// How many samples of each class the assumption of noise alike for all classes is worth in the transition matrix.
    pub prior: NonNegativeNumber,
    /// How many trusted samples the assumption that every source counts as in Bayes' rule is worth.
    pub strength: PositiveNumber,
}

impl Default for PosteriorConfig {
    fn default() -> Self {
        Self {
            prior: NonNegativeNumber::of(5.0),
            strength: PositiveNumber::of(1.0),
        }
    }
}

/// How corrected labels are trained on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LabelKind {
    /// As the likeliest class.
    #[default]
    Hard,
    /// As a probability of each class.
    Soft,
}

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

impl CleanConfig {
    /// The file of trusted labels.
    pub fn trusted(&self) -> Option<&Path> {
        self.training.trusted.as_deref()
    }

    /// Refuses settings that have no meaning together.
    ///
    /// # Errors
    ///
    /// [`CleanError::Combination`] and [`CleanError::Train`], with the reason.
    pub fn check(&self) -> Result<(), CleanError> {
        let refuse = |what, why| Err(CleanError::Combination { what, why });
        let is_network = matches!(self.cleaner, CleanerConfig::Network(_));
        let is_notebook = matches!(self.cleaner, CleanerConfig::Network(network) if network.is_notebook());
        if self.trusted().is_none() && self.folds.is_none() {
            return refuse(
                "neither --trusted nor --folds",
                "labels are corrected by what somebody checked, or by models that have not seen them; --folds 5 makes such models",
            );
        }
        if self.trusted().is_none() && is_network {
            return refuse(
                "--cleaner network without --trusted",
                "the network learns from labels that somebody checked; --cleaner posterior needs none",
            );
        }
        if is_notebook && self.rounds.get() > 1 {
            return refuse(
                "--rounds with --cleaner network:variant=notebook",
                "its image network learns the trusted labels themselves, and would see them again in the next round as if it had not",
            );
        }
        if is_notebook && self.folds.is_some() {
            return refuse(
                "--folds with --cleaner network:variant=notebook",
                "it changes the one model that it cleans with",
            );
        }
        if self.training.curriculum.learns_from_trusted() {
            return refuse(
                "--curriculum mentornet-data-driven in a cleaning",
                "its mentor would learn from trusted labels that the cleaner must not have shown to the first model",
            );
        }
        if self.corrected_labels == LabelKind::Soft && self.training.loss != (LossConfig::CrossEntropy {}) {
            return refuse(
                "--corrected-labels soft with another --loss than cross-entropy",
                "the others are defined for one label a sample",
            );
        }
        if is_notebook && matches!(self.training.model, ModelConfig::Logistic(_)) {
            return refuse(
                "--cleaner network:variant=notebook with --model logistic",
                "its features are those of a hidden layer, and there is none",
            );
        }
        if self.trusted().is_none() && matches!(self.training.loss, LossConfig::ForwardCorrected(_)) {
            return refuse(
                "--loss forward-corrected without --trusted",
                "such a model predicts true labels, and what it predicts would be led back through the noise a second time",
            );
        }
        let is_fine_tuned = self
            .retrain
            .iter()
            .any(|retrain| retrain.start() == Start::Trained);
        if is_fine_tuned && self.training.strategy == (StrategyConfig::CoTeaching {}) {
            return refuse(
                "--retrain fine-tune with --strategy co-teaching",
                "both networks would begin alike and make the same mistakes, and neither could correct the other",
            );
        }
        check_combination(&self.training)?;
        for retrain in &self.retrain {
            check_combination(&retrain.settings().over(&self.training))?;
        }
        if self.retrain.is_empty() {
            return refuse(
                "no --retrain",
                "a cleaning ends with a model; give --retrain scratch",
            );
        }
        Ok(())
    }

    /// The first setting in which another configuration would lead to another cleaning: its key, and both values.
    pub fn first_difference(&self, other: &Self) -> Option<(String, String, String)> {
        if let Some(difference) = self.training.first_difference(&other.training) {
            return Some(difference);
        }
        let table = |config: &Self| {
            let mut table = toml::Table::try_from(config).unwrap_or_default();
            table.remove("training");
            table
        };
        let (ours, theirs) = (table(self), table(other));
        let shown =
            |value: Option<&toml::Value>| value.map_or_else(|| "nothing".to_owned(), ToString::to_string);
        let keys = ours
            .keys()
            .chain(theirs.keys().filter(|key| !ours.contains_key(*key)));
        keys.into_iter()
            .find(|key| ours.get(*key) != theirs.get(*key))
            .map(|key| (key.clone(), shown(ours.get(key)), shown(theirs.get(key))))
    }
}
