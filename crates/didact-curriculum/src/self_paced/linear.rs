//! `spl-linear`: weights fall evenly up to the threshold.

use serde::{Deserialize, Serialize};

use crate::catalogue::Entry;
use crate::error::CurriculumError;
use crate::setting::Setting;

use super::curriculum::{Rule, SelfPaced};
use super::pace::PaceConfig;
use super::parameters::parameters;
use super::table::self_paced_table;
use super::weighting::Weighting;

const NAME: &str = "spl-linear";

pub(crate) const ENTRY: Entry = Entry {
    name: NAME,
    idea: "weights fall evenly from 1 at no loss to 0 at a threshold",
    source: Some("Jiang et al., 2014"),
    parameters: parameters![],
};

/// The weight of a loss that is this share of the threshold.
pub(super) fn weight(share: f64) -> f64 {
    1.0 - share
}

/// Settings of `spl-linear`: weight `1 - l/θ` for a loss `l` below the threshold `θ`, else 0.
///
/// Source: Jiang et al., 2014.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "LinearTable", into = "LinearTable")]
pub struct SplLinearConfig {
    /// Threshold and averaging.
    pub pace: PaceConfig,
}

impl SplLinearConfig {
    /// Checks the settings and builds the curriculum.
    ///
    /// # Errors
    ///
    /// Those of [`SplHardConfig::init`](crate::SplHardConfig::init).
    pub fn init(&self, setting: &Setting<'_>) -> Result<SelfPaced, CurriculumError> {
        SelfPaced::new(NAME, Rule::Alone(Weighting::Linear), &self.pace, setting)
    }
}

self_paced_table!(LinearTable {});

impl TryFrom<LinearTable> for SplLinearConfig {
    type Error = CurriculumError;

    fn try_from(table: LinearTable) -> Result<Self, CurriculumError> {
        Ok(Self {
            pace: table.pace().read(PaceConfig::default())?,
        })
    }
}

impl From<SplLinearConfig> for LinearTable {
    fn from(config: SplLinearConfig) -> Self {
        Self::of(config.pace)
    }
}
