//! A share of wrong labels that is given, or estimated while the run goes.

use serde::{Deserialize, Serialize};

use crate::number_or_auto::NumberOrAuto;

/// Which share of the labels is believed to be wrong; spelt as a number in `[0, 1)`, or `auto`.
///
/// ```
/// use didact_curriculum::RateChoice;
///
/// let given: RateChoice = serde_json::from_str("0.4")?;
/// assert_eq!(given.rate(Some(0.1)), Some(0.4));
/// let estimated: RateChoice = serde_json::from_str("\"auto\"")?;
/// assert_eq!(estimated.rate(Some(0.1)), Some(0.1));
/// assert!(serde_json::from_str::<RateChoice>("1.5").is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "NumberOrAuto", into = "NumberOrAuto")]
pub enum RateChoice {
    /// What the run estimates, as soon as the estimate has settled.
    #[default]
    Auto,
    /// This share.
    Given(f64),
}

impl RateChoice {
    /// The share to go by: the given one, or the estimate if there is one yet.
    pub fn rate(self, estimated: Option<f64>) -> Option<f64> {
        match self {
            Self::Auto => estimated,
            Self::Given(rate) => Some(rate),
        }
    }
}

impl TryFrom<NumberOrAuto> for RateChoice {
    type Error = String;

    fn try_from(spelling: NumberOrAuto) -> Result<Self, String> {
        match spelling.read("a share of wrong labels")? {
            None => Ok(Self::Auto),
            Some(number) if (0.0..1.0).contains(&number) => Ok(Self::Given(number)),
            Some(number) => Err(format!("{number} is not in [0, 1)")),
        }
    }
}

impl From<RateChoice> for NumberOrAuto {
    fn from(choice: RateChoice) -> Self {
        match choice {
            RateChoice::Auto => None.into(),
            RateChoice::Given(number) => Some(number).into(),
        }
    }
}
