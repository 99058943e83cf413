//! When a mentor learns anew.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Percents of the run at which a mentor learns anew, spelt `21x75`, or `none`.
///
/// ```
/// use didact_curriculum::Refresh;
///
/// let refresh: Refresh = "21x75".parse()?;
/// assert!(refresh.falls_between(20.0, 23.3) && !refresh.falls_between(23.3, 26.7));
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Spelling", into = "Spelling")]
pub struct Refresh(Vec<u8>);

impl Refresh {
    /// As published: after the steps of the learning rate, at 21 and 75 percent.
    pub fn published() -> Self {
        Self(vec![21, 75])
    }

    /// Whether there is one in the part of the run after `from` and up to `to`, in percent.
    pub fn falls_between(&self, from: f64, to: f64) -> bool {
        let falls = |percent: &u8| from < f64::from(*percent) && f64::from(*percent) <= to;
        self.0.iter().any(falls)
    }
}

impl FromStr for Refresh {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "none" {
            return Ok(Self(Vec::new()));
        }
        let percent = |word: &str| word.trim().parse().ok().filter(|percent| *percent <= 100);
        let percents: Option<Vec<u8>> = text.split(['x', ',']).map(percent).collect();
        percents
            .map(Self)
            .ok_or_else(|| format!("`{text}` is not percents of the run, as in 21x75, nor none"))
    }
}

impl fmt::Display for Refresh {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return formatter.write_str("none");
        }
        let words: Vec<String> = self.0.iter().map(u8::to_string).collect();
        formatter.write_str(&words.join("x"))
    }
}

/// A single percent is a number on the command line and in TOML.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Spelling {
    Number(u8),
    Text(String),
}

impl TryFrom<Spelling> for Refresh {
    type Error = String;

    fn try_from(spelling: Spelling) -> Result<Self, String> {
        match spelling {
            Spelling::Number(percent) => percent.to_string().parse(),
            Spelling::Text(text) => text.parse(),
        }
    }
}

impl From<Refresh> for Spelling {
    fn from(refresh: Refresh) -> Self {
        Self::Text(refresh.to_string())
    }
}
