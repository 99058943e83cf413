//! How checked samples are divided.

use serde::{Deserialize, Serialize};

use crate::error::CleanError;

/// Which checked samples fit the cleaner, which select models, and which report; what the first two leave is the third.
///
/// Spelt `random:fit=0.8,select=0.1`, in shares, or `in-order:fit=8000,select=1000`, in samples in the order of the data.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
pub enum TrustedSplit {
    /// Drawn at random, the same shares of every class.
    Random {
        /// Share that fits the cleaner, in `(0, 1)`.
        #[serde(default = "default_fit")]
        fit: f64,
        /// Share that selects, in `(0, 1)`.
        #[serde(default = "default_select")]
        select: f64,
    },
    /// The first so many, the next so many, and the rest.
    InOrder {
        /// How many fit the cleaner.
        fit: usize,
        /// How many select.
        select: usize,
    },
}

fn default_fit() -> f64 {
    0.8
}

fn default_select() -> f64 {
    0.1
}

impl Default for TrustedSplit {
    fn default() -> Self {
        Self::Random {
            fit: default_fit(),
            select: default_select(),
        }
    }
}

impl TrustedSplit {
    /// Refuses shares that are none.
    ///
    /// # Errors
    ///
    /// [`CleanError::BadSplit`].
    pub fn check(self) -> Result<(), CleanError> {
        let Self::Random { fit, select } = self else {
            return Ok(());
        };
        let is_share = |share: f64| share > 0.0 && share < 1.0;
        if is_share(fit) && is_share(select) && fit + select <= 1.0 + 1e-9 {
            return Ok(());
        }
        Err(CleanError::BadSplit {
            reason: format!(
                "fit={fit} and select={select} must be above 0, below 1 and together no more than 1"
            ),
        })
    }
}
