//! `summary.json` of a cleaning: its figures.

use serde::{Deserialize, Serialize};

use crate::metrics::SplitMetrics;

/// `summary.json` of a cleaning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CleanSummary {
    /// The version of didact.
    pub version: String,
    /// How many samples did what.
    pub samples: Sizes,
    /// The classes.
    pub class_names: Vec<String>,
    /// The cleaner, as it is spelt.
    pub cleaner: String,
    /// What chose epochs and models, in words.
    pub selected_by: String,
    /// Every round of correcting.
    pub rounds: Vec<RoundSummary>,
    /// How many samples of each class there were to train on, by their labels as given.
    pub given_counts: Vec<u64>,
    /// The same, by corrected labels of samples that count.
    pub corrected_counts: Vec<u64>,
    /// Which class is given as which, `[true class, given class]`, counted on the samples that fit and
    /// on a few of noise alike for all, or estimated.
    pub transition_matrix: Vec<Vec<f64>>,
    /// Every model, in the order of training.
    pub models: Vec<ModelRow>,
    /// The folder of the model that was kept.
    pub delivered: String,
    /// Seconds that training and cleaning took.
    pub seconds: f64,
    /// Most memory that a stage took, in bytes.
    pub peak_rss_bytes: u64,
}

/// How many samples did what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sizes {
    /// Samples of the data.
    pub all: usize,
    /// Those whose labels were to be corrected.
    pub worked: usize,
    /// Trusted ones that the cleaner learnt from.
    pub fit: usize,
    /// Those that chose.
    pub select: usize,
    /// Those that report.
    pub report: usize,
}

/// A round of correcting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoundSummary {
    /// The round, counted from 1.
    pub round: u32,
    /// How many labels it changed from what was given, trusted ones left out.
    pub corrected: usize,
    /// How many samples it left out.
    pub left_out: usize,
    /// How many labels differ from those of the round before.
    pub changed_since_last: Option<usize>,
    /// How good its labels are on the samples that report.
    pub report: Option<LabelFigures>,
    /// How good they are on the samples that fit, judged by cleaners that have not seen them; models have seen their given labels.
    pub fit: Option<LabelFigures>,
    /// How good they are on the samples to be corrected, where their true labels are known.
    pub worked: Option<LabelFigures>,
}

/// A model of a cleaning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelRow {
    /// What it is, in words.
    pub name: String,
    /// Its folder, within that of the cleaning; none for an average of models.
    pub folder: Option<String>,
    /// The network.
    pub model: String,
    /// Trained parameters.
    pub parameters: u64,
    /// Epochs that were run, and the one that was kept.
    pub epochs: Option<[u32; 2]>,
    /// Accuracy on the samples that select.
    pub select_accuracy: Option<f64>,
    /// Figures on the samples that report, at the kept epoch.
    pub report: Option<SplitMetrics>,
    /// The same after the last epoch.
    pub report_last: Option<SplitMetrics>,
    /// Seconds an epoch.
    pub seconds_per_epoch: Option<f64>,
}

/// How good given and corrected labels are, on samples whose true label is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LabelFigures {
    /// Number of samples.
    pub n: usize,
    /// Share of given labels that are right.
    pub given_accuracy: f64,
    /// Share of corrected labels that are right.
    pub corrected_accuracy: f64,
    /// Share of samples that count after correction.
    pub kept: f64,
    /// Share of corrected labels that are right among those that count, each as much as it counts.
    pub kept_accuracy: f64,
    /// Mean squared distance of the probabilities from the true labels, in `[0, 2]`.
    pub brier: f64,
    /// How well one less the probability of the given label tells wrong labels from right ones.
    pub area_under_roc: Option<f64>,
    /// How many of the labels it doubts most are wrong, on average over wrong ones.
    pub average_precision: Option<f64>,
}
