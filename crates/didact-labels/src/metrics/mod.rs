//! How well do predictions agree with labels?
//!
//! | name | idea | source |
//! |---|---|---|
//! | [`ConfusionMatrix`] | count of each true class against each predicted class | |
//! | [`accuracy`] | share of right predictions | |
//! | [`top_k_accuracy`] | true class among the k highest scores | |
//! | [`matthews_correlation`] | correlation of labels and predictions, fair to rare classes | Gorodkin, 2004 |
//! | [`area_under_roc`] | whether positives score higher than negatives | Hanley and McNeil, 1982 |
//! | [`average_precision`] | how many of the highest scores are positives | scikit-learn |
//! | [`ClassificationReport`] | precision, recall, F1, support | scikit-learn |

mod accuracy;
mod classification_report;
mod confusion_matrix;
mod matthews_correlation;
mod ranking;
mod report_text;
mod score_matrix;
mod top_k_accuracy;

pub use accuracy::accuracy;
pub use classification_report::{ClassRow, ClassScores, ClassificationReport, ReportedClasses};
pub use confusion_matrix::ConfusionMatrix;
pub use matthews_correlation::matthews_correlation;
pub use ranking::{area_under_roc, average_precision};
pub use score_matrix::ScoreMatrix;
pub use top_k_accuracy::{top_k_accuracy, top_k_hits};
