//! Count, mean and spread of the samples of one group.

use serde::{Deserialize, Serialize};

/// What a metric did over the samples of one group.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupSummary {
    /// Number of samples, at least 1.
    pub n: u64,
    /// Mean.
    pub mean: f64,
    /// Sample standard deviation (divided by n - 1); 0 for a single sample.
    pub deviation: f64,
    /// Least value.
    pub min: f64,
    /// Greatest value.
    pub max: f64,
}

impl GroupSummary {
    /// Lower and upper edge of the band to draw around the mean; `None` for [`Spread::None`].
    pub fn bounds(&self, spread: Spread) -> Option<(f64, f64)> {
        match spread {
            Spread::None => None,
            Spread::Deviation => Some((self.mean - self.deviation, self.mean + self.deviation)),
            Spread::Range => Some((self.min, self.max)),
        }
    }
}

/// What the band around a mean shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spread {
    /// No band.
    None,
    /// One sample standard deviation to either side.
    #[default]
    Deviation,
    /// From the least to the greatest value.
    Range,
}

/// Welford's running moments: one pass, and no cancellation when the spread is small beside the mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RunningSummary {
    n: u64,
    mean: f64,
    squares: f64,
    min: f64,
    max: f64,
}

impl Default for RunningSummary {
    fn default() -> Self {
        Self {
            n: 0,
            mean: 0.0,
            squares: 0.0,
            min: f64::INFINITY,
            max: f64::NEG_INFINITY,
        }
    }
}

impl RunningSummary {
    pub(crate) fn add(&mut self, value: f64) {
        self.n += 1;
        let before = value - self.mean;
        self.mean += before / self.n as f64;
        self.squares += before * (value - self.mean);
        self.min = self.min.min(value);
        self.max = self.max.max(value);
    }

    pub(crate) fn finish(self) -> GroupSummary {
        let variance = if self.n > 1 {
            self.squares / (self.n - 1) as f64
        } else {
            0.0
        };
        let Self {
            n, mean, min, max, ..
        } = self;
        GroupSummary {
            n,
            mean,
            deviation: variance.sqrt(),
            min,
            max,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(values: &[f64]) -> GroupSummary {
        let mut running = RunningSummary::default();
        for &value in values {
            running.add(value);
        }
        running.finish()
    }

    #[test]
    fn one_sample_has_no_deviation() {
        assert_eq!(
            summary(&[0.3]),
            GroupSummary {
                n: 1,
                mean: 0.3,
                deviation: 0.0,
                min: 0.3,
                max: 0.3
            }
        );
    }

    #[test]
    fn a_small_spread_beside_a_great_mean_is_kept() {
        assert!((summary(&[1e9 + 1.0, 1e9 + 2.0, 1e9 + 3.0]).deviation - 1.0).abs() < 1e-9);
    }

    #[test]
    fn bands_are_none_deviation_or_range() {
        let summary = summary(&[1.0, 2.0, 6.0]);
        let deviation = 7.0_f64.sqrt();
        assert_eq!(summary.bounds(Spread::None), None);
        assert_eq!(summary.bounds(Spread::Range), Some((1.0, 6.0)));
        let (low, high) = summary.bounds(Spread::Deviation).unwrap();
        assert!((low - (3.0 - deviation)).abs() < 1e-15 && (high - (3.0 + deviation)).abs() < 1e-15);
    }
}
