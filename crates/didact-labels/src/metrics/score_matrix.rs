//! Scores of every class for every sample.

use crate::error::LabelsError;
use crate::label_checks::check_length;

/// Logits or probabilities, checked once: a score for every class of every sample, none of them NaN.
///
/// # Shapes
///
/// `[num_samples, num_classes]`, row after row, higher is likelier. Infinite scores are allowed.
///
/// ```
/// use didact_labels::metrics::ScoreMatrix;
///
/// let scores = ScoreMatrix::new(&[0.1, 0.9, 0.7, 0.3], 2)?;
/// assert_eq!(scores.rows().count(), 2);
/// # Ok::<(), didact_labels::LabelsError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ScoreMatrix<'a> {
    values: &'a [f32],
    num_classes: usize,
}

impl<'a> ScoreMatrix<'a> {
    /// Checks scores that lie row after row.
    ///
    /// # Errors
    ///
    /// [`LabelsError::LengthMismatch`] if there are no classes or the last row is incomplete;
    /// [`LabelsError::ScoreNotANumber`] at the first NaN.
    pub fn new(values: &'a [f32], num_classes: usize) -> Result<Self, LabelsError> {
        let num_samples = values.len().checked_div(num_classes).unwrap_or(0);
        check_length("scores", num_samples * num_classes, values.len())?;
        match values.iter().position(|value| value.is_nan()) {
            None => Ok(Self { values, num_classes }),
            Some(place) => Err(LabelsError::ScoreNotANumber {
                sample: place / num_classes,
                class: place % num_classes,
            }),
        }
    }

    /// The number of classes.
    pub fn num_classes(&self) -> usize {
        self.num_classes
    }

    /// The scores of one sample after the other.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &'a [f32]> {
        // Without classes there are no values, and so no rows either.
        self.values.chunks_exact(self.num_classes.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_found_and_placed() {
        let message = |values, num_classes| ScoreMatrix::new(values, num_classes).unwrap_err().to_string();
        assert_eq!(message(&[0.0; 5], 2), "scores: expected 4 values, found 5");
        assert_eq!(message(&[0.0; 5], 0), "scores: expected 0 values, found 5");
        let values = [0.0, 1.0, 0.0, f32::NAN];
        assert_eq!(
            message(&values, 2),
            "scores: expected numbers, found NaN at sample 1, class 1"
        );
        assert_eq!(ScoreMatrix::new(&[], 0).unwrap().rows().len(), 0);
    }
}
