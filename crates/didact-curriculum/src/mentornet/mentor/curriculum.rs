//! Weights from a mentor.

use super::super::example_dropout::ExampleDropout;
use super::super::mentor_schedule::{MentorMoment, MentorSchedule};
use super::super::predefined_curriculum::MentorFeatures;
use super::super::reference::Reference;
use super::description::Mentor;
use super::watch::Watch;
use crate::batch::Batch;
use crate::curriculum::{Averaging, Curriculum, EpochEnd, Weighing};
use crate::error::CurriculumError;
use crate::state::State;
use crate::warning::Warning;

/// The column of a saved state.
pub(super) const AVERAGE: &str = "moving-percentile";

/// The weights that a mentor gives, with what MentorNet puts around it: the batch's percentile goes into the moving one,
/// losses are compared with that, the mentor weighs, burn-in lifts the weights to 1, and dropout sets some to 0.
///
/// Built by [`MentornetConfig::init`](crate::MentornetConfig::init).
///
/// Source: `google/mentornet`, `code/utils.py`. Differs from it: dropout chooses by seed, step and id; and the mentor is told
/// the nearest percent of the run that it was taught.
#[derive(Clone, Debug, PartialEq)]
pub struct MentorCurriculum {
    pub(super) mentor: Mentor,
    pub(super) surroundings: Surroundings,
    pub(super) watch: Watch,
}

/// What is around a mentor.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Surroundings {
    pub(super) name: &'static str,
    pub(super) reference: Reference,
    pub(super) schedule: MentorSchedule,
    pub(super) averaging: Averaging,
    pub(super) seed: u64,
}

impl Surroundings {
    /// The weights of a batch, of which `weigh` says those of samples that burn-in and dropout leave to it.
    pub(super) fn weigh(
        &mut self,
        batch: &Batch<'_>,
        mut weigh: impl FnMut(MentorFeatures) -> f32,
    ) -> Result<Weighing, CurriculumError> {
        batch.check()?;
        let reference = self.reference.update(batch);
        let moment: MentorMoment = self.schedule.at(batch.progress.percent());
        let kept = ExampleDropout::choose(batch, moment.dropout_rate, self.seed);
        let losses = batch.losses.iter().zip(batch.labels);
        let weights = losses.zip(kept).map(|((&loss, &label), kept)| {
            let features = MentorFeatures {
                loss: f64::from(loss),
                difference: f64::from(loss) - reference,
                label,
                percent: moment.told_percent,
            };
            match (kept, moment.in_burn_in) {
                (false, _) => 0.0,
                (true, true) => 1.0,
                (true, false) => weigh(features),
            }
        });
        Ok(Weighing {
            weights: weights.collect(),
            values: None,
            averaging: self.averaging,
        })
    }

    pub(super) fn warnings(&self) -> Vec<Warning> {
        let silent = self.schedule.dropout.silent();
        silent
            .map(|(from, to)| Warning::EverythingLeftOut { from, to })
            .into_iter()
            .collect()
    }

    pub(super) fn state(&self) -> State {
        State::new(self.name).with_column(AVERAGE, [self.reference.percentile.average()])
    }

    pub(super) fn restore(&mut self, average: &[f64]) -> Result<(), CurriculumError> {
        match *average {
            [average] => self.reference.percentile.restore(average),
            _ => Err(CurriculumError::WrongState {
                expected: format!("one number in `{AVERAGE}`"),
                found: format!("{average:?}"),
            }),
        }
    }
}

impl MentorCurriculum {
    /// The mentor that weighs.
    pub fn mentor(&self) -> &Mentor {
        &self.mentor
    }
}

impl Curriculum for MentorCurriculum {
    fn weigh(&mut self, batch: &Batch<'_>) -> Result<Weighing, CurriculumError> {
        let (mentor, watch) = (&self.mentor, &mut self.watch);
        self.surroundings.weigh(batch, |features| {
            watch.see(mentor, features);
            mentor.weight(features)
        })
    }

    fn warnings(&self) -> Vec<Warning> {
        self.surroundings.warnings()
    }

    fn follows_noise_rate(&self) -> bool {
        self.surroundings.reference.follows_noise_rate()
    }

    fn epoch_ended(&mut self, _ended: &EpochEnd<'_>) -> Result<Vec<Warning>, CurriculumError> {
        Ok(self.watch.warning(&self.mentor).into_iter().collect())
    }

    fn state(&self) -> State {
        self.surroundings.state()
    }

    fn restore(&mut self, state: &State) -> Result<(), CurriculumError> {
        let [average] = state.columns(self.surroundings.name, [AVERAGE])?;
        self.surroundings.restore(average)
    }
}
