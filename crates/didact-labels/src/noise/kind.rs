//! The names of the kinds of noise.

use std::fmt;
use std::str::FromStr;

use crate::error::LabelsError;

/// A kind of label noise, without its rate or file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoiseKind {
    /// To another class, drawn uniformly.
    Symmetric,
    /// To any class, the true one too, drawn uniformly.
    SymmetricInclusive,
    /// The first samples of each class, an exact number of them.
    ExactPerClass,
    /// To the next class.
    Pair,
    /// By a file that lists the confusions.
    Asymmetric,
    /// By a file with the whole transition matrix.
    Transition,
    /// Depending on the sample itself; known, but not available yet.
    Instance,
}

impl NoiseKind {
    /// The kinds that can be made, in the order in which they are listed to people.
    pub const AVAILABLE: [Self; 6] = [
        Self::Symmetric,
        Self::SymmetricInclusive,
        Self::ExactPerClass,
        Self::Pair,
        Self::Asymmetric,
        Self::Transition,
    ];

    /// The name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Symmetric => "symmetric",
            Self::SymmetricInclusive => "symmetric-inclusive",
            Self::ExactPerClass => "exact-per-class",
            Self::Pair => "pair",
            Self::Asymmetric => "asymmetric",
            Self::Transition => "transition",
            Self::Instance => "instance",
        }
    }

    /// How noise of this kind is written.
    pub(super) fn spelling(self) -> &'static str {
        match self {
            Self::Symmetric => "symmetric:RATE with a rate in [0, 1)",
            Self::SymmetricInclusive => "symmetric-inclusive:RATE with a rate in [0, 1)",
            Self::ExactPerClass => "exact-per-class:RATE with a rate in [0, 1)",
            Self::Pair => "pair:RATE with a rate in [0, 1)",
            Self::Asymmetric => "asymmetric:FILE with rows `true,given,rate`",
            Self::Transition => "transition:FILE with one row per true class",
            Self::Instance => "instance:RATE with a rate in [0, 1)",
        }
    }

    /// The available names, separated by commas.
    pub(crate) fn list() -> String {
        Self::AVAILABLE.map(Self::name).join(", ")
    }
}

impl fmt::Display for NoiseKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for NoiseKind {
    type Err = LabelsError;

    fn from_str(name: &str) -> Result<Self, LabelsError> {
        let known = Self::AVAILABLE
            .into_iter()
            .chain([Self::Instance])
            .find(|kind| kind.name() == name);
        known.ok_or_else(|| LabelsError::UnknownNoiseKind {
            found: name.to_owned(),
            nearest: nearest(name),
        })
    }
}

/// The kind with the most similar name; none below two thirds, where a hint would be a guess.
fn nearest(name: &str) -> Option<NoiseKind> {
    let name = name.to_lowercase();
    NoiseKind::AVAILABLE
        .map(|kind| (strsim::normalized_damerau_levenshtein(&name, kind.name()), kind))
        .into_iter()
        .filter(|(similarity, _)| *similarity >= 2.0 / 3.0)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in NoiseKind::AVAILABLE.into_iter().chain([NoiseKind::Instance]) {
            assert_eq!(kind.name().parse::<NoiseKind>().unwrap(), kind);
        }
    }

    #[test]
    fn a_misspelt_kind_is_answered_with_the_nearest() {
        let message = "symetric".parse::<NoiseKind>().unwrap_err().to_string();
        assert!(message.starts_with(r#"unknown noise kind "symetric", did you mean "symmetric"?; known"#));
        for (misspelt, kind) in [
            ("assymetric", NoiseKind::Asymmetric),
            ("Pair", NoiseKind::Pair),
            ("exact_per_class", NoiseKind::ExactPerClass),
            ("transitoin", NoiseKind::Transition),
        ] {
            assert_eq!(nearest(misspelt), Some(kind), "{misspelt}");
        }
        let message = "open-set".parse::<NoiseKind>().unwrap_err().to_string();
        assert!(
            message.starts_with(r#"unknown noise kind "open-set"; known kinds: symmetric, "#),
            "{message}"
        );
    }
}
