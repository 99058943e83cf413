//! `spl-logarithmic`: weights fall fast at first, slowly towards the threshold.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Entry, Parameter};
use crate::error::CurriculumError;
use crate::setting::Setting;

use super::curriculum::{Rule, SelfPaced};
use super::pace::PaceConfig;
use super::parameters::parameters;
use super::table::self_paced_table;
use super::weighting::Weighting;

const NAME: &str = "spl-logarithmic";

pub(crate) const ENTRY: Entry = Entry {
    name: NAME,
    idea: "weights fall fast from 1 at no loss, then slowly to 0 at a threshold",
    source: Some("Jiang et al., 2014"),
    parameters: parameters![Parameter {
        name: "scale",
        meaning: "how bent the curve is: towards 0 it is spl-linear, towards 1 only the smallest losses count",
        range: "0 < scale < 1",
        default: "0.8",
    }],
};

/// The weight of a loss that is this share of the threshold.
pub(super) fn weight(share: f64, scale: f64) -> f64 {
    (-scale * (1.0 - share)).ln_1p() / (-scale).ln_1p()
}

/// Settings of `spl-logarithmic`: weight `ln(1 - s (1 - l/θ)) / ln(1 - s)` for a loss `l` below the threshold `θ`,
/// else 0.
///
/// Source: Jiang et al., 2014. Differs from the paper, whose weight `ln(l + ζ) / ln ζ` with `ζ = 1 - θ` exists only
/// for thresholds below 1 (from there on public code yields NaN): here losses are measured in a unit in which the
/// threshold is `s`, so that any threshold will do. With `s = θ` it is the paper's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "LogarithmicTable", into = "LogarithmicTable")]
pub struct SplLogarithmicConfig {
    /// `s`, in `(0, 1)`: how bent the curve is. Default 0.8.
    pub scale: f64,
    /// Threshold and averaging.
    pub pace: PaceConfig,
}

impl Default for SplLogarithmicConfig {
    fn default() -> Self {
        Self {
            scale: 0.8,
            pace: PaceConfig::default(),
        }
    }
}

impl SplLogarithmicConfig {
    /// Checks the settings and builds the curriculum.
    ///
    /// # Errors
    ///
    /// Those of [`SplHardConfig::init`](crate::SplHardConfig::init), and [`CurriculumError::OutOfRange`] for a scale
    /// outside `(0, 1)`.
    pub fn init(&self, setting: &Setting<'_>) -> Result<SelfPaced, CurriculumError> {
        self.check()?;
        let scale = self.scale;
        SelfPaced::new(
            NAME,
            Rule::Alone(Weighting::Logarithmic { scale }),
            &self.pace,
            setting,
        )
    }

    fn check(&self) -> Result<(), CurriculumError> {
        CurriculumError::require(
            self.scale > 0.0 && self.scale < 1.0,
            "scale",
            self.scale,
            "a number between 0 and 1",
        )
    }
}

self_paced_table!(LogarithmicTable { scale: f64 });

impl TryFrom<LogarithmicTable> for SplLogarithmicConfig {
    type Error = CurriculumError;

    fn try_from(table: LogarithmicTable) -> Result<Self, CurriculumError> {
        let usual = Self::default();
        let config = Self {
            scale: table.scale.unwrap_or(usual.scale),
            pace: table.pace().read(usual.pace)?,
        };
        config.check().map(|()| config)
    }
}

impl From<SplLogarithmicConfig> for LogarithmicTable {
    fn from(config: SplLogarithmicConfig) -> Self {
        Self {
            scale: Some(config.scale),
            ..Self::of(config.pace)
        }
    }
}
