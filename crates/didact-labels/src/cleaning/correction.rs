//! Corrected labels, and what becomes of uncertain ones.

use serde::{Deserialize, Serialize};

use crate::error::LabelsError;
use crate::label_checks::check_length;

/// Where a corrected label comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CorrectionSource {
    /// It was given, and is believed.
    Given,
    /// Somebody checked it.
    Trusted,
    /// It was changed.
    Corrected,
}

/// What the label of a sample should be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CorrectedLabel {
    /// The class; none for a sample without a given label that is too uncertain to get one.
    pub label: Option<u32>,
    /// How likely that label is, in `[0, 1]`.
    pub probability: f64,
    /// How much the sample should count, in `[0, 1]`.
    pub weight: f64,
    /// Where the label comes from.
    pub source: CorrectionSource,
}

/// What becomes of a sample whose likeliest class is not likely enough.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Uncertain {
    /// It keeps the given label, at full weight.
    Keep,
    /// It gets the likeliest class, and counts as much as that is likely.
    #[default]
    Weigh,
    /// It keeps the given label and counts nothing.
    Drop,
}

/// Probability from which a label is believed, in `[0, 1]`.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct SureProbability(f64);

impl SureProbability {
    /// The probability.
    pub fn value(self) -> f64 {
        self.0
    }
}

impl Default for SureProbability {
    fn default() -> Self {
        Self(0.5)
    }
}

impl TryFrom<f64> for SureProbability {
    type Error = String;

    fn try_from(number: f64) -> Result<Self, String> {
        if (0.0..=1.0).contains(&number) {
            Ok(Self(number))
        } else {
            Err(format!("{number} is not in [0, 1]"))
        }
    }
}

impl From<SureProbability> for f64 {
    fn from(probability: SureProbability) -> Self {
        probability.0
    }
}

/// Corrects labels: a trusted one is taken as it is, else the likeliest class where it is at least as likely as `sure`, else
/// as `uncertain` says. Of equally likely classes the given one is taken, else the first.
///
/// # Shapes
///
/// - `posteriors`: `[num_samples, num_classes]`, what the true class is
/// - `given_labels`, `trusted`: `[num_samples]`
///
/// # Errors
///
/// [`LabelsError::LengthMismatch`] if they differ in number.
///
/// ```
/// use didact_labels::cleaning::{CorrectionSource, SureProbability, Uncertain, correct_labels};
///
/// let posteriors = [vec![0.1, 0.9], vec![0.45, 0.55]];
/// let sure = SureProbability::try_from(0.6)?;
/// let corrected = correct_labels(&posteriors, &[Some(0), Some(0)], &[None, None], sure, Uncertain::Keep)?;
/// assert_eq!(corrected[0].label, Some(1));
/// assert_eq!((corrected[1].label, corrected[1].source), (Some(0), CorrectionSource::Given));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn correct_labels(
    posteriors: &[Vec<f64>],
    given_labels: &[Option<u32>],
    trusted: &[Option<u32>],
    sure: SureProbability,
    uncertain: Uncertain,
) -> Result<Vec<CorrectedLabel>, LabelsError> {
    check_length("given labels", posteriors.len(), given_labels.len())?;
    check_length("trusted labels", posteriors.len(), trusted.len())?;
    let labels = given_labels.iter().zip(trusted);
    let correct = |(posterior, (&given, &trusted)): (&Vec<f64>, (&Option<u32>, &Option<u32>))| match trusted {
        Some(label) => CorrectedLabel {
            label: Some(label),
            probability: 1.0,
            weight: 1.0,
            source: CorrectionSource::Trusted,
        },
        None => correct_one(posterior, given, sure, uncertain),
    };
    Ok(posteriors.iter().zip(labels).map(correct).collect())
}

fn correct_one(
    posterior: &[f64],
    given: Option<u32>,
    sure: SureProbability,
    uncertain: Uncertain,
) -> CorrectedLabel {
    let of = |label: u32| posterior.get(label as usize).copied().unwrap_or_default();
    let first = given.unwrap_or_default();
    let likeliest = (0..posterior.len() as u32).fold(
        first,
        |best, class| if of(class) > of(best) { class } else { best },
    );
    let source = |label: Option<u32>| {
        if label == given {
            CorrectionSource::Given
        } else {
            CorrectionSource::Corrected
        }
    };
    let (label, weight) = match (of(likeliest) >= sure.value(), uncertain) {
        (true, _) => (Some(likeliest), 1.0),
        (false, Uncertain::Weigh) => (Some(likeliest), of(likeliest)),
        (false, Uncertain::Keep) => (given, f64::from(u8::from(given.is_some()))),
        (false, Uncertain::Drop) => (given, 0.0),
    };
    CorrectedLabel {
        label,
        probability: label.map_or(0.0, of),
        weight,
        source: source(label),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corrected(uncertain: Uncertain, given: Option<u32>, trusted: Option<u32>) -> CorrectedLabel {
        let sure = SureProbability::try_from(0.8).unwrap();
        let posteriors = [vec![0.2, 0.7, 0.1]];
        correct_labels(&posteriors, &[given], &[trusted], sure, uncertain).unwrap()[0]
    }

    #[test]
    fn uncertain_labels_are_kept_weighed_or_dropped() {
        let of = |uncertain| {
            let found = corrected(uncertain, Some(0), None);
            (found.label, found.weight, found.source)
        };
        assert_eq!(of(Uncertain::Keep), (Some(0), 1.0, CorrectionSource::Given));
        assert_eq!(of(Uncertain::Weigh), (Some(1), 0.7, CorrectionSource::Corrected));
        assert_eq!(of(Uncertain::Drop), (Some(0), 0.0, CorrectionSource::Given));
    }

    #[test]
    fn a_sample_without_a_label_gets_one_only_if_it_is_sure_or_weighed() {
        let of = |uncertain| {
            let found = corrected(uncertain, None, None);
            (found.label, found.weight, found.source)
        };
        assert_eq!(of(Uncertain::Keep), (None, 0.0, CorrectionSource::Given));
        assert_eq!(of(Uncertain::Weigh), (Some(1), 0.7, CorrectionSource::Corrected));
    }

    #[test]
    fn a_trusted_label_is_taken_as_it_is() {
        let found = corrected(Uncertain::Drop, Some(0), Some(2));
        assert_eq!(
            (found.label, found.probability, found.source),
            (Some(2), 1.0, CorrectionSource::Trusted)
        );
    }

    #[test]
    fn of_equally_likely_classes_the_given_one_stays() {
        let sure = SureProbability::default();
        let found = correct_labels(&[vec![0.5, 0.5]], &[Some(1)], &[None], sure, Uncertain::Keep).unwrap();
        assert_eq!(
            (found[0].label, found[0].source),
            (Some(1), CorrectionSource::Given)
        );
    }

    #[test]
    fn columns_of_another_length_are_refused() {
        let sure = SureProbability::default();
        assert!(correct_labels(&[vec![1.0]], &[], &[None], sure, Uncertain::Keep).is_err());
        assert!(correct_labels(&[vec![1.0]], &[None], &[], sure, Uncertain::Keep).is_err());
    }
}
