//! `spl-mixture`: full weight at first, then falling to the threshold.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Entry, Parameter};
use crate::error::CurriculumError;
use crate::setting::Setting;

use super::curriculum::{Rule, SelfPaced};
use super::pace::PaceConfig;
use super::parameters::parameters;
use super::table::self_paced_table;
use super::weighting::Weighting;

const NAME: &str = "spl-mixture";

pub(crate) const ENTRY: Entry = Entry {
    name: NAME,
    idea: "full weight up to a share of a threshold, then falling to 0 at it",
    source: Some("Jiang et al., 2014; with square roots Zhao et al., 2015, as in woriazzc/Robust-PU"),
    parameters: parameters![
        Parameter {
            name: "full",
            meaning: "up to which share of the threshold a loss has full weight",
            range: "0 < full < 1",
            default: "0.5",
        },
        Parameter {
            name: "curve",
            meaning: "how weights fall from there: like 1/l, or like 1/sqrt(l)",
            range: "reciprocal, reciprocal-root",
            default: "reciprocal",
        },
    ],
};

/// How the weights of a mixture fall.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MixtureCurve {
    /// Like `1/l`. Source: Jiang et al., 2014, with `λ1 = θ` and `λ2 = full θ`.
    #[default]
    Reciprocal,
    /// Like `1/√l`. Source: `woriazzc/Robust-PU`, `spl_utills.py`, after Zhao et al., 2015, with `λ = √θ` and `γ = λ √full / (1 - √full)`.
    ReciprocalRoot,
}

/// The weight of a loss that is this share of the threshold; above 1 where it should be full.
pub(super) fn weight(share: f64, full: f64, curve: MixtureCurve) -> f64 {
    let [share, full] = match curve {
        MixtureCurve::Reciprocal => [share, full],
        MixtureCurve::ReciprocalRoot => [share.sqrt(), full.sqrt()],
    };
    full / (1.0 - full) * (1.0 / share - 1.0)
}

/// Settings of `spl-mixture`: weight 1 for a loss up to `full θ`, 0 from the threshold `θ` on, and between them
/// `f/(1-f) (θ/l - 1)`, with `f = full`, or the same of the square roots.
///
/// Source: [`MixtureCurve`] names them. Differs from
/// both in that full weight ends at a share of the threshold, so that it moves with it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "MixtureTable", into = "MixtureTable")]
pub struct SplMixtureConfig {
    /// Share of the threshold up to which weights are 1, in `(0, 1)`. Default 0.5.
    pub full: f64,
    /// How weights fall from there.
    pub curve: MixtureCurve,
    /// Threshold and averaging.
    pub pace: PaceConfig,
}

impl Default for SplMixtureConfig {
    fn default() -> Self {
        Self {
            full: 0.5,
            curve: MixtureCurve::default(),
            pace: PaceConfig::default(),
        }
    }
}

impl SplMixtureConfig {
    /// Checks the settings and builds the curriculum.
    ///
    /// # Errors
    ///
    /// Those of [`SplHardConfig::init`](crate::SplHardConfig::init), and [`CurriculumError::OutOfRange`] for a share
    /// outside `(0, 1)`.
    pub fn init(&self, setting: &Setting<'_>) -> Result<SelfPaced, CurriculumError> {
        self.check()?;
        let weighting = Weighting::Mixture {
            full: self.full,
            curve: self.curve,
        };
        SelfPaced::new(NAME, Rule::Alone(weighting), &self.pace, setting)
    }

    fn check(&self) -> Result<(), CurriculumError> {
        CurriculumError::require(
            self.full > 0.0 && self.full < 1.0,
            "full",
            self.full,
            "a number between 0 and 1",
        )
    }
}

self_paced_table!(MixtureTable {
    full: f64,
    curve: MixtureCurve,
});

impl TryFrom<MixtureTable> for SplMixtureConfig {
    type Error = CurriculumError;

    fn try_from(table: MixtureTable) -> Result<Self, CurriculumError> {
        let usual = Self::default();
        let config = Self {
            full: table.full.unwrap_or(usual.full),
            curve: table.curve.unwrap_or(usual.curve),
            pace: table.pace().read(usual.pace)?,
        };
        config.check().map(|()| config)
    }
}

impl From<SplMixtureConfig> for MixtureTable {
    fn from(config: SplMixtureConfig) -> Self {
        Self {
            full: Some(config.full),
            curve: Some(config.curve),
            ..Self::of(config.pace)
        }
    }
}
