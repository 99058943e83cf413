//! The share of labels that noise makes wrong.

use std::fmt;

use crate::error::LabelsError;

/// A probability in `[0, 1)` that a label is replaced.
///
/// 1 is left out: with no true label left there is nothing to learn from.
///
/// ```
/// use didact_labels::NoiseRate;
///
/// assert_eq!(NoiseRate::new(0.4)?.value(), 0.4);
/// assert_eq!(NoiseRate::new(1.4).unwrap_err().to_string(), "noise: rate must be in [0, 1), found 1.4");
/// # Ok::<(), didact_labels::LabelsError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct NoiseRate(f64);

impl NoiseRate {
    /// Checks a rate.
    ///
    /// # Errors
    ///
    /// [`LabelsError::RateOutOfRange`] if `rate` is NaN or not in `[0, 1)`.
    pub fn new(rate: f64) -> Result<Self, LabelsError> {
        Self::checked(rate, "noise")
    }

    /// Checks a rate that belongs to `place`, which the error then names.
    pub(crate) fn checked(rate: f64, place: &str) -> Result<Self, LabelsError> {
        if (0.0..1.0).contains(&rate) {
            Ok(Self(rate))
        } else {
            Err(LabelsError::RateOutOfRange {
                place: place.to_owned(),
                found: rate,
            })
        }
    }

    /// The rate, in `[0, 1)`.
    pub fn value(self) -> f64 {
        self.0
    }
}

impl fmt::Display for NoiseRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "these figures are exact")]

    use super::*;

    #[test]
    fn the_range_is_half_open() {
        for rate in [0.0, 0.4, 1.0 - f64::EPSILON] {
            assert_eq!(NoiseRate::new(rate).unwrap().value(), rate);
        }
        for rate in [-0.1, 1.0, 1.4, f64::NAN, f64::INFINITY] {
            assert!(
                matches!(NoiseRate::new(rate), Err(LabelsError::RateOutOfRange { .. })),
                "{rate}"
            );
        }
    }
}
