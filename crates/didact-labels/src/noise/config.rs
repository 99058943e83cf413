//! Which noise to make, as people write it.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::NoiseKind;
use crate::error::LabelsError;
use crate::noise_rate::NoiseRate;

/// A kind of label noise with its rate or file, written `symmetric:0.4` or `transition:FILE`.
///
/// The spelling with the parameter's name, `symmetric:rate=0.4` or `transition:file=FILE`, is read too. In files it
/// is the same string.
///
/// # Example
///
/// ```
/// use didact_labels::{NoiseConfig, NoiseRate};
///
/// let noise: NoiseConfig = "symmetric:0.4".parse()?;
/// assert_eq!(noise, NoiseConfig::Symmetric { rate: NoiseRate::new(0.4)? });
/// assert_eq!(noise.to_string(), "symmetric:0.4");
///
/// let error = "symmetric:1.4".parse::<NoiseConfig>().unwrap_err();
/// assert_eq!(error.to_string(), "noise \"symmetric:1.4\": rate must be in [0, 1), found 1.4");
/// # Ok::<(), didact_labels::LabelsError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum NoiseConfig {
    /// Each label is, with probability `rate`, replaced by another class drawn uniformly.
    Symmetric {
        /// Expected share of wrong labels.
        rate: NoiseRate,
    },
    /// Each label is, with probability `rate`, replaced by any class drawn uniformly, the true one too.
    SymmetricInclusive {
        /// Share of labels drawn anew; the expected share of wrong labels is `rate (1 - 1 / num_classes)`.
        rate: NoiseRate,
    },
    /// Of each class exactly `⌊rate n_class⌋` labels, the first in order, are replaced by another class.
    ExactPerClass {
        /// Share of wrong labels, before rounding down.
        rate: NoiseRate,
    },
    /// Each label is, with probability `rate`, replaced by the next class, the last by the first.
    Pair {
        /// Expected share of wrong labels.
        rate: NoiseRate,
    },
    /// By a CSV file of confusions with rows `true,given,rate`; the rest keeps its label.
    Asymmetric {
        /// The file.
        file: PathBuf,
    },
    /// By a CSV file with the probability of each given class (columns) for each true class (rows).
    Transition {
        /// The file.
        file: PathBuf,
    },
}

impl NoiseConfig {
    /// The kind of noise.
    pub fn kind(&self) -> NoiseKind {
        match self {
            Self::Symmetric { .. } => NoiseKind::Symmetric,
            Self::SymmetricInclusive { .. } => NoiseKind::SymmetricInclusive,
            Self::ExactPerClass { .. } => NoiseKind::ExactPerClass,
            Self::Pair { .. } => NoiseKind::Pair,
            Self::Asymmetric { .. } => NoiseKind::Asymmetric,
            Self::Transition { .. } => NoiseKind::Transition,
        }
    }

    /// The rate asked for; `None` for the kinds whose rates stand in a file.
    pub fn asked_rate(&self) -> Option<NoiseRate> {
        match self {
            Self::Symmetric { rate }
            | Self::SymmetricInclusive { rate }
            | Self::ExactPerClass { rate }
            | Self::Pair { rate } => Some(*rate),
            Self::Asymmetric { .. } | Self::Transition { .. } => None,
        }
    }
}

impl fmt::Display for NoiseConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.kind())?;
        match self {
            Self::Symmetric { rate }
            | Self::SymmetricInclusive { rate }
            | Self::ExactPerClass { rate }
            | Self::Pair { rate } => rate.fmt(f),
            Self::Asymmetric { file } | Self::Transition { file } => file.display().fmt(f),
        }
    }
}

impl FromStr for NoiseConfig {
    type Err = LabelsError;

