//! What the true class is, from a prediction of given labels.

use crate::transition_matrix::TransitionMatrix;

/// Most cycles, each of three rounds of expectation and maximisation; a few are enough unless a class is nearly impossible.
const CYCLES: usize = 100;
/// Change of a probability in a cycle below which it has settled.
const SETTLED: f64 = 1e-7;
/// A leap not longer than this many times two rounds is no gain.
const SHORTEST: f64 = 1.01;

/// From what a model predicts of *given* labels to what the *true* label is.
///
/// A model that has learnt noisy labels predicts, of each class, how likely it is to be given. With the transition matrix
/// `T`, that is `sum over i of p(true = i | x) T[i, j]`, and the `p(true | x)` that explains it best is found by expectation
/// and maximisation, which keeps it a distribution. The given label is evidence of its own, to be joined by Bayes' rule:
/// a [`LogarithmicPool`](super::LogarithmicPool) of weights 1.
///
/// It is as good as its two sources: a model that has memorised a label predicts it, and then the answer is that label.
///
/// Source: the expectation step is that of Dempster, Laird and Rubin, 1977, for a mixture with known parts; the leaps between rounds
/// are those of Varadhan and Roland, 2008, "Simple and Globally Convergent Methods for Accelerating the Convergence of Any EM
/// Algorithm", scheme 3, shortened until they stay within the probabilities and do not surprise more. Without them two hundred
/// rounds leave half a point where a class is nearly impossible.
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
        for _ in 0..CYCLES {
            let next = self.cycle(&estimate, &target);
            let changes = next.iter().zip(&estimate).map(|(next, last)| (next - last).abs());
            let change = changes.fold(0.0, f64::max);
            estimate = next;
            if change < SETTLED {
                break;
            }
        }
        estimate
    }

    /// Two rounds, a leap in the direction that they took, and another round.
    fn cycle(&self, start: &[f64], target: &[f64]) -> Vec<f64> {
        let first = self.round(start, target);
        let second = self.round(&first, target);
        let (mut step, mut bend) = (Vec::new(), Vec::new());
        for ((start, first), second) in start.iter().zip(&first).zip(&second) {
            step.push(first - start);
            bend.push(second - 2.0 * first + start);
        }
        let length = |vector: &[f64]| vector.iter().map(|value| value * value).sum::<f64>().sqrt();
        let mut leap = length(&step) / length(&bend).max(f64::MIN_POSITIVE);
        while leap.is_finite() && leap > SHORTEST {
            let moves = step
                .iter()
                .zip(&bend)
                .map(|(step, bend)| 2.0 * leap * step + leap * leap * bend);
            let landed: Vec<f64> = start
                .iter()
                .zip(moves)
                .map(|(start, moved)| start + moved)
                .collect();
            if landed.iter().all(|&probability| probability > 0.0) {
                let landed = normalised(landed);
                if self.surprise(&landed, target) <= self.surprise(&second, target) {
                    return self.round(&landed, target);
                }
            }
            leap = f64::midpoint(leap, 1.0);
        }
        second
    }

    /// How surprising the target is to an estimate, in nats.
    fn surprise(&self, estimate: &[f64], target: &[f64]) -> f64 {
        let of = |(given, share): (usize, &f64)| {
            -share * self.predicted(estimate, given).max(f64::MIN_POSITIVE).ln()
        };
        target.iter().enumerate().map(of).sum()
    }

    /// The probability with which an estimate is given as a class.
    fn predicted(&self, estimate: &[f64], given: usize) -> f64 {
        let of = |(class, probability): (usize, &f64)| probability * self.transition.get(class, given);
        estimate.iter().enumerate().map(of).sum()
    }

    fn round(&self, estimate: &[f64], target: &[f64]) -> Vec<f64> {
        let ratio =
            |(given, share): (usize, &f64)| share / self.predicted(estimate, given).max(f64::MIN_POSITIVE);
        let ratios: Vec<f64> = target.iter().enumerate().map(ratio).collect();
        let classes = 0..estimate.len();
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

    #[test]
    fn nearly_impossible_classes_are_found_to_be_so() {
        let shares = [0.0145, 0.971, 0.0145];
        let given = |j: usize| (0..3).map(|i| shares[i] * matrix().get(i, j)).sum::<f64>() as f32;
        let estimate = TruePosterior::new(matrix()).without_label(&[given(0), given(1), given(2)]);
        for (found, expected) in estimate.iter().zip(shares) {
            assert!((found - expected).abs() < 2e-3, "{estimate:?}");
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
                prop_assert!((again - f64::from(given(j))).abs() < 1e-3);
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
