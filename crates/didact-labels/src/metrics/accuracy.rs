//! The share of right predictions.

use super::ConfusionMatrix;

/// Share of samples whose predicted class is their label, in `[0, 1]`; 0 when there are no samples.
///
/// ```
/// use didact_labels::metrics::{ConfusionMatrix, accuracy};
///
/// let confusion = ConfusionMatrix::from_labels(3, &[0, 1, 2, 2], &[0, 1, 2, 1])?;
/// assert_eq!(accuracy(&confusion), 0.75);
/// # Ok::<(), didact_labels::LabelsError>(())
/// ```
pub fn accuracy(confusion: &ConfusionMatrix) -> f64 {
    match confusion.total() {
        0 => 0.0,
        total => confusion.correct() as f64 / total as f64,
    }
}