    fn from_str(text: &str) -> Result<Self, LabelsError> {
        let (name, argument) = text.split_once(':').unwrap_or((text, ""));
        let kind: NoiseKind = name.parse()?;
        let rate = || parse_rate(kind, text, argument);
        let file = || parse_file(kind, text, argument);
        match kind {
            NoiseKind::Symmetric => Ok(Self::Symmetric { rate: rate()? }),
            NoiseKind::SymmetricInclusive => Ok(Self::SymmetricInclusive { rate: rate()? }),
            NoiseKind::ExactPerClass => Ok(Self::ExactPerClass { rate: rate()? }),
            NoiseKind::Pair => Ok(Self::Pair { rate: rate()? }),
            NoiseKind::Asymmetric => Ok(Self::Asymmetric { file: file()? }),
            NoiseKind::Transition => Ok(Self::Transition { file: file()? }),
            NoiseKind::Instance => Err(LabelsError::NoiseKindUnavailable { kind }),
        }
    }
}

impl TryFrom<String> for NoiseConfig {
    type Error = LabelsError;

    fn try_from(text: String) -> Result<Self, LabelsError> {
        text.parse()
    }
}

impl From<NoiseConfig> for String {
    fn from(noise: NoiseConfig) -> Self {
        noise.to_string()
    }
}

fn parse_rate(kind: NoiseKind, text: &str, argument: &str) -> Result<NoiseRate, LabelsError> {
    let number = argument.strip_prefix("rate=").unwrap_or(argument);
    let rate = number.parse().map_err(|_| misspelt(kind, text))?;
    NoiseRate::checked(rate, &format!("noise {text:?}"))
}

fn parse_file(kind: NoiseKind, text: &str, argument: &str) -> Result<PathBuf, LabelsError> {
    match argument.strip_prefix("file=").unwrap_or(argument) {
        "" => Err(misspelt(kind, text)),
        file => Ok(PathBuf::from(file)),
    }
}

fn misspelt(kind: NoiseKind, text: &str) -> LabelsError {
    LabelsError::NoiseSpelling {
        found: text.to_owned(),
        expected: kind.spelling(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        text.parse::<NoiseConfig>().unwrap_err().to_string()
    }

    #[test]
    fn every_kind_is_printed_as_it_is_read() {
        for text in [
            "symmetric:0.4",
            "symmetric-inclusive:0",
            "exact-per-class:0.25",
            "pair:0.45",
            "asymmetric:pairs.csv",
            "transition:C:\\noise.csv",
        ] {
            let noise: NoiseConfig = text.parse().unwrap();
            assert_eq!(noise.to_string(), text);
            let json = serde_json::to_string(&noise).unwrap();
            assert_eq!(json, serde_json::to_string(text).unwrap());
            assert_eq!(serde_json::from_str::<NoiseConfig>(&json).unwrap(), noise);
        }
    }

    #[test]
    fn parameters_may_be_named() {
        let read = |text: &str| text.parse::<NoiseConfig>().unwrap().to_string();
        assert_eq!(read("pair:rate=0.2"), "pair:0.2");
        assert_eq!(read("transition:file=noise.csv"), "transition:noise.csv");
    }

    #[test]
    fn errors_name_kind_value_and_range() {
        assert_eq!(
            message("symmetric:1.4"),
            r#"noise "symmetric:1.4": rate must be in [0, 1), found 1.4"#
        );
        assert_eq!(
            message("pair:-0.1"),
            r#"noise "pair:-0.1": rate must be in [0, 1), found -0.1"#
        );
        assert_eq!(
            message("pair:nan"),
            r#"noise "pair:nan": rate must be in [0, 1), found NaN"#
        );
        for text in ["symmetric", "symmetric:", "symmetric:40%"] {
            let expected = "expected symmetric:RATE with a rate in [0, 1)";
            assert_eq!(message(text), format!("noise {text:?}: {expected}"));
        }
        assert!(message("transition").contains("expected transition:FILE"));
        assert!(message("symmetrik:0.4").contains(r#"did you mean "symmetric"?"#));
    }

    #[test]
    fn instance_noise_is_said_to_be_missing() {
        assert!(message("instance:0.4").starts_with("noise kind instance is known but not available yet"));
    }
}
