//! A predefined curriculum, applied to batches as MentorNet is.

use crate::batch::Batch;
use crate::curriculum::{Averaging, Curriculum, Weighing};
use crate::error::CurriculumError;
use crate::state::State;
use crate::warning::Warning;

use super::example_dropout::ExampleDropout;
use super::mentor_schedule::{MentorMoment, MentorSchedule};
use super::predefined_curriculum::{MentorFeatures, PredefinedCurriculum};
use super::reference::Reference;

/// The column of a saved state.
const AVERAGE: &str = "moving-percentile";

/// A [`PredefinedCurriculum`] with what MentorNet puts around it: the batch's percentile goes into the moving one, losses
/// are compared with that, the formula weighs, burn-in lifts the weights to 1, and dropout sets some to 0.
///
/// Built by [`MentornetPredefinedConfig::init`](crate::MentornetPredefinedConfig::init),
/// [`FocalConfig::init`](crate::FocalConfig::init) or
/// [`HardExampleMiningConfig::init`](crate::HardExampleMiningConfig::init).
///
/// Source: `google/mentornet`, `code/utils.py`. Differs from it: the weights are the formula's, not those of a network
/// trained to give them; dropout chooses by seed, step and id.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosedForm {
    pub(super) name: &'static str,
    pub(super) formula: PredefinedCurriculum,
    pub(super) reference: Option<Reference>,
    pub(super) schedule: MentorSchedule,
    pub(super) averaging: Averaging,
    pub(super) seed: u64,
}

impl ClosedForm {
    /// Whether no loss ever weighs anything but 1, whatever it is compared with.
    fn weighs_all_alike(&self) -> bool {
        const LARGE: f64 = 1e30;
        let moments = (0..100).map(|percent| self.schedule.at(percent));
        moments
            .flat_map(|moment| {
                [(0.0, LARGE), (LARGE, 0.0)].map(|(loss, reference)| (loss, reference, moment))
            })
            .all(|(loss, reference, moment)| self.weight(loss, reference, moment) >= 1.0)
    }

    /// The weight of a loss, before dropout.
    fn weight(&self, loss: f64, reference: f64, moment: MentorMoment) -> f32 {
        if moment.in_burn_in {
            return 1.0;
        }
        let features = MentorFeatures {
            loss,
            difference: loss - reference,
            label: 0,
            percent: moment.told_percent,
        };
        self.formula.weight(features) as f32
    }
}

impl Curriculum for ClosedForm {
    fn weigh(&mut self, batch: &Batch<'_>) -> Result<Weighing, CurriculumError> {
        batch.check()?;
        let reference = self
            .reference
            .as_mut()
            .map_or(0.0, |reference| reference.update(batch));
        let moment = self.schedule.at(batch.progress.percent());
        let kept = ExampleDropout::choose(batch, moment.dropout_rate, self.seed);
        let weigh = |(&loss, kept): (&f32, bool)| {
            if kept {
                self.weight(f64::from(loss), reference, moment)
            } else {
                0.0
            }
        };
        Ok(Weighing {
            averaging: self.averaging,
            ..Weighing::new(batch.losses.iter().zip(kept).map(weigh).collect())
        })
    }

    fn warnings(&self) -> Vec<Warning> {
        let silent = self.schedule.dropout.silent();
        let left_out = silent.map(|(from, to)| Warning::EverythingLeftOut { from, to });
        let without_effect = self.weighs_all_alike().then_some(Warning::EverySampleAlike);
        left_out.into_iter().chain(without_effect).collect()
    }

    fn follows_noise_rate(&self) -> bool {
        self.reference.as_ref().is_some_and(Reference::follows_noise_rate)
    }

    fn state(&self) -> State {
        let state = State::new(self.name);
        match &self.reference {
            Some(reference) => state.with_column(AVERAGE, [reference.percentile.average()]),
            None => state,
        }
    }

    fn restore(&mut self, state: &State) -> Result<(), CurriculumError> {
        let Some(reference) = &mut self.reference else {
            return state.columns(self.name, []).map(|[]| ());
        };
        let [saved] = state.columns(self.name, [AVERAGE])?;
        match *saved {
            [average] => reference.percentile.restore(average),
            _ => Err(CurriculumError::WrongState {
                expected: format!("one number in `{AVERAGE}`"),
                found: format!("{saved:?}"),
            }),
        }
    }
}
