//! Settings of `spade`.

use serde::{Deserialize, Serialize};

use super::super::entries::{AVERAGING, DECAY, PERCENTILE, SOURCE};
use super::super::reference::Reference;
use super::curriculum::Spade;
use crate::catalogue::{Entry, Parameter};
use crate::curriculum::Averaging;
use crate::error::CurriculumError;
use crate::range::above_zero;
use crate::setting::Setting;
use crate::share_choice::ShareChoice;

pub(crate) const ENTRY: Entry = Entry {
    name: "spade",
    idea: "each sample's weight is remembered, and moved a step towards what its loss deserves whenever it is seen",
    source: Some(SOURCE),
    parameters: &[
        Parameter {
            name: "gamma",
            meaning: "the loss above the percentile at which a weight is drawn to 0",
            range: "> 0",
            default: "1.0",
        },
        Parameter {
            name: "rate",
            meaning: "how far a weight moves at a time; at 1 it is the formula's at once, and nothing is remembered",
            range: "0 < rate <= 1",
            default: "0.3",
        },
        PERCENTILE,
        DECAY,
        AVERAGING,
    ],
};

/// Settings of [`Spade`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct SpadeConfig {
    /// The loss above the percentile at which a weight is drawn to 0, `> 0`.
    pub gamma: f64,
    /// How far a weight moves at a time, in `(0, 1]`.
    pub rate: f64,
    /// Which percentile of a batch's losses is the limit.
    pub percentile: ShareChoice,
    /// Share of the past that the moving percentile keeps at each batch, in `[0, 1)`.
    pub decay: f64,
    /// What the weighted losses are divided by.
    pub averaging: Averaging,
}

impl Default for SpadeConfig {
    fn default() -> Self {
        Self {
            gamma: 1.0,
            rate: 0.3,
            percentile: ShareChoice::Auto,
            decay: 0.5,
            averaging: Averaging::Batch,
        }
    }
}

impl SpadeConfig {
    /// Checks the settings and builds the curriculum.
    ///
    /// # Errors
    ///
    /// [`CurriculumError::OutOfRange`] for a setting outside its range.
    pub fn init(&self, setting: &Setting<'_>) -> Result<Spade, CurriculumError> {
        above_zero("gamma", self.gamma)?;
        let holds = self.rate > 0.0 && self.rate <= 1.0;
        CurriculumError::require(holds, "rate", self.rate, "a number above 0 and at most 1")?;
        Ok(Spade {
            gamma: self.gamma,
            rate: self.rate,
            reference: Reference::new(self.percentile, self.decay)?,
            averaging: self.averaging,
            weights: vec![1.0; setting.num_samples],
        })
    }
}
