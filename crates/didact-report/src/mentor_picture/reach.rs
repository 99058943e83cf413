//! How far a mentor was taught.

use super::maps::MentorMaps;
use crate::chart::Axis;

/// Ends of what was taught this near to an end of an axis are not told from it, as a share of the axis.
const NEAR: f64 = 0.03;

/// The ends of the differences and losses that a mentor was taught, as far as they lie within its maps.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reach {
    pub(super) differences: Vec<f64>,
    pub(super) losses: Vec<f64>,
}

impl Reach {
    pub(super) fn of(maps: &MentorMaps) -> Self {
        let [differences, losses] = maps.taught_ranges();
        Self {
            differences: within(&maps.view().difference_axis(), differences),
            losses: within(&maps.view().loss_axis(), losses),
        }
    }

    /// Whether the maps show nothing that was not taught.
    pub(super) fn is_whole(&self) -> bool {
        self.differences.is_empty() && self.losses.is_empty()
    }
}

fn within(axis: &Axis, ends: [f64; 2]) -> Vec<f64> {
    let seen = NEAR..=1.0 - NEAR;
    ends.into_iter()
        .filter(|&end| seen.contains(&axis.position(end)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_beyond_a_map_or_at_its_edge_are_not_marked() {
        let axis = Axis::exact("loss", [0.0, 5.0]);
        assert_eq!(within(&axis, [0.1, 4.9]), [] as [f64; 0]);
        assert_eq!(within(&axis, [1.0, 29.0]), [1.0]);
    }
}
