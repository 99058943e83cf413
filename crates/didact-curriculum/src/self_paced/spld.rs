//! `spld`: easy samples of every group, not only of the easy groups.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Entry, Parameter};
use crate::error::CurriculumError;
use crate::setting::Setting;

use super::curriculum::{Rule, SelfPaced};
use super::diversity::Diversity;
use super::pace::PaceConfig;
use super::parameters::parameters;
use super::table::self_paced_table;

const NAME: &str = "spld";

pub(crate) const ENTRY: Entry = Entry {
    name: NAME,
    idea: "like spl-hard, with a higher threshold for the easiest samples of every class or group",
    source: Some("Jiang et al., 2014 (SPLD)"),
    parameters: parameters![Parameter {
        name: "diversity",
        meaning: "what the threshold of a group's easiest sample is raised by, in the unit of the loss; less for the next",
        range: ">= 0",
        default: "1.0",
    }],
};

/// Settings of `spld`: weight 1 for the sample of rank `i` in its group if its loss is below
/// `θ + γ / (√i + √(i-1))`, else 0.
///
/// Groups are the given labels, or the groups of a task without classes. Ranks are by the latest known loss of all
/// samples, and the selection is made at the beginning of an epoch; in the first epoch, when nothing is known, within
/// each batch. A sample that is met for the first time later is judged by its loss and the threshold alone.
///
/// Source: Jiang et al., 2014 (SPLD).
/// Differs from it in that the losses are those of the epoch before, each from its own step, and not of one network.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "DiversityTable", into = "DiversityTable")]
pub struct SpldConfig {
    /// `γ >= 0`, in the unit of the loss: what the threshold of a group's easiest sample is raised by. Default 1.
    pub diversity: f64,
    /// Threshold and averaging.
    pub pace: PaceConfig,
}

impl Default for SpldConfig {
    fn default() -> Self {
        Self {
            diversity: 1.0,
            pace: PaceConfig::default(),
        }
    }
}

impl SpldConfig {
    /// Checks the settings and builds the curriculum.
    ///
    /// # Errors
    ///
    /// Those of [`SplHardConfig::init`](crate::SplHardConfig::init), and [`CurriculumError::OutOfRange`] for a
    /// diversity below 0.
    pub fn init(&self, setting: &Setting<'_>) -> Result<SelfPaced, CurriculumError> {
        self.check()?;
        let diversity = Diversity::new(self.diversity, setting.num_samples);
        SelfPaced::new(NAME, Rule::Ranked(diversity), &self.pace, setting)
    }

    fn check(&self) -> Result<(), CurriculumError> {
        CurriculumError::require(
            self.diversity >= 0.0 && self.diversity.is_finite(),
            "diversity",
            self.diversity,
            "a finite number of at least 0",
        )
    }
}

self_paced_table!(DiversityTable { diversity: f64 });

impl TryFrom<DiversityTable> for SpldConfig {
    type Error = CurriculumError;

    fn try_from(table: DiversityTable) -> Result<Self, CurriculumError> {
        let usual = Self::default();
        let config = Self {
            diversity: table.diversity.unwrap_or(usual.diversity),
            pace: table.pace().read(usual.pace)?,
        };
        config.check().map(|()| config)
    }
}

impl From<SpldConfig> for DiversityTable {
    fn from(config: SpldConfig) -> Self {
        Self {
            diversity: Some(config.diversity),
            ..Self::of(config.pace)
        }
    }
}
