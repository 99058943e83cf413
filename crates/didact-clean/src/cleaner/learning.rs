//! A cleaner of a model's, learnt by samples that fit.

use didact_labels::TransitionMatrix;
use didact_labels::cleaning::trusted_transition;
use didact_run::{CleaningFolder, ViewRecord};
use didact_train::{CheckedLabel, CleanerWatch};

use super::Judge;
use super::network::Network;
use super::pool::{Pool, Taught};
use crate::cleaning_data::CleaningData;
use crate::config::{CleanConfig, CleanerConfig};
use crate::error::CleanError;
use crate::report_part::Purpose;
use crate::view::{Answers, View};

/// What a cleaner is learnt from: a model, and what it says.
#[derive(Clone, Copy)]
pub(super) struct Learning<'a> {
    pub(super) config: &'a CleanConfig,
    pub(super) data: &'a CleaningData,
    pub(super) folder: &'a CleaningFolder,
    pub(super) round: u32,
    pub(super) view: &'a View,
    pub(super) answers: &'a Answers,
    /// The transition matrix that was estimated without trusted labels, where there are none.
    pub(super) estimated: Option<&'a TransitionMatrix>,
    pub(super) watch: CleanerWatch<'a>,
}

/// A cleaner is kept as its record says, or learnt for a while only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// It judges the samples to be corrected.
    Kept,
    /// It judges samples that another one has learnt from.
    Once,
}

impl<'a> Learning<'a> {
    /// Learns by these of the samples that fit.
    pub(super) fn learn(
        &self,
        fit: &[CheckedLabel],
        purpose: Use,
    ) -> Result<(Box<dyn Judge + 'a>, ViewRecord), CleanError> {
        let (report, ids) = (&self.data.report, self.data.dataset.ids());
        let rows = |of: &[CheckedLabel]| of.iter().map(|checked| checked.row).collect();
        report.permit(rows(fit), Purpose::Training, ids)?;
        report.permit(rows(&self.data.selecting), Purpose::Selection, ids)?;
        let own = self.seen_by_the_model(fit);
        match &self.config.cleaner {
            CleanerConfig::Network(network) => {
                let learnt = Network::learn(self, network, &own)?;
                if purpose == Use::Kept {
                    learnt.write_encoder(self)?;
                }
                let record = learnt.record(self.view.fold);
                Ok((Box::new(learnt), record))
            }
            CleanerConfig::Posterior(posterior) => {
                let transition = match self.estimated {
                    Some(estimated) => estimated.clone(),
                    None => counted(self.data, fit, posterior.prior.into())?,
                };
                let given_labels = self.data.dataset.given_labels();
                let pool = Pool::bayes(self.answers, given_labels, transition, self.taught());
                let pool = match self.estimated {
                    Some(_) => pool,
                    None => pool.fitted(&own, fit, posterior)?,
                };
                let record = pool.record(self.view.fold);
                Ok((Box::new(pool), record))
            }
        }
    }

    /// Of some samples, those that the model answers for.
    pub(super) fn seen_by_the_model(&self, fit: &[CheckedLabel]) -> Vec<CheckedLabel> {
        let is_own = |checked: &&CheckedLabel| self.view.rows.binary_search(&checked.row).is_ok();
        fit.iter().filter(is_own).copied().collect()
    }

    fn taught(&self) -> Taught {
        match self.round {
            1 => Taught::GivenLabels,
            _ => Taught::CorrectedLabels,
        }
    }
}

/// Which class is given as which, counted on checked samples.
pub(super) fn counted(
    data: &CleaningData,
    fit: &[CheckedLabel],
    prior: f64,
) -> Result<TransitionMatrix, CleanError> {
    let given = data.dataset.given_labels();
    let both = fit
        .iter()
        .filter_map(|checked| Some((checked.label, given[checked.row as usize]?)));
    let (trusted, given): (Vec<u32>, Vec<u32>) = both.unzip();
    Ok(trusted_transition(
        &trusted,
        &given,
        data.dataset.num_classes(),
        prior,
    )?)
}
