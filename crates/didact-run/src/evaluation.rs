//! `evaluation.json`: which classes are mistaken for which.

use serde::{Deserialize, Serialize};

/// Confusion matrices of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// The classes, in the order of all matrices.
    pub class_names: Vec<String>,
    /// Number of training samples of each class by given label.
    pub train_counts: Vec<u64>,
    /// The validation samples at the selected epoch.
    pub validation: Option<SplitEvaluation>,
    /// The test samples at the selected epoch.
    pub test: Option<SplitEvaluation>,
    /// The test samples after the last epoch.
    pub test_last: Option<SplitEvaluation>,
}

/// The predictions on one part of the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SplitEvaluation {
    /// Counts, `[label, predicted]`.
    pub confusion_matrix: Vec<Vec<u64>>,
}
