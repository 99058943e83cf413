//! Weights from a mentor that learns while its student does.

use super::super::examples::{MentorExamples, MentorObservation, ObservedCut, data_driven_examples};
use super::super::training::MentorTraining;
use super::curriculum::Surroundings;
use super::description::{Mentor, MentorDescription};
use super::refresh::Refresh;
use didact_random::sample_key;

use crate::batch::Batch;
use crate::curriculum::{Curriculum, EpochEnd, Weighing};
use crate::error::CurriculumError;
use crate::share_choice::ShareChoice;
use crate::state::State;
use crate::warning::Warning;

/// The weights of a mentor that learns from samples with trusted labels: every sample counts during burn-in; at its end, and
/// at each refresh, the mentor learns from the losses of the epoch which labels are right.
///
/// Trusted samples are trained on with their given labels, as all others are, so that their losses are those that wrong
/// and right labels have.
///
/// Built by [`MentornetDataDrivenConfig::init`](crate::MentornetDataDrivenConfig::init).
///
/// Source: Jiang et al., 2018, the algorithm with its update of the mentor during training, which the authors' code leaves
/// out. Differs from the paper: burn-in keeps every sample that dropout leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct DataDrivenCurriculum {
    pub(super) mentor: Option<Mentor>,
    pub(super) training: MentorTraining,
    pub(super) percentile: ShareChoice,
    pub(super) refresh: Refresh,
    pub(super) surroundings: Surroundings,
    /// Not part of the state: weights do not depend on it.
    pub(super) has_warned: bool,
}

impl DataDrivenCurriculum {
    fn is_due(&self, ended: &EpochEnd<'_>) -> bool {
        let percent = |epochs: u32| f64::from(epochs) * 100.0 / f64::from(ended.epochs);
        let (from, to) = (percent(ended.epoch), percent(ended.epoch + 1));
        let burn_in = f64::from(self.surroundings.schedule.burn_in);
        let is_first = self.mentor.is_none() && to >= burn_in;
        is_first || (self.mentor.is_some() && self.refresh.falls_between(from, to))
    }

    fn learn(&mut self, ended: &EpochEnd<'_>) -> Result<Vec<Warning>, CurriculumError> {
        let right = ended.trusted.iter().filter(|found| found.is_right).count();
        let share = right as f64 / ended.trusted.len().max(1) as f64;
        if right == 0 || right == ended.trusted.len() {
            return Ok(vec![Warning::NothingToTellApart {
                trusted: ended.trusted.len(),
                right,
            }]);
        }
        let percentile = match self.percentile {
            ShareChoice::Auto => share,
            ShareChoice::Given(percentile) => percentile,
        };
        // One percent for all: that of the epoch that comes, in which the mentor will be asked.
        let percent = (u64::from(ended.epoch + 1) * 100 / u64::from(ended.epochs)).min(99) as u8;
        let observed = ended
            .trusted
            .iter()
            .map(|found| MentorObservation { percent, ..*found });
        let observed: Vec<MentorObservation> = observed.collect();
        let examples = data_driven_examples(&observed, percentile, ObservedCut::All)?;
        // Neither the next seed's mentors nor the next epoch's begin alike.
        let seed = sample_key(&format!("{} {}", self.training.seed, ended.epoch));
        let training = MentorTraining {
            seed,
            ..self.training
        };
        let examples = MentorExamples::split(examples, training.variant, seed);
        let learnt = training.train(&examples, &mut |_, _| ())?;
        let curriculum = (MentorDescription::DATA_DRIVEN.to_owned(), Some(percentile));
        self.surroundings.reference.go_by(ShareChoice::Given(percentile));
        self.mentor = Some(Mentor::new(learnt, curriculum, training, &examples));
        Ok(Vec::new())
    }
}

impl Curriculum for DataDrivenCurriculum {
    fn weigh(&mut self, batch: &Batch<'_>) -> Result<Weighing, CurriculumError> {
        let mentor = self.mentor.as_ref();
        self.surroundings.weigh(batch, |features| {
            mentor.map_or(1.0, |mentor| mentor.weight(features))
        })
    }

    fn warnings(&self) -> Vec<Warning> {
        self.surroundings.warnings()
    }

    fn epoch_ended(&mut self, ended: &EpochEnd<'_>) -> Result<Vec<Warning>, CurriculumError> {
        let warnings = if self.is_due(ended) {
            self.learn(ended)?
        } else {
            Vec::new()
        };
        // The same samples have the same labels in every epoch: it is said once.
        let is_news = !self.has_warned;
        self.has_warned |= !warnings.is_empty();
        Ok(warnings.into_iter().filter(|_| is_news).collect())
    }

    fn mentor(&self) -> Option<&Mentor> {
        self.mentor.as_ref()
    }

    fn state(&self) -> State {
        Mentor::keep(self.mentor.as_ref(), self.surroundings.state())
    }

    fn restore(&mut self, state: &State) -> Result<(), CurriculumError> {
        let (average, mentor) = Mentor::kept(state, self.surroundings.name, self.training)?;
        self.surroundings.restore(average)?;
        if let Some(percentile) = mentor.as_ref().and_then(|mentor| mentor.description.percentile) {
            self.surroundings.reference.go_by(ShareChoice::Given(percentile));
        }
        self.mentor = mentor;
        Ok(())
    }
}
