//! What the true class is.

use crate::error::LabelsError;
use crate::label_checks::check_length;
use crate::metrics::ScoreMatrix;
use crate::transition_matrix::TransitionMatrix;

/// Rounds of expectation and maximisation; the estimate has settled long before, for matrices that can be told apart.
const ROUNDS: usize = 200;
/// Change of a probability below which it has settled.
const SETTLED: f64 = 1e-7;

/// From what a model predicts of *given* labels to what the *true* label is.
///
/// A model that has learnt noisy labels predicts, of each class, how likely it is to be given. With the transition matrix
/// `T`, that is `sum over i of p(true = i | x) T[i, j]`, and the `p(true | x)` that explains it best is found by expectation
/// and maximisation, which keeps it a distribution. The given label is evidence of its own: after it, by Bayes' rule,
/// `p(true = i | x, given = j)` is in proportion to `p(true = i | x) T[i, j]`.
///
/// It is as good as its two sources: a model that has memorised a label predicts it, and then the answer is that label.
///
/// Source: Bayes' rule; the expectation step is that of Dempster, Laird and Rubin, 1977, for a mixture with known parts.
#[derive(Clone, Debug, PartialEq)]
pub struct TruePosterior {
    transition: TransitionMatrix,
}

impl TruePosterior {
    /// For this transition matrix.
    pub fn new(transition: TransitionMatrix) -> Self {
        Self { transition }
    }

    /// `p(true | x)`, from predicted probabilities of given labels, `[num_classes]`; they need not sum to 1 exactly.
    pub fn without_label(&self, predicted: &[f32]) -> Vec<f64> {
        let num_classes = self.transition.num_classes();
        let sum: f64 = predicted.iter().map(|&probability| f64::from(probability)).sum();
        let share = |&probability: &f32| f64::from(probability) / sum.max(f64::MIN_POSITIVE);
        let target: Vec<f64> = predicted.iter().map(share).collect();
        let mut estimate = vec![1.0 / num_classes as f64; num_classes];
        for _ in 0..ROUNDS {
            let next = self.round(&estimate, &target);
            let change = next
                .iter()
                .zip(&estimate)
                .map(|(next, last)| (next - last).abs())
                .fold(0.0, f64::max);
            estimate = next;
            if change < SETTLED {
                break;
            }
        }
        estimate
    }

    fn round(&self, estimate: &[f64], target: &[f64]) -> Vec<f64> {
        let classes = 0..estimate.len();
        let predicted = |given: usize| -> f64 {
            let classes = classes.clone();
            classes
                .map(|class| estimate[class] * self.transition.get(class, given))
                .sum()
        };
        let ratios: Vec<f64> = classes
            .clone()
            .map(|given| target[given] / predicted(given).max(f64::MIN_POSITIVE))
            .collect();
        let moved = classes.map(|class| {
            let row = self.transition.row(class).iter();
            estimate[class] * row.zip(&ratios).map(|(rate, ratio)| rate * ratio).sum::<f64>()
        });
        normalised(moved.collect())
    }

    /// `p(true | x, given)` from `p(true | x)`; as before where the given label is impossible for every class.
    pub fn with_label(&self, estimate: &[f64], given: u32) -> Vec<f64> {
        let joint =
            |(class, probability): (usize, &f64)| probability * self.transition.get(class, given as usize);
        let joint: Vec<f64> = estimate.iter().enumerate().map(joint).collect();
        if joint.iter().sum::<f64>() > 0.0 {
            normalised(joint)
        } else {
            estimate.to_vec()
        }
    }

