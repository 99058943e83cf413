//! Weights at a middle loss over the run.

use super::maps::MentorMaps;
use super::tile::HALF;
use super::view::weight_axis;
use crate::chart::Axis;
use crate::number::figure;
use crate::picture::{Curve, CurvePanel, Mark, Pen};

/// Differences, as shares of the loss bound: below the percentile, and above it by more and more.
const DIFFERENCES: [f64; 5] = [-0.1, 0.05, 0.1, 0.2, 0.4];
/// The last percent of a run.
const LAST: u32 = 99;

/// Weight against percent of the run at half the loss bound, a curve for each of five differences.
pub(super) fn course_panel(maps: &MentorMaps) -> CurvePanel {
    let bound = maps.view().loss_bound;
    let loss = bound / 2.0;
    let curve = |(position, share): (usize, f64)| {
        let weight = |percent| f64::from(maps.weight([share * bound, loss], percent));
        Curve {
            name: format!("difference {}", figure(share * bound)),
            pen: Pen::of_curriculum(position),
            mark: Mark::Line,
            points: (0..=LAST)
                .map(|percent| [f64::from(percent), weight(percent)])
                .collect(),
        }
    };
    CurvePanel {
        title: format!("weight at a loss of {}, as the run goes on", figure(loss)),
        x: Axis::exact("percent of the run", [0.0, 100.0]),
        y: weight_axis(),
        reference: Some(HALF),
        curves: DIFFERENCES.into_iter().enumerate().map(curve).collect(),
    }
}
