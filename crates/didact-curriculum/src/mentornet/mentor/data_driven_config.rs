//! Settings of `mentornet-data-driven`.

use serde::{Deserialize, Serialize};

use super::super::example_dropout::ExampleDropout;
use super::super::mentor_schedule::{AfterBurnIn, MentorSchedule, MentornetVariant};
use super::super::network::MentorLabels;
use super::super::reference::Reference;
use super::super::training::MentorTraining;
use super::curriculum::Surroundings;
use super::data_driven::DataDrivenCurriculum;
use super::entries::DATA_DRIVEN;
use super::refresh::Refresh;
use crate::curriculum::Averaging;
use crate::error::CurriculumError;
use crate::setting::Setting;
use crate::share_choice::ShareChoice;

/// Settings of [`DataDrivenCurriculum`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MentornetDataDrivenConfig {
    /// Which percentile of a batch's losses is the limit; `auto` is the share of trusted samples whose given label is right.
    pub percentile: ShareChoice,
    /// Share of the past that the moving percentile keeps at each batch, in `[0, 1)`.
    pub decay: f64,
    /// How many percent of the run every sample weighs 1; the mentor first learns at their end.
    pub burn_in: u8,
    /// When the mentor learns anew.
    pub refresh: Refresh,
    /// Whether the mentor tells classes apart.
    pub labels: LabelChoice,
    /// Steps of each of the mentor's trainings.
    pub steps: u32,
    /// Trainings, of which the best is kept.
    pub restarts: u32,
    /// The share of each batch left out at random.
    pub dropout: ExampleDropout,
    /// What the weighted losses are divided by.
    pub averaging: Averaging,
}

/// Whether a mentor is told of labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LabelChoice {
    /// It is not, as in all that was published.
    #[default]
    Ignored,
    /// It is, and can allow rare and difficult classes larger losses.
    Aware,
}

impl Default for MentornetDataDrivenConfig {
    fn default() -> Self {
        Self {
            percentile: ShareChoice::Auto,
            decay: 0.5,
            burn_in: 20,
            refresh: Refresh::published(),
            labels: LabelChoice::Ignored,
            steps: 10_000,
            restarts: 2,
            dropout: ExampleDropout::published(),
            averaging: Averaging::Batch,
        }
    }
}

impl MentornetDataDrivenConfig {
    /// Checks the settings and builds the curriculum.
    ///
    /// # Errors
    ///
    /// [`CurriculumError::OutOfRange`] for a setting outside its range, [`CurriculumError::NeedsClasses`] for a mentor that is
    /// to tell classes apart where there are none.
    pub fn init(&self, setting: &Setting<'_>) -> Result<DataDrivenCurriculum, CurriculumError> {
        let schedule = MentorSchedule {
            variant: MentornetVariant::Fixed,
            burn_in: self.burn_in,
            after_burn_in: AfterBurnIn::Advance,
            dropout: self.dropout.clone(),
        };
        schedule.check()?;
        let labels = match (self.labels, setting.num_classes) {
            (LabelChoice::Ignored, _) => MentorLabels::Ignored,
            (LabelChoice::Aware, Some(classes)) => MentorLabels::Aware { classes },
            (LabelChoice::Aware, None) => {
                let (parameter, remedy) = ("labels", "labels=ignored");
                return Err(CurriculumError::NeedsClasses { parameter, remedy });
            }
        };
        let training = MentorTraining {
            labels,
            steps: self.steps,
            restarts: self.restarts,
            seed: setting.seed,
            ..MentorTraining::default()
        };
        training.check()?;
        Ok(DataDrivenCurriculum {
            mentor: None,
            training,
            percentile: self.percentile,
            refresh: self.refresh.clone(),
            surroundings: Surroundings {
                name: DATA_DRIVEN.name,
                reference: Reference::new(self.percentile, self.decay)?,
                schedule,
                averaging: self.averaging,
                seed: setting.seed,
            },
            has_warned: false,
        })
    }
}
