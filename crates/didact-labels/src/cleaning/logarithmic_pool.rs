//! Several opinions about the true class, pooled with weights that checked samples choose.

use crate::error::LabelsError;
use crate::label_checks::check_length;

/// Most steps of Newton's method; the objective is convex in a handful of weights, and settles in fewer than ten.
const STEPS: usize = 50;
/// Halvings of a step that does not improve.
const HALVINGS: usize = 30;
/// Change of a weight below which it has settled.
const SETTLED: f64 = 1e-10;
/// Smallest probability whose logarithm is taken: an opinion that is sure counts as one mistake in a million.
const FLOOR: f64 = 1e-6;

/// What one sample's true class may be, in the opinion of several sources: logarithms of probabilities, up to a constant.
///
/// # Shapes
///
/// - `sources`: `[num_sources][num_classes]`
#[derive(Clone, Debug, PartialEq)]
pub struct Opinions {
    sources: Vec<Vec<f64>>,
}

impl Opinions {
    /// Takes probabilities, or numbers in proportion to them, one row a source. What is below a millionth counts as a millionth.
    pub fn new<'a>(sources: impl IntoIterator<Item = &'a [f64]>) -> Self {
        let logarithms = |source: &[f64]| source.iter().map(|value| value.max(FLOOR).ln()).collect();
        Self {
            sources: sources.into_iter().map(logarithms).collect(),
        }
    }
}

/// A logarithmic opinion pool: `ln p[i]` is the weighted sum of what each source says of class `i`, scaled to sum 1.
///
/// With weights 1 for a prediction and 1 for the row of a transition matrix it is Bayes' rule. Weights that checked samples choose
/// make its odds honest where the sources are not: a network that is too sure of itself gets a weight below 1, and one that
/// has memorised given labels leaves less weight for the label.
///
/// Source: Genest and Zidek, 1986, "Combining Probability Distributions: A Critique and an Annotated Bibliography", section 3;
/// chosen by maximum likelihood as the temperature of Guo, Pleiss, Sun and Weinberger, 2017, which is the case of one source.
#[derive(Clone, Debug, PartialEq)]
pub struct LogarithmicPool {
    weights: Vec<f64>,
}

impl LogarithmicPool {
    /// With these weights, one a source.
    pub fn new(weights: Vec<f64>) -> Self {
        Self { weights }
    }

    /// The weights that make the labels of checked samples likeliest, pulled towards `prior` as by so many samples whose squared
    /// distance from it is 1.
    ///
    /// # Errors
    ///
    /// [`LabelsError::LengthMismatch`] if there are not as many labels as samples.
    ///
    /// ```
    /// use didact_labels::cleaning::{LogarithmicPool, Opinions};
    ///
    /// // A source that says 0.9 and is right three times of four.
    /// let opinions = vec![Opinions::new([[0.9, 0.1].as_slice()]); 4];
    /// let pool = LogarithmicPool::fit(&opinions, &[0, 0, 0, 1], &[1.0], 1e-6)?;
    /// assert!((pool.posterior(&opinions[0])[0] - 0.75).abs() < 1e-3);
    /// # Ok::<(), didact_labels::LabelsError>(())
    /// ```
    pub fn fit(
        opinions: &[Opinions],
        labels: &[u32],
        prior: &[f64],
        strength: f64,
    ) -> Result<Self, LabelsError> {
        check_length("labels of checked samples", opinions.len(), labels.len())?;
        let fit = Fit {
            opinions,
            labels,
            prior,
            strength,
        };
        let mut weights = prior.to_vec();
        for _ in 0..STEPS {
            let next = fit.step(&weights);
            let change = largest_change(&weights, &next);
            weights = next;
            if change < SETTLED {
                break;
            }
        }
        Ok(Self { weights })
    }

    /// The weight of each source.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// What the true class is, `[num_classes]`, summing to 1.
    pub fn posterior(&self, opinions: &Opinions) -> Vec<f64> {
        posterior(&self.weights, opinions)
    }
}

fn posterior(weights: &[f64], opinions: &Opinions) -> Vec<f64> {
    let num_classes = opinions.sources.first().map_or(0, Vec::len);
    let pooled = |class: usize| -> f64 {
        let pairs = weights.iter().zip(&opinions.sources);
        pairs.map(|(weight, source)| weight * source[class]).sum()
    };
    let pooled: Vec<f64> = (0..num_classes).map(pooled).collect();
    let largest = pooled.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let exponentials: Vec<f64> = pooled.into_iter().map(|value| (value - largest).exp()).collect();
    let sum: f64 = exponentials.iter().sum();
    exponentials.into_iter().map(|value| value / sum).collect()
}

fn largest_change(left: &[f64], right: &[f64]) -> f64 {
    let changes = left.iter().zip(right).map(|(left, right)| (left - right).abs());
    changes.fold(0.0, f64::max)
}

/// What is minimised: the surprise at the labels, and the distance from the prior.
struct Fit<'a> {
    opinions: &'a [Opinions],
    labels: &'a [u32],
    prior: &'a [f64],
    strength: f64,
}

