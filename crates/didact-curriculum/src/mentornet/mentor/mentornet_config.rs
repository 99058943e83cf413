//! Settings of `mentornet`.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::super::example_dropout::ExampleDropout;
use super::super::mentor_schedule::{AfterBurnIn, MentorSchedule, MentornetVariant};
use super::super::reference::Reference;
use super::curriculum::{MentorCurriculum, Surroundings};
use super::entries::MENTORNET;
use super::watch::Watch;
use crate::curriculum::Averaging;
use crate::error::CurriculumError;
use crate::setting::Setting;
use crate::share_choice::ShareChoice;

/// Settings of [`MentorCurriculum`]: the weights of a mentor that was trained before.
///
/// Decay and dropout are by default those of the authors' command for the pre-defined mentor; the percentile follows the
/// estimated noise rate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MentornetConfig {
    /// The mentor's file. Who builds the curriculum reads it into [`Setting::mentor`]. `None` is an error when it is built.
    pub mentor: Option<PathBuf>,
    /// Which percentile of a batch's losses is the limit.
    pub percentile: ShareChoice,
    /// Share of the past that the moving percentile keeps at each batch, in `[0, 1)`.
    pub decay: f64,
    /// How many percent of the run every sample weighs 1.
    pub burn_in: u8,
    /// The clock after burn-in.
    pub after_burn_in: AfterBurnIn,
    /// The share of each batch left out at random.
    pub dropout: ExampleDropout,
    /// The authors' code bug for bug, or corrected.
    pub variant: MentornetVariant,
    /// What the weighted losses are divided by.
    pub averaging: Averaging,
}

impl Default for MentornetConfig {
    fn default() -> Self {
        Self {
            mentor: None,
            percentile: ShareChoice::Auto,
            decay: 0.5,
            burn_in: 0,
            after_burn_in: AfterBurnIn::Advance,
            dropout: ExampleDropout::published(),
            variant: MentornetVariant::Fixed,
            averaging: Averaging::Batch,
        }
    }
}

impl MentornetConfig {
    /// Checks the settings and builds the curriculum.
    ///
    /// # Errors
    ///
    /// [`CurriculumError::MissingMentor`] without a mentor, [`CurriculumError::WrongMentor`] for one that tells apart other
    /// classes than the task's, [`CurriculumError::OutOfRange`] for a setting outside its range.
    pub fn init(&self, setting: &Setting<'_>) -> Result<MentorCurriculum, CurriculumError> {
        let mentor = setting.mentor.ok_or(CurriculumError::MissingMentor)?;
        mentor.check_classes(setting.num_classes)?;
        let schedule = MentorSchedule {
            variant: self.variant,
            burn_in: self.burn_in,
            after_burn_in: self.after_burn_in,
            dropout: self.dropout.clone(),
        };
        schedule.check()?;
        Ok(MentorCurriculum {
            mentor: mentor.clone(),
            surroundings: Surroundings {
                name: MENTORNET.name,
                reference: Reference::new(self.percentile, self.decay)?,
                schedule,
                averaging: self.averaging,
                seed: setting.seed,
            },
            watch: Watch::default(),
        })
    }
}
