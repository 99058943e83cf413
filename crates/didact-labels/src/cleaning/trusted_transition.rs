//! Which class is given as which, counted.

use crate::error::LabelsError;
use crate::metrics::ConfusionMatrix;
use crate::transition_matrix::TransitionMatrix;

/// Counts the transition matrix on samples of which both labels are known, smoothed towards noise that is alike for all
/// classes.
///
/// Each row is as if `prior` more samples of the class had been seen, whose labels are wrong at the rate of all samples
/// together, and then any other class alike. A class without a sample is that prior. With a prior of 0 it is the plain
/// count.
///
/// # Shapes
///
/// - `true_labels`, `given_labels`: `[num_samples]`, classes in `0..num_classes`
/// - `prior`: number of samples, `>= 0`; one for each class is a good beginning
///
/// # Errors
///
/// [`LabelsError`] if the labels differ in number or are not classes.
///
/// ```
/// use didact_labels::cleaning::trusted_transition;
///
/// let matrix = trusted_transition(&[0, 0, 0, 0, 1, 1], &[0, 0, 0, 1, 1, 1], 2, 0.0)?;
/// assert_eq!(matrix.get(0, 1), 0.25);
/// # Ok::<(), didact_labels::LabelsError>(())
/// ```
pub fn trusted_transition(
    true_labels: &[u32],
    given_labels: &[u32],
    num_classes: usize,
    prior: f64,
) -> Result<TransitionMatrix, LabelsError> {
    let counts = ConfusionMatrix::from_labels(num_classes, true_labels, given_labels)?;
    if prior <= 0.0 || num_classes < 2 {
        return Ok(TransitionMatrix::from_counts(&counts));
    }
    let wrong = match counts.total() {
        0 => 0.0,
        total => 1.0 - counts.correct() as f64 / total as f64,
    };
    let expected = |class: usize, given: usize| {
        if class == given {
            1.0 - wrong
        } else {
            wrong / (num_classes - 1) as f64
        }
    };
    let row = |class: usize| {
        let total = counts.true_count(class) as f64 + prior;
        let share = |given| (counts.count(class, given) as f64 + prior * expected(class, given)) / total;
        (0..num_classes).map(share).collect()
    };
    TransitionMatrix::from_rows(&(0..num_classes).map(row).collect::<Vec<Vec<f64>>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prior_is_so_many_more_samples_of_noise_that_is_alike_for_all() {
        // One label of four is wrong. Class 0: 2 right of 3, and three more of which 0.75 are right.
        let matrix = trusted_transition(&[0, 0, 0, 1], &[0, 0, 1, 1], 3, 3.0).unwrap();
        let close = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-12, "{found}");
        close(matrix.get(0, 0), (2.0 + 3.0 * 0.75) / 6.0);
        close(matrix.get(0, 1), (1.0 + 3.0 * 0.125) / 6.0);
        // A class that nobody saw is the prior.
        close(matrix.get(2, 2), 0.75);
        close(matrix.get(2, 0), 0.125);
    }

    #[test]
    fn labels_that_do_not_belong_together_are_refused() {
        assert!(trusted_transition(&[0, 1], &[0], 2, 1.0).is_err());
        assert!(trusted_transition(&[0, 2], &[0, 1], 2, 1.0).is_err());
    }
}
