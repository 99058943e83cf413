//! How a mentor learns.

mod adam;
mod error_of;
mod one_training;

pub use error_of::{MentorError, MentorObjective};

use serde::{Deserialize, Serialize};

use self::one_training::train_once;
use super::examples::MentorExamples;
use super::mentor_schedule::MentornetVariant;
use super::network::{MentorLabels, MentorNetwork};
use crate::error::CurriculumError;

/// How a mentor learns: Adam with a rate that falls by steps, several times from other beginnings.
///
/// The objective is the mean cross-entropy where targets are nothing but 0 and 1, and the mean squared error else.
///
/// Source: `google/mentornet`, `training_mentornet/train.py`. Differs from it: the corrected variant learns at a rate of 0.01
/// instead of 0.1, which one training in three of the pre-defined curriculum does not survive; there are restarts; and the
/// order of examples, and what it begins with, belong to a seed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MentorTraining {
    /// The authors' code, or corrected.
    pub variant: MentornetVariant,
    /// What it makes of labels.
    pub labels: MentorLabels,
    /// Steps of each training, `>= 1`.
    pub steps: u32,
    /// Examples in a step, `>= 1`.
    pub batch_size: usize,
    /// The rate at first; by default 0.01, or 0.1 for [`MentornetVariant::Compat`].
    pub learning_rate: Option<f64>,
    /// What the rate is multiplied by every thousand steps, in `(0, 1]`.
    pub decay: f64,
    /// How often it begins anew, `>= 1`; the best is kept.
    pub restarts: u32,
    /// The seed of it all.
    pub seed: u64,
}

impl Default for MentorTraining {
    fn default() -> Self {
        Self {
            variant: MentornetVariant::Fixed,
            labels: MentorLabels::Ignored,
            steps: 30_000,
            batch_size: 32,
            learning_rate: None,
            decay: 0.9,
            restarts: 3,
            seed: 0,
        }
    }
}

/// A mentor that has learnt.
#[derive(Clone, Debug, PartialEq)]
pub struct LearntMentor {
    /// The best of all restarts.
    pub network: MentorNetwork,
    /// Which restart it is, from 0.
    pub restart: u32,
    /// How wrong each restart ended on the examples held out.
    pub errors: Vec<MentorError>,
}

impl LearntMentor {
    /// How wrong the best is on the examples held out.
    pub fn error(&self) -> MentorError {
        self.errors[self.restart as usize]
    }
}

impl MentorTraining {
    /// The rate at first.
    pub fn first_learning_rate(&self) -> f64 {
        self.learning_rate.unwrap_or(match self.variant {
            MentornetVariant::Fixed => 0.01,
            MentornetVariant::Compat => 0.1,
        })
    }

    /// Trains `restarts` times and keeps the mentor that is least wrong on the examples held out; `told` hears of each
    /// restart as it ends.
    ///
    /// The error of the best is chosen by the examples that measure it, and so a little too good.
    ///
    /// # Errors
    ///
    /// [`CurriculumError::OutOfRange`] for a setting outside its range, [`CurriculumError::WrongObservations`] if either part
    /// of the examples is empty.
    pub fn train(
        &self,
        examples: &MentorExamples,
        told: &mut dyn FnMut(u32, &MentorError),
    ) -> Result<LearntMentor, CurriculumError> {
        self.check()?;
        if examples.training.is_empty() || examples.held_out.is_empty() {
            let problem = "a mentor needs some to learn from, and others to measure it";
            return Err(CurriculumError::WrongObservations { problem });
        }
        let objective = MentorObjective::of(examples);
        let mut errors: Vec<MentorError> = Vec::new();
        let mut best: Option<(u32, MentorNetwork)> = None;
        for restart in 0..self.restarts {
            let network = train_once(self, examples, objective, restart);
            let error = MentorError::of(&network, &examples.held_out, objective);
            if !error.objective().is_finite() {
                let problem = "the losses are so large that the mentor's numbers became infinite";
                return Err(CurriculumError::WrongObservations { problem });
            }
            told(restart, &error);
            let better = |kept: u32| error.objective() < errors[kept as usize].objective();
            if best.as_ref().is_none_or(|(kept, _)| better(*kept)) {
                best = Some((restart, network));
            }
            errors.push(error);
        }
        let (restart, network) = best.ok_or(CurriculumError::WrongObservations {
            problem: "there was no training",
        })?;
        Ok(LearntMentor {
            network,
            restart,
            errors,
        })
    }

    /// Refuses settings outside their ranges.
    pub(super) fn check(&self) -> Result<(), CurriculumError> {
        let at_least_one = |parameter, found: f64| {
            CurriculumError::require(found >= 1.0, parameter, found, "a whole number of at least 1")
        };
        at_least_one("steps", f64::from(self.steps))?;
        at_least_one("batch-size", self.batch_size as f64)?;
        at_least_one("restarts", f64::from(self.restarts))?;
        crate::range::above_zero("learning-rate", self.first_learning_rate())?;
        let decay = self.decay;
        CurriculumError::require(
            decay > 0.0 && decay <= 1.0,
            "decay",
            decay,
            "a number above 0 and at most 1",
        )
    }
}
