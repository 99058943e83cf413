//! What can go wrong in cleaning.

use didact_data::DataError;
use didact_labels::LabelsError;
use didact_run::RunError;
use didact_train::TrainError;

use crate::report_part::Purpose;

/// An error of cleaning labels.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CleanError {
    /// A model cannot be trained or asked.
    #[error(transparent)]
    Train(#[from] TrainError),
    /// The data cannot be used.
    #[error(transparent)]
    Data(#[from] DataError),
    /// Labels or matrices do not belong together.
    #[error(transparent)]
    Labels(#[from] LabelsError),
    /// The folder cannot be used.
    #[error(transparent)]
    Run(#[from] RunError),
    /// A sample that reports was about to be used otherwise.
    #[error("{count} of the trusted samples that report were asked for {purpose}: {}", .ids.join(", "))]
    Leak {
        /// What they were asked for.
        purpose: Purpose,
        /// How many they are.
        count: usize,
        /// The first of them.
        ids: Vec<String>,
    },
    /// Too few checked samples for a part.
    #[error("{found} trusted samples {part}, and cleaning needs at least {needed}")]
    TooFewTrusted {
        /// What the part does, as in `fit the cleaner`.
        part: &'static str,
        /// How many there are.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// More folds than samples to leave out.
    #[error("{folds} folds of {samples} samples leave some empty")]
    EmptyFolds {
        /// The folds asked for.
        folds: u32,
        /// Samples that may be trained on.
        samples: usize,
    },
    /// No sample by which anything could be reported.
    #[error("no trusted sample is left to report by, and there are no test data")]
    NothingReports,
    /// A share or count of the split that leaves nothing.
    #[error("trusted split: {reason}")]
    BadSplit {
        /// What is wrong.
        reason: String,
    },
    /// Settings that have no meaning together.
    #[error("{what}: {why}")]
    Combination {
        /// The settings.
        what: &'static str,
        /// Why they cannot be combined.
        why: &'static str,
    },
    /// All samples were left out.
    #[error("no label is sure enough: all {samples} samples are left out")]
    NothingLeft {
        /// Samples that were to be trained on.
        samples: usize,
    },
    /// A cleaning is resumed with other settings than it was begun with.
    #[error("the cleaning was begun with {key} = {expected}, not {found}")]
    ConfigChanged {
        /// The setting.
        key: String,
        /// Its value in the folder.
        expected: String,
        /// Its value now.
        found: String,
    },
    /// A stage that is done was made from other data than there are now.
    #[error("the data, the labels or the split are not those that {stage} was made from")]
    DataChanged {
        /// The folder of the stage.
        stage: String,
    },
    /// It was asked to stop; what was done is kept.
    #[error("stopped before the end")]
    Interrupted,
}

impl CleanError {
    /// What to do next, where something can be said.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Train(error) => return error.hint(),
            Self::Data(error) => return error.hint(),
            Self::TooFewTrusted { .. } => {
                "check more labels, some of each class, or give the part a larger share with --trusted-split"
                    .to_owned()
            }
            Self::BadSplit { .. } => {
                "shares as in random:fit=0.8,select=0.1, or counts as in in-order:fit=8000,select=1000"
                    .to_owned()
            }
            Self::EmptyFolds { .. } => "5 folds are usual".to_owned(),
            Self::Leak { .. } => {
                "this is a fault of the program, not of the data: nothing was trained on them".to_owned()
            }
            Self::NothingReports => {
                "check more labels, or leave some to report with --trusted-split, or give --test DATA"
                    .to_owned()
            }
            Self::NothingLeft { .. } => "lower --sure, or give --uncertain weigh".to_owned(),
            Self::ConfigChanged { key, .. } => {
                format!("leave {key} out: --resume goes on with the settings in cleaning.toml")
            }
            Self::DataChanged { .. } => {
                "resume with the data the cleaning was begun with, or begin another one".to_owned()
            }
            Self::Labels(LabelsError::ClassNeverPredicted { .. }) => {
                "train the first model longer, or check some labels and name them with --trusted".to_owned()
            }
            _ => return None,
        })
    }
}
