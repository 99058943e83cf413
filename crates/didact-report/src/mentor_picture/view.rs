//! Which part of a mentor is looked at.

use std::ops::RangeInclusive;

use didact_curriculum::MentorFeatures;

use crate::chart::Axis;
use crate::error::ReportError;

/// Places of a grid along each axis.
const PLACES: u8 = 21;
/// The last percent of a run that mentors know.
const LAST_PERCENT: u32 = 99;
/// Bounds that axes have room for.
const LOSS_BOUNDS: RangeInclusive<f64> = 1e-3..=1e3;

/// Which part of a mentor is looked at.
///
/// Differences go from minus to plus [`loss_bound`](Self::loss_bound), losses from 0 to it.
///
/// ```
/// use didact_report::MentorView;
///
/// let view = MentorView::default();
/// assert_eq!(view.percents, [0, 10, 18, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99]);
/// assert_eq!((view.differences()[0], view.differences()[20]), (-5.0, 5.0));
/// assert_eq!((view.losses()[0], view.losses()[20]), (0.0, 5.0));
/// ```
///
/// Source: percents and bound are those of `google/mentornet`, `training_mentornet/visualizer.py` and its commands. Differs
/// from it: maps instead of 3,000 random points in three dimensions.
#[derive(Clone, Debug, PartialEq)]
pub struct MentorView {
    /// How far the run has come, in whole percent, each from 0 to 99; the authors call them epochs. Drawn in this order.
    pub percents: Vec<u32>,
    /// The largest loss and the largest difference, from 0.001 to 1000.
    pub loss_bound: f64,
    /// The given label, for mentors that look at labels; they take 0 without it.
    pub label: Option<u32>,
}

impl Default for MentorView {
    fn default() -> Self {
        Self {
            percents: vec![0, 10, 18, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99],
            loss_bound: 5.0,
            label: None,
        }
    }
}

impl MentorView {
    /// The differences of a grid, 21 in ascending order.
    pub fn differences(&self) -> Vec<f64> {
        let step = |place| self.loss_bound * (f64::from(place) / f64::from(PLACES - 1) * 2.0 - 1.0);
        (0..PLACES).map(step).collect()
    }

    /// The losses of a grid, 21 in ascending order.
    pub fn losses(&self) -> Vec<f64> {
        let step = |place| self.loss_bound * f64::from(place) / f64::from(PLACES - 1);
        (0..PLACES).map(step).collect()
    }

    /// Refuses percents that no run has, and a bound that leaves nothing to see.
    pub(super) fn check(&self) -> Result<(), ReportError> {
        if let Some(&percent) = self.percents.iter().find(|percent| **percent > LAST_PERCENT) {
            return Err(ReportError::OutOfRange {
                parameter: "an epoch",
                found: f64::from(percent),
                expected: "a percent of the run from 0 to 99",
            });
        }
        if !LOSS_BOUNDS.contains(&self.loss_bound) {
            return Err(ReportError::OutOfRange {
                parameter: "the loss bound",
                found: self.loss_bound,
                expected: "a number from 0.001 to 1000",
            });
        }
        Ok(())
    }

    pub(super) fn features(&self, [difference, loss]: [f64; 2], percent: u32) -> MentorFeatures {
        MentorFeatures {
            loss,
            difference,
            label: self.label.unwrap_or(0),
            percent: u8::try_from(percent).unwrap_or(u8::MAX),
        }
    }

    pub(super) fn difference_axis(&self) -> Axis {
        Axis::exact("loss − moving percentile", [-self.loss_bound, self.loss_bound])
    }

    pub(super) fn loss_axis(&self) -> Axis {
        Axis::exact("loss", [0.0, self.loss_bound])
    }
}

/// The scale that all maps share.
pub(super) fn weight_axis() -> Axis {
    Axis::exact("weight", [0.0, 1.0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_run_has_is_refused() {
        let view = |percents: &[u32], loss_bound| MentorView {
            percents: percents.to_vec(),
            loss_bound,
            label: None,
        };
        assert!(view(&[0, 99], 5.0).check().is_ok() && view(&[0], 1000.0).check().is_ok());
        assert!(view(&[0, 100], 5.0).check().is_err());
        for bound in [0.0, -1.0, 1e-4, 1e4, f64::NAN, f64::INFINITY] {
            assert!(view(&[0], bound).check().is_err(), "{bound}");
        }
    }
}
