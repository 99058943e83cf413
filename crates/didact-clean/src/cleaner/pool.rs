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
    taught: Taught,
    pool: LogarithmicPool,
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
            transition,
            taught,
            pool: LogarithmicPool::new(prior(taught).to_vec()),
        }
    }

    /// The same, with the weights that make the labels of checked samples likeliest.
    pub(super) fn fitted(
        mut self,
        fit: &[CheckedLabel],
        config: &PosteriorConfig,
    ) -> Result<Self, CleanError> {
        let opinions: Vec<Opinions> = fit.par_iter().map(|checked| self.opinions(checked.row)).collect();
        let labels: Vec<u32> = fit.iter().map(|checked| checked.label).collect();
        let prior = prior(self.taught);
        self.pool = LogarithmicPool::fit(&opinions, &labels, prior, config.strength.into())?;
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
                .zip(self.pool.weights())
                .map(weight)
                .collect(),
        }
    }

    fn opinions(&self, row: u32) -> Opinions {
        let predicted = self.answers.row(row);
        let plain: Vec<f64> = predicted.iter().copied().map(f64::from).collect();
        let given = self.given_labels[row as usize];
        let classes = 0..self.transition.num_classes();
        let by_label: Vec<f64> = match given {
            Some(given) => classes
                .map(|class| self.transition.get(class, given as usize))
                .collect(),
            None => classes.map(|_| 1.0).collect(),
        };
        match self.taught {
            Taught::CorrectedLabels => Opinions::new([plain.as_slice(), &by_label]),
            Taught::GivenLabels => {
                let led_back = TruePosterior::new(self.transition.clone()).without_label(predicted);
                Opinions::new([led_back.as_slice(), &plain, &by_label])
            }
        }
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
            .map(|&row| self.pool.posterior(&self.opinions(row)))
            .collect())
    }
}
