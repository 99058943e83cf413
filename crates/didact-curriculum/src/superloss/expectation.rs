//! The loss expected of a sample, `τ`.

use std::collections::VecDeque;

use crate::error::CurriculumError;
use crate::state::State;

use super::weighing::NAME;

/// `τ` and what it must remember; every kind but the first takes a batch's mean in before it is used on that batch.
///
/// Differs from the authors' code as copied into `fani-lab/OpeNTF`: that uses the value from before the batch.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expectation {
    Constant(f64),
    Exponential { decay: f64, average: Option<f64> },
    Global { sum: f64, count: f64 },
    Window { batches: usize, means: VecDeque<f64> },
}

impl Expectation {
    /// Takes in the mean loss of a batch and returns the `τ` to use on that batch.
    pub(super) fn update(&mut self, batch_mean: f64) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Exponential { decay, average } => {
                let next = average.map_or(batch_mean, |past| *decay * past + (1.0 - *decay) * batch_mean);
                *average.insert(next)
            }
            Self::Global { sum, count } => {
                *sum += batch_mean;
                *count += 1.0;
                *sum / *count
            }
            Self::Window { batches, means } => {
                if means.len() == *batches {
                    means.pop_front();
                }
                means.push_back(batch_mean);
                // Summed afresh, oldest first: a sum kept up to date would drift and its bits depend on the past.
                means.iter().sum::<f64>() / means.len() as f64
            }
        }
    }

    pub(super) fn state(&self) -> State {
        let state = State::new(NAME);
        match self {
            Self::Constant(_) => state,
            Self::Exponential { average, .. } => state.with_column("average", *average),
            Self::Global { sum, count } => state.with_column("sum", [*sum]).with_column("count", [*count]),
            Self::Window { means, .. } => state.with_column("means", means.iter().copied()),
        }
    }

    pub(super) fn restore(&mut self, state: &State) -> Result<(), CurriculumError> {
        match self {
            Self::Constant(_) => state.columns(NAME, []).map(|[]| ()),
            Self::Exponential { average, .. } => {
                let [saved] = state.columns(NAME, ["average"])?;
                *average = check("average", saved, 0..=1)?.first().copied();
                Ok(())
            }
            Self::Global { sum, count } => {
                let [saved_sum, saved_count] = state.columns(NAME, ["sum", "count"])?;
                let next = (
                    check("sum", saved_sum, 1..=1)?[0],
                    check("count", saved_count, 1..=1)?[0],
                );
                (*sum, *count) = next;
                Ok(())
            }
            Self::Window { batches, means } => {
                let [saved] = state.columns(NAME, ["means"])?;
                *means = check("means", saved, 0..=*batches)?.iter().copied().collect();
                Ok(())
            }
        }
    }
}

/// A saved column, if it holds as many finite numbers as it may.
fn check<'a>(
    column: &str,
    numbers: &'a [f64],
    lengths: std::ops::RangeInclusive<usize>,
) -> Result<&'a [f64], CurriculumError> {
    if lengths.contains(&numbers.len()) && numbers.iter().all(|number| number.is_finite()) {
        return Ok(numbers);
    }
    Err(CurriculumError::WrongState {
        expected: format!(
            "{} to {} finite numbers in `{column}`",
            lengths.start(),
            lengths.end()
        ),
        found: format!("{numbers:?}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BATCH_MEANS: [f64; 4] = [2.5, 2.0, 1.8, 1.0];

    fn assert_follows(mut expectation: Expectation, expected: [f64; 4]) {
        for (mean, expected) in BATCH_MEANS.into_iter().zip(expected) {
            let found = expectation.update(mean);
            assert!((found - expected).abs() < 1e-12, "{found} instead of {expected}");
        }
    }

    #[test]
    fn constant_stays() {
        assert_follows(Expectation::Constant(0.5), [0.5; 4]);
    }

    #[test]
    fn exponential_starts_at_the_first_mean_and_keeps_nine_tenths() {
        let expectation = Expectation::Exponential {
            decay: 0.9,
            average: None,
        };
        assert_follows(expectation, [2.5, 2.45, 2.385, 2.2465]);
    }

    #[test]
    fn global_is_the_mean_of_all_batches_so_far() {
        assert_follows(
            Expectation::Global { sum: 0.0, count: 0.0 },
            [2.5, 2.25, 2.1, 1.825],
        );
    }

    #[test]
    fn window_forgets_what_is_older() {
        let window = |batches| Expectation::Window {
            batches,
            means: VecDeque::new(),
        };
        assert_follows(window(2), [2.5, 2.25, 1.9, 1.4]);
        assert_follows(window(1), BATCH_MEANS);
        assert_follows(window(9), [2.5, 2.25, 2.1, 1.825]);
    }

    #[test]
    fn a_damaged_state_is_refused_and_changes_nothing() {
        let mut window = Expectation::Window {
            batches: 2,
            means: VecDeque::from([1.0]),
        };
        for damaged in [vec![1.0, 2.0, 3.0], vec![f64::NAN]] {
            let state = State::new(NAME).with_column("means", damaged);
            assert!(matches!(
                window.restore(&state),
                Err(CurriculumError::WrongState { .. })
            ));
            assert_eq!(window.state(), State::new(NAME).with_column("means", [1.0]));
        }
        let mut global = Expectation::Global { sum: 3.0, count: 2.0 };
        let damaged = State::new(NAME)
            .with_column("sum", [1.0])
            .with_column("count", []);
        assert!(global.restore(&damaged).is_err());
        assert_eq!(global, Expectation::Global { sum: 3.0, count: 2.0 });
    }
}
