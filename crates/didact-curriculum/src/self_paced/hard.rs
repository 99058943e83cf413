//! `spl-hard`: a sample is in or out.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Entry, Parameter};
use crate::curriculum::Averaging;
use crate::error::CurriculumError;
use crate::setting::Setting;

use super::curriculum::{Rule, SelfPaced};
use super::pace::PaceConfig;
use super::parameters::parameters;
use super::table::self_paced_table;
use super::threshold::{LossUnit, ThresholdConfig};
use super::weighting::Weighting;

const NAME: &str = "spl-hard";

pub(crate) const ENTRY: Entry = Entry {
    name: NAME,
    idea: "only samples with less loss than a threshold count, all alike",
    source: Some("Kumar, Packer and Koller, 2010"),
    parameters: parameters![Parameter {
        name: "preset",
        meaning: "settings from the literature, which the other parameters then change",
        range: "blog",
        default: "none of them",
    }],
};

/// Settings of `spl-hard`: weight 1 below the threshold, else 0.
///
/// ```
/// use didact_curriculum::{Averaging, CurriculumConfig};
///
/// let config: CurriculumConfig = serde_json::from_str(r#"{"name": "spl-hard", "preset": "blog"}"#)?;
/// let CurriculumConfig::SplHard(config) = config else { unreachable!() };
/// assert_eq!(config.pace.averaging, Averaging::Batch);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Source: Kumar, Packer and Koller, 2010. Differs from it in
/// that weights follow the losses of the current batch and not those of all samples between two optimisations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "HardTable", into = "HardTable")]
pub struct SplHardConfig {
    /// Threshold and averaging.
    pub pace: PaceConfig,
}

/// Settings somebody published `spl-hard` with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SplPreset {
    /// A threshold of 0.1 that grows by 1.35 an epoch, averaged over the batch. Source: `SPLLoss` of `wenig/spl`.
    Blog,
}

impl SplPreset {
    /// The settings it stands for.
    pub fn config(self) -> SplHardConfig {
        let Self::Blog = self;
        let threshold = ThresholdConfig::Growth {
            start: Some(0.1),
            factor: 1.35,
            unit: LossUnit::Nats,
        };
        let averaging = Averaging::Batch;
        SplHardConfig {
            pace: PaceConfig { threshold, averaging },
        }
    }
}

impl SplHardConfig {
    /// Checks the settings and builds the curriculum.
    ///
    /// # Errors
    ///
    /// Those of [`PaceConfig::check`], and [`CurriculumError::NeedsClasses`] for a threshold that follows from the
    /// number of classes where there are none.
    pub fn init(&self, setting: &Setting<'_>) -> Result<SelfPaced, CurriculumError> {
        SelfPaced::new(NAME, Rule::Alone(Weighting::Hard), &self.pace, setting)
    }
}

self_paced_table!(HardTable { preset: SplPreset });

impl TryFrom<HardTable> for SplHardConfig {
    type Error = CurriculumError;

    fn try_from(table: HardTable) -> Result<Self, CurriculumError> {
        let base = table.preset.map_or_else(Self::default, SplPreset::config);
        Ok(Self {
            pace: table.pace().read(base.pace)?,
        })
    }
}

impl From<SplHardConfig> for HardTable {
    fn from(config: SplHardConfig) -> Self {
        Self::of(config.pace)
    }
}
