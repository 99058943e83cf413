//! A share of samples that is given, or follows from the share of wrong labels.

use serde::{Deserialize, Serialize};

use crate::number_or_auto::NumberOrAuto;

/// Which share of the samples is believed to be right; spelt as a number in `(0, 1]`, or `auto`.
///
/// ```
/// use didact_curriculum::ShareChoice;
///
/// let given: ShareChoice = serde_json::from_str("0.9")?;
/// assert_eq!(given.share(Some(0.4)), Some(0.9));
/// let estimated: ShareChoice = serde_json::from_str("\"auto\"")?;
/// assert_eq!(estimated.share(Some(0.4)), Some(0.6));
/// assert!(serde_json::from_str::<ShareChoice>("0").is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "NumberOrAuto", into = "NumberOrAuto")]
pub enum ShareChoice {
    /// One minus the share of wrong labels that the run estimates, as soon as the estimate has settled.
    #[default]
    Auto,
    /// This share.
    Given(f64),
}

impl ShareChoice {
    /// The share to go by, in `(0, 1]`: the given one, or what follows from the estimate if there is one yet.
    pub fn share(self, estimated_noise_rate: Option<f64>) -> Option<f64> {
        match self {
            Self::Given(share) => Some(share),
            Self::Auto => estimated_noise_rate.map(|rate| 1.0 - rate),
        }
    }

    /// Whether it is a share at all.
    pub(crate) fn holds(self) -> bool {
        match self {
            Self::Given(share) => share > 0.0 && share <= 1.0,
            Self::Auto => true,
        }
    }
}

impl TryFrom<NumberOrAuto> for ShareChoice {
    type Error = String;

    fn try_from(spelling: NumberOrAuto) -> Result<Self, String> {
        match spelling.read("a share of the samples")? {
            None => Ok(Self::Auto),
            Some(number) if Self::Given(number).holds() => Ok(Self::Given(number)),
            Some(number) => Err(format!("{number} is not in (0, 1]")),
        }
    }
}

impl From<ShareChoice> for NumberOrAuto {
    fn from(choice: ShareChoice) -> Self {
        match choice {
            ShareChoice::Auto => None.into(),
            ShareChoice::Given(number) => Some(number).into(),
        }
    }
}
