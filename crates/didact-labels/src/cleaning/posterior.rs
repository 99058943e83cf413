//! What the true class is, from a prediction of given labels.

use crate::transition_matrix::TransitionMatrix;

/// Rounds of expectation and maximisation; the estimate has settled long before, for matrices that can be told apart.
const ROUNDS: usize = 200;
/// Change of a probability below which it has settled.
const SETTLED: f64 = 1e-7;

/// From what a model predicts of *given* labels to what the *true* label is.
///
/// A model that has learnt noisy labels predicts, of each class, how likely it is to be given. With the transition matrix
/// `T`, that is `sum over i of p(true = i | x) T[i, j]`, and the `p(true | x)` that explains it best is found by expectation
/// and maximisation, which keeps it a distribution. The given label is evidence of its own, to be joined by Bayes' rule:
/// a [`LogarithmicPool`](super::LogarithmicPool) of weights 1.
///
/// It is as good as its two sources: a model that has memorised a label predicts it, and then the answer is that label.
///
/// Source: the expectation step is that of Dempster, Laird and Rubin, 1977, for a mixture with known parts.
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
        fn any_prediction_leads_to_a_distribution(row in prop::collection::vec(0f32..1.0, 3)) {
            let found = TruePosterior::new(matrix()).without_label(&row);
            prop_assert!(found.iter().all(|probability| (0.0..=1.0).contains(probability)));
            let sum: f64 = found.iter().sum();
            prop_assert!((sum - 1.0).abs() < 1e-9 || row.iter().all(|&number| number == 0.0));
        }
    }
}
