//! A setting of the first model that a retraining may do without.

use serde::{Deserialize, Serialize};

/// A value, or the word `none`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "neither a number in range nor `none`")]
pub enum ValueOrNone<T> {
    /// This value.
    Value(T),
    /// None, whatever the first model has.
    None(NoneWord),
}

/// The word `none`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoneWord {
    /// `none`.
    None,
}

impl<T: Copy> ValueOrNone<T> {
    /// The value, if there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::None(_) => None,
        }
    }
}
