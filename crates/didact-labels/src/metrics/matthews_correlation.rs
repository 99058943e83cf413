//! Correlation between labels and predictions.

use super::ConfusionMatrix;

/// Matthews correlation coefficient of any number of classes, in `[-1, 1]`; 0 is chance.
///
/// ```text
/// (c s - Σ p_k t_k) / √((s² - Σ p_k²) (s² - Σ t_k²))
/// ```
///
/// with `c` right predictions of `s` samples, `p_k` predictions and `t_k` labels of class `k`. Where it has no
/// meaning, because all labels or all predictions are one class, it is 0.
///
/// # Example
///
/// ```
/// use didact_labels::metrics::{ConfusionMatrix, matthews_correlation};
///
/// let confusion = ConfusionMatrix::from_labels(3, &[0, 0, 0, 1, 1, 2], &[0, 1, 2, 0, 1, 2])?;
/// assert_eq!(matthews_correlation(&confusion), 0.26111648393354675);
/// # Ok::<(), didact_labels::LabelsError>(())
/// ```
///
/// Source: Gorodkin, 2004, "Comparing two K-category assignments by a K-category correlation coefficient" (`R_K`);
/// computed in scikit-learn's order (`matthews_corrcoef`), so that the bits agree.
pub fn matthews_correlation(confusion: &ConfusionMatrix) -> f64 {
    let classes = 0..confusion.num_classes();
    let true_counts: Vec<f64> = classes
        .clone()
        .map(|class| confusion.true_count(class) as f64)
        .collect();
    let predicted: Vec<f64> = classes
        .map(|class| confusion.predicted_count(class) as f64)
        .collect();
    let samples = confusion.total() as f64;

    let agreement = confusion.correct() as f64 * samples - dot(&true_counts, &predicted);
    let predicted_spread = samples * samples - dot(&predicted, &predicted);
    let true_spread = samples * samples - dot(&true_counts, &true_counts);
    let product = predicted_spread * true_spread;
    if product == 0.0 {
        0.0
    } else {
        (agreement / product.sqrt()).clamp(-1.0, 1.0)
    }
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(l, r)| l * r).sum()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "these figures are exact")]

    use super::*;

    fn of(num_classes: usize, true_labels: &[u32], predicted: &[u32]) -> f64 {
        matthews_correlation(&ConfusionMatrix::from_labels(num_classes, true_labels, predicted).unwrap())
    }

    // FastEstimator, test/PR_test/integration_test/trace/metric/test_mcc.py, after its argmax or rounding.
    #[test]
    fn agrees_with_the_tests_of_fast_estimator_to_the_bit() {
        assert_eq!(
            of(3, &[0, 0, 0, 1, 1, 2], &[0, 1, 2, 0, 1, 2]),
            0.261_116_483_933_546_75
        );
        assert_eq!(of(2, &[0, 1, 0, 1], &[0, 1, 1, 0]), 0.0);
        assert_eq!(of(2, &[0, 1, 1, 1], &[0, 1, 1, 0]), 2.0 / 12.0_f64.sqrt());
    }

    #[test]
    fn is_zero_where_it_has_no_meaning() {
        assert_eq!(of(2, &[0, 0, 0], &[0, 0, 0]), 0.0);
        assert_eq!(of(2, &[0, 0, 1], &[1, 1, 1]), 0.0);
        assert_eq!(of(2, &[], &[]), 0.0);
    }

    #[test]
    fn perfect_is_one_and_opposite_is_minus_one() {
        assert_eq!(of(3, &[0, 1, 2], &[0, 1, 2]), 1.0);
        assert_eq!(of(2, &[0, 1, 1, 0], &[1, 0, 0, 1]), -1.0);
    }
}
