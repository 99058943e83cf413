//! Bayes' rule, with weights that the samples that fit choose.

use didact_labels::TransitionMatrix;
use didact_labels::cleaning::{LogarithmicPool, Opinions, TruePosterior};
use didact_run::{PoolRecord, ViewRecord};
use didact_train::CheckedLabel;
use rayon::prelude::*;

use super::Judge;
use crate::config::PosteriorConfig;
use crate::error::CleanError;
use crate::view::Answers;

/// What a model was taught to predict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taught {
    /// Given labels: what it says must be led back through the transition matrix.
    GivenLabels,
    /// Labels that were corrected.
    CorrectedLabels,
}

/// A model's predictions, the transition matrix, and how much each counts.
pub(super) struct Pool<'a> {
    answers: &'a Answers,
    given_labels: &'a [Option<u32>],
    transition: TransitionMatrix,
    led_back: TruePosterior,
    taught: Taught,
    weights: LogarithmicPool,
}

impl<'a> Pool<'a> {
    /// A pool in which everything counts as in Bayes' rule.
    pub(super) fn bayes(
        answers: &'a Answers,
        given_labels: &'a [Option<u32>],
        transition: TransitionMatrix,
        taught: Taught,
    ) -> Self {
        Self {
            answers,
            given_labels,
            led_back: TruePosterior::new(transition.clone()),
            transition,
            taught,
            weights: LogarithmicPool::new(prior(taught).to_vec()),
        }
    }

    /// The same, with the weights that make the labels of checked samples likeliest. `counted` are those that the transition
    /// matrix was counted on, and `config` has the prior it was counted with.
    ///
    /// The matrix knows the samples it was counted on: each is taken out of it again while it chooses weights, or the given label
    /// would seem to tell more than it does of others.
    pub(super) fn fitted(
        mut self,
        fit: &[CheckedLabel],
        counted: &[CheckedLabel],
        config: &PosteriorConfig,
    ) -> Result<Self, CleanError> {
        let mut totals = vec![f64::from(config.prior); self.transition.num_classes()];
        for checked in counted
            .iter()
            .filter(|checked| self.given_labels[checked.row as usize].is_some())
        {
            totals[checked.label as usize] += 1.0;
        }
        let opinions = |checked: &CheckedLabel| self.opinions(checked.row, Some((checked.label, &totals)));
        let opinions: Vec<Opinions> = fit.par_iter().map(opinions).collect();
        let labels: Vec<u32> = fit.iter().map(|checked| checked.label).collect();
        let prior = prior(self.taught);
        self.weights = LogarithmicPool::fit(&opinions, &labels, prior, config.strength.into())?;
        Ok(self)
    }

    pub(super) fn record(&self, fold: Option<u32>) -> ViewRecord {
        let weight = |(source, &weight): (&&str, &f64)| PoolRecord {
            source: (*source).to_owned(),
            weight,
        };
        ViewRecord {
            fold,
            epochs: Vec::new(),
            kept_epoch: None,
            parameters: None,
            pool: sources(self.taught)
                .iter()
                .zip(self.weights.weights())
                .map(weight)
                .collect(),
        }
    }

    /// What every source says of a row. With `without`, the row's checked label and how many samples each row of the transition
    /// matrix stands for, as if the matrix did not know the row.
    fn opinions(&self, row: u32, without: Option<(u32, &[f64])>) -> Opinions {
        let predicted = self.answers.row(row);
        let plain: Vec<f64> = predicted.iter().copied().map(f64::from).collect();
        let by_label = self.by_label(self.given_labels[row as usize], without);
        match self.taught {
            Taught::CorrectedLabels => Opinions::new([plain.as_slice(), &by_label]),
            Taught::GivenLabels => {
                let led_back = self.led_back.without_label(predicted);
                Opinions::new([led_back.as_slice(), &plain, &by_label])
            }
        }
    }

    /// How likely each class is given as `given`; the same for all without a label.
    fn by_label(&self, given: Option<u32>, without: Option<(u32, &[f64])>) -> Vec<f64> {
        let classes = 0..self.transition.num_classes();
        let Some(given) = given.map(|given| given as usize) else {
            return classes.map(|_| 1.0).collect();
        };
        let mut rates: Vec<f64> = classes.map(|class| self.transition.get(class, given)).collect();
        if let Some((label, totals)) = without {
            let (rate, total) = (&mut rates[label as usize], totals[label as usize]);
            *rate = ((*rate * total - 1.0) / (total - 1.0).max(f64::MIN_POSITIVE)).max(0.0);
        }
        rates
    }
}

/// What each source counts in Bayes' rule: a prediction of given labels only after it was led back.
fn prior(taught: Taught) -> &'static [f64] {
    match taught {
        Taught::GivenLabels => &[1.0, 0.0, 1.0],
        Taught::CorrectedLabels => &[1.0, 1.0],
    }
}

fn sources(taught: Taught) -> &'static [&'static str] {
    match taught {
        Taught::GivenLabels => &[
            "the model, led back through the transition matrix",
            "the model, as it predicts",
            "the given label",
        ],
        Taught::CorrectedLabels => &["the model, as it predicts", "the given label"],
    }
}

impl Judge for Pool<'_> {
    fn posteriors(&self, rows: &[u32]) -> Result<Vec<Vec<f64>>, CleanError> {
        Ok(rows
            .par_iter()
            .map(|&row| self.weights.posterior(&self.opinions(row, None)))
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_taken_out_of_the_matrix_that_was_counted_on_it() {
        let transition = TransitionMatrix::from_rows(&[vec![0.75, 0.25], vec![0.5, 0.5]]).unwrap();
        let answers = Answers::default();
        let pool = Pool::bayes(&answers, &[], transition, Taught::CorrectedLabels);
        assert_eq!(pool.by_label(Some(1), None), [0.25, 0.5]);
        assert_eq!(pool.by_label(None, None), [1.0, 1.0]);
        // Class 0 was given as class 1 once of four times; without that, never of three.
        assert_eq!(pool.by_label(Some(1), Some((0, &[4.0, 2.0]))), [0.0, 0.5]);
        // Class 1 was given as class 1 once of twice; without that, never of once.
        assert_eq!(pool.by_label(Some(1), Some((1, &[4.0, 2.0]))), [0.25, 0.0]);
    }
}
