//! A mentor, and what is known of it.

use serde::{Deserialize, Serialize};

use super::super::examples::MentorExamples;
use super::super::network::{MentorLabels, MentorNetwork};
use super::super::predefined_curriculum::MentorFeatures;
use super::super::training::{LearntMentor, MentorError, MentorTraining};
use crate::error::CurriculumError;

/// Weights that lie nearer than this are the same.
const SAME: f32 = 0.1;

/// A network that weighs samples, and what it was taught.
#[derive(Clone, Debug, PartialEq)]
pub struct Mentor {
    /// The network.
    pub network: MentorNetwork,
    /// What it was taught.
    pub description: MentorDescription,
}

/// What a mentor was taught.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MentorDescription {
    /// The curriculum it learnt, as it is spelt; `data-driven` for one learnt from data.
    pub curriculum: String,
    /// The percentile that differences count from, in `(0, 1]`, where it was learnt from data.
    pub percentile: Option<f64>,
    /// How it learnt.
    pub training: MentorTraining,
    /// How many examples it saw.
    pub examples: u64,
    /// Smallest and largest loss of them.
    pub losses: [f32; 2],
    /// Smallest and largest difference.
    pub differences: [f32; 2],
    /// First and last percent of the run.
    pub percents: [u8; 2],
    /// How wrong it is on the examples held out.
    pub error: MentorError,
}

impl MentorDescription {
    /// What the curriculum of a mentor is called that learnt from data.
    pub const DATA_DRIVEN: &str = "data-driven";
}

impl Mentor {
    /// A mentor that has learnt from these examples.
    pub fn new(
        learnt: LearntMentor,
        (curriculum, percentile): (String, Option<f64>),
        training: MentorTraining,
        examples: &MentorExamples,
    ) -> Self {
        let error = learnt.error();
        let range = |number: fn(&MentorFeatures) -> f64| {
            let numbers = examples.all().map(|example| number(&example.features) as f32);
            numbers.fold([f32::INFINITY, f32::NEG_INFINITY], |[least, most], number| {
                [least.min(number), most.max(number)]
            })
        };
        let percents = range(|features| f64::from(features.percent)).map(|percent| percent as u8);
        let mut network = learnt.network;
        network.fill_percents(&examples.all().map(|example| example.features.percent).collect());
        Self {
            network,
            description: MentorDescription {
                curriculum,
                percentile,
                training,
                examples: examples.all().count() as u64,
                losses: range(|features| features.loss),
                differences: range(|features| features.difference),
                percents,
                error,
            },
        }
    }

    /// The weight of a sample, in `[0, 1]`; a percent of the run that the mentor was not taught counts as the nearest that it
    /// was. Not so for [`MentornetVariant::Compat`](crate::MentornetVariant::Compat), whose percents are random codes.
    pub fn weight(&self, features: MentorFeatures) -> f32 {
        self.network.weight(features)
    }

    /// Refuses a mentor that tells classes apart, for a task that has others.
    pub(super) fn check_classes(&self, num_classes: Option<usize>) -> Result<(), CurriculumError> {
        match self.network.labels() {
            MentorLabels::Aware { classes } if num_classes != Some(classes) => {
                Err(CurriculumError::WrongMentor {
                    expected: num_classes.map_or_else(
                        || "one that ignores labels, as the task has no classes".to_owned(),
                        |classes| format!("one that tells {classes} classes apart, or ignores labels"),
                    ),
                    found: format!("one that tells {classes} classes apart"),
                })
            }
            _ => Ok(()),
        }
    }

    /// Refuses a description that no training leaves behind.
    ///
    /// # Errors
    ///
    /// [`CurriculumError::WrongMentor`] if a range begins after its end, or lies outside a run.
    pub fn check(&self) -> Result<(), CurriculumError> {
        let MentorDescription {
            losses,
            differences,
            percents: [first, last],
            percentile,
            training,
            ..
        } = &self.description;
        training.check()?;
        let in_order = [losses, differences].iter().all(|[least, most]| least <= most) && first <= last;
        let is_share = percentile.is_none_or(|percentile| percentile > 0.0 && percentile <= 1.0);
        let holds = in_order && *last < 100 && is_share;
        holds.then_some(()).ok_or_else(|| CurriculumError::WrongMentor {
            expected: "ranges that begin before they end, percents below 100, and a percentile in (0, 1]".to_owned(),
            found: format!(
                "losses {losses:?}, differences {differences:?}, percents {first} to {last}, percentile {percentile:?}"
            ),
        })
    }

    /// Whether the mentor says to these features what it says to the nearest that it was taught, within a tenth. Where it does
    /// not, its weight is a guess.
    pub fn agrees_with_what_it_knows(&self, features: MentorFeatures) -> bool {
        let within = |[least, most]: [f32; 2], number: f64| number.clamp(least.into(), most.into());
        let nearest = MentorFeatures {
            loss: within(self.description.losses, features.loss),
            difference: within(self.description.differences, features.difference),
            ..features
        };
        (self.weight(features) - self.weight(nearest)).abs() < SAME
    }

    /// Whether the mentor was taught losses and differences as large, and as small.
    pub fn knows(&self, features: MentorFeatures) -> bool {
        let within = |[least, most]: [f32; 2], number: f64| (least..=most).contains(&(number as f32));
        within(self.description.losses, features.loss)
            && within(self.description.differences, features.difference)
    }
}