    /// What the true label of each sample is, `[num_samples, num_classes]`, rows sum to 1; without a given label by the
    /// prediction alone.
    ///
    /// # Errors
    ///
    /// [`LabelsError::LengthMismatch`] if labels, predictions and matrix differ in number.
    pub fn of_all(
        &self,
        predicted: ScoreMatrix<'_>,
        given_labels: &[Option<u32>],
    ) -> Result<Vec<Vec<f64>>, LabelsError> {
        check_length(
            "predicted classes",
            self.transition.num_classes(),
            predicted.num_classes(),
        )?;
        check_length(
            "predicted probabilities",
            given_labels.len(),
            predicted.rows().count(),
        )?;
        let posterior = |(row, given): (&[f32], &Option<u32>)| {
            let estimate = self.without_label(row);
            given.map_or_else(|| estimate.clone(), |given| self.with_label(&estimate, given))
        };
        Ok(predicted.rows().zip(given_labels).map(posterior).collect())
    }
}

fn normalised(mut numbers: Vec<f64>) -> Vec<f64> {
    let sum: f64 = numbers.iter().sum();
    if sum > 0.0 {
        for number in &mut numbers {
            *number /= sum;
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn matrix() -> TransitionMatrix {
        TransitionMatrix::from_rows(&[vec![0.7, 0.2, 0.1], vec![0.0, 0.6, 0.4], vec![0.25, 0.25, 0.5]])
            .unwrap()
    }

    #[test]
    fn a_prediction_that_is_a_row_of_the_matrix_is_that_class() {
        let posterior = TruePosterior::new(matrix());
        for class in 0..3 {
            let row: Vec<f32> = matrix().row(class).iter().map(|&rate| rate as f32).collect();
            let estimate = posterior.without_label(&row);
            assert!(estimate[class] > 0.97, "{class}: {estimate:?}");
        }
    }

    #[test]
    fn the_given_label_counts_by_bayes_rule() {
        let posterior = TruePosterior::new(matrix());
        // 0.5 x 0.2, 0.3 x 0.6 and 0.2 x 0.25 are 0.10, 0.18 and 0.05.
        let found = posterior.with_label(&[0.5, 0.3, 0.2], 1);
        for (found, expected) in found.iter().zip([10.0 / 33.0, 18.0 / 33.0, 5.0 / 33.0]) {
            assert!((found - expected).abs() < 1e-12);
        }
        // Class 1 is never given as class 0.
        assert_eq!(posterior.with_label(&[0.0, 1.0, 0.0], 0), [0.0, 1.0, 0.0]);
    }

    #[test]
    fn labels_and_predictions_must_be_as_many() {
        let posterior = TruePosterior::new(matrix());
        let scores = ScoreMatrix::new(&[0.2, 0.3, 0.5], 3).unwrap();
        assert!(posterior.of_all(scores, &[]).is_err());
        let both = posterior.of_all(scores, &[None]).unwrap();
        assert!((both[0].iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn what_a_mixture_of_classes_is_given_as_leads_back_to_the_mixture(
            shares in prop::collection::vec(0.01f64..1.0, 3)
        ) {
            let sum: f64 = shares.iter().sum();
            let shares: Vec<f64> = shares.iter().map(|share| share / sum).collect();
            let given = |j: usize| (0..3).map(|i| shares[i] * matrix().get(i, j)).sum::<f64>() as f32;
            let estimate = TruePosterior::new(matrix()).without_label(&[given(0), given(1), given(2)]);
            prop_assert!((estimate.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            // What is predicted again is the same, however slowly the shares themselves settle.
            for j in 0..3 {
                let again = (0..3).map(|i| estimate[i] * matrix().get(i, j)).sum::<f64>();
                prop_assert!((again - f64::from(given(j))).abs() < 5e-3);
            }
        }

        #[test]
        fn any_prediction_leads_to_a_distribution(row in prop::collection::vec(0f32..1.0, 3), given in 0u32..3) {
            let posterior = TruePosterior::new(matrix());
            let found = posterior.with_label(&posterior.without_label(&row), given);
            prop_assert!(found.iter().all(|probability| (0.0..=1.0).contains(probability)));
            let sum: f64 = found.iter().sum();
            prop_assert!((sum - 1.0).abs() < 1e-9 || row.iter().all(|&number| number == 0.0));
        }
    }
}