impl Fit<'_> {
    fn objective(&self, weights: &[f64]) -> f64 {
        let pairs = self.opinions.iter().zip(self.labels);
        let surprise = |(opinions, &label): (&Opinions, &u32)| {
            -posterior(weights, opinions)[label as usize]
                .max(f64::MIN_POSITIVE)
                .ln()
        };
        let distance = weights
            .iter()
            .zip(self.prior)
            .map(|(weight, prior)| (weight - prior).powi(2));
        pairs.map(surprise).sum::<f64>() + 0.5 * self.strength * distance.sum::<f64>()
    }

    /// One step of Newton's method, shortened until it improves.
    fn step(&self, weights: &[f64]) -> Vec<f64> {
        let (gradient, curvature) = self.derivatives(weights);
        let Some(direction) = solved(curvature, gradient) else {
            return weights.to_vec();
        };
        let before = self.objective(weights);
        let mut length = 1.0;
        for _ in 0..HALVINGS {
            let moved = weights
                .iter()
                .zip(&direction)
                .map(|(weight, step)| weight - length * step);
            let moved: Vec<f64> = moved.collect();
            if self.objective(&moved) <= before {
                return moved;
            }
            length *= 0.5;
        }
        weights.to_vec()
    }

    /// The gradient is what is expected less what is seen; the curvature is the covariance of what the sources say.
    fn derivatives(&self, weights: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
        let count = weights.len();
        let mut gradient: Vec<f64> = weights
            .iter()
            .zip(self.prior)
            .map(|(weight, prior)| self.strength * (weight - prior))
            .collect();
        let mut curvature = vec![vec![0.0; count]; count];
        for (source, row) in curvature.iter_mut().enumerate() {
            row[source] = self.strength;
        }
        for (opinions, &label) in self.opinions.iter().zip(self.labels) {
            let probabilities = posterior(weights, opinions);
            let expected = |value: &dyn Fn(usize) -> f64| -> f64 {
                probabilities
                    .iter()
                    .enumerate()
                    .map(|(class, p)| p * value(class))
                    .sum()
            };
            let sources = &opinions.sources;
            let means: Vec<f64> = sources
                .iter()
                .map(|source| expected(&|class| source[class]))
                .collect();
            for left in 0..count {
                gradient[left] += means[left] - sources[left][label as usize];
                for right in 0..count {
                    let both = expected(&|class| sources[left][class] * sources[right][class]);
                    curvature[left][right] += both - means[left] * means[right];
                }
            }
        }
        (gradient, curvature)
    }
}

/// The solution of a small system of linear equations, by elimination with pivots; none if there is not exactly one.
fn solved(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let size = right.len();
    for column in 0..size {
        let pivot =
            (column..size).max_by(|&a, &b| matrix[a][column].abs().total_cmp(&matrix[b][column].abs()))?;
        if matrix[pivot][column].abs() < f64::MIN_POSITIVE {
            return None;
        }
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        let (above, below) = matrix.split_at_mut(column + 1);
        let pivots = &above[column];
        for (row, entries) in (column + 1..).zip(below) {
            let factor = entries[column] / pivots[column];
            for (entry, pivot) in entries.iter_mut().zip(pivots) {
                *entry -= factor * pivot;
            }
            right[row] -= factor * right[column];
        }
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size)
            .map(|column| matrix[row][column] * right[column])
            .sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn weights_of_one_are_bayes_rule() {
        let opinions = Opinions::new([[0.5, 0.3, 0.2].as_slice(), &[0.2, 0.6, 0.25]]);
        let found = LogarithmicPool::new(vec![1.0, 1.0]).posterior(&opinions);
        for (found, expected) in found.iter().zip([10.0 / 33.0, 18.0 / 33.0, 5.0 / 33.0]) {
            assert!((found - expected).abs() < 1e-12, "{found}");
        }
    }

    #[test]
    fn equations_are_solved_with_pivots() {
        let matrix = vec![vec![0.0, 2.0], vec![4.0, 1.0]];
        assert_eq!(solved(matrix, vec![2.0, 9.0]), Some(vec![2.0, 1.0]));
        assert_eq!(solved(vec![vec![0.0]], vec![1.0]), None);
    }

    #[test]
    fn without_samples_the_prior_stays() {
        let pool = LogarithmicPool::fit(&[], &[], &[1.0, 0.5], 1.0).unwrap();
        assert_eq!(pool.weights(), [1.0, 0.5]);
        let one = [Opinions::new([[0.5, 0.5].as_slice()])];
        assert!(LogarithmicPool::fit(&one, &[], &[1.0], 1.0).is_err());
    }

    #[test]
    fn a_source_that_says_nothing_keeps_its_prior_and_a_sure_one_that_is_wrong_loses_weight() {
        let opinions = vec![Opinions::new([[0.5, 0.5].as_slice(), &[0.99, 0.01]]); 10];
        let labels = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1];
        let pool = LogarithmicPool::fit(&opinions, &labels, &[1.0, 1.0], 1e-6).unwrap();
        assert!((pool.weights()[0] - 1.0).abs() < 1e-9, "{pool:?}");
        assert!((pool.posterior(&opinions[0])[0] - 0.7).abs() < 1e-4, "{pool:?}");
    }

    proptest! {
        #[test]
        fn no_step_in_any_direction_improves_on_what_was_fitted(
            rows in prop::collection::vec((prop::collection::vec(0.01f64..1.0, 6), 0u32..3), 5..30),
            step in prop::collection::vec(-0.1f64..0.1, 2),
        ) {
            let opinions: Vec<Opinions> = rows.iter().map(|(row, _)| Opinions::new([&row[..3], &row[3..]])).collect();
            let labels: Vec<u32> = rows.iter().map(|(_, label)| *label).collect();
            let prior = [1.0, 1.0];
            let pool = LogarithmicPool::fit(&opinions, &labels, &prior, 0.1).unwrap();
            let fit = Fit { opinions: &opinions, labels: &labels, prior: &prior, strength: 0.1 };
            let moved: Vec<f64> = pool.weights().iter().zip(&step).map(|(weight, step)| weight + step).collect();
            prop_assert!(fit.objective(pool.weights()) <= fit.objective(&moved) + 1e-9);
        }
    }
}
