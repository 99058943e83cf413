//! What a cleaning is made from.

use std::num::NonZeroU32;
use std::path::Path;

use didact_labels::cleaning::{SureProbability, Uncertain};
use didact_train::{NetworkCleanerConfig, NonNegativeNumber, PositiveNumber, TrainConfig, first_difference};
use serde::{Deserialize, Serialize};

use crate::folds::Folds;
use crate::retrain_config::RetrainConfig;
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

impl CleanConfig {
    /// The file of trusted labels.
    pub fn trusted(&self) -> Option<&Path> {
        self.training.trusted.as_deref()
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
        first_difference(&table(self), &table(other))
    }
}
