//! Axes: ranges, round tick marks, and their words.

use crate::number::{decimal, figure, percent};

/// What the numbers of an axis are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Written as they are.
    Number,
    /// Shares, written as percent.
    Percent,
    /// Counted epochs.
    Epoch,
}

/// The numbers that an axis has to show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Range {
    least: f64,
    greatest: f64,
}

impl Range {
    /// The range of all finite numbers among `values`; from 0 to 1 if there is none.
    pub(crate) fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let empty = Self {
            least: f64::INFINITY,
            greatest: f64::NEG_INFINITY,
        };
        let range = values
            .into_iter()
            .filter(|value| value.is_finite())
            .fold(empty, Self::with);
        if range.least > range.greatest {
            Self {
                least: 0.0,
                greatest: 1.0,
            }
        } else {
            range
        }
    }

    /// The range that also holds `value`.
    pub(crate) fn with(self, value: f64) -> Self {
        Self {
            least: self.least.min(value),
            greatest: self.greatest.max(value),
        }
    }

    /// The least and the greatest number.
    pub(crate) fn ends(self) -> (f64, f64) {
        (self.least, self.greatest)
    }

    /// A range that is not empty: a single number gets room on both sides.
    fn opened(self) -> Self {
        let room = if self.least.abs() > 1e-9 {
            self.least.abs() * 0.1
        } else {
            0.5
        };
        if self.greatest - self.least > f64::EPSILON * 64.0 * self.greatest.abs().max(1e-12) {
            self
        } else {
            Self {
                least: self.least - room,
                greatest: self.greatest + room,
            }
        }
    }
}

/// A named axis with round tick marks, from the first to the last of them.
#[derive(Clone, Debug)]
pub(crate) struct Axis {
    pub(crate) name: String,
    pub(crate) unit: Unit,
    pub(crate) ticks: Vec<f64>,
    pub(crate) least: f64,
    pub(crate) greatest: f64,
    decimals: usize,
}

impl Axis {
    /// An axis of real numbers with three to seven ticks, widened to the ticks around its range.
    pub(crate) fn real(name: &str, unit: Unit, range: Range) -> Self {
        let Range { least, greatest } = range.opened();
        let step = round_step((greatest - least) / 5.0);
        // What lies on a tick but for rounding needs no further one.
        let (first, last) = ((least / step + 1e-9).floor(), (greatest / step - 1e-9).ceil());
        let ticks: Vec<f64> = (0..=(last - first) as usize)
            .map(|tick| (first + tick as f64) * step)
            .collect();
        let shown = if unit == Unit::Percent { step * 100.0 } else { step };
        let decimals = (-shown.log10().floor()).clamp(0.0, 12.0) as usize;
        Self {
            name: name.to_owned(),
            unit,
            least: first * step,
            greatest: last * step,
            ticks,
            decimals,
        }
    }

    /// An axis with round ticks that ends where its range ends.
    pub(crate) fn exact(name: &str, ends: [f64; 2]) -> Self {
        let mut axis = Self::real(name, Unit::Number, Range::of(ends));
        axis.ticks
            .retain(|tick| (ends[0] - 1e-9..=ends[1] + 1e-9).contains(tick));
        [axis.least, axis.greatest] = ends;
        axis
    }

    /// An axis of counted epochs, exactly as long as they are.
    pub(crate) fn epochs(first: u32, last: u32) -> Self {
        let (first, last) = (first.min(last), last.max(first));
        let step = (round_step(f64::from(last - first) / 6.0) as u32).max(1);
        let ticks = (first..=last).filter(|epoch| epoch % step == 0 || step == 1);
        // A single epoch stands in the middle.
        let room = if first == last { 0.5 } else { 0.0 };
        Self {
            name: "epoch".to_owned(),
            unit: Unit::Epoch,
            ticks: ticks.map(f64::from).collect(),
            least: f64::from(first) - room,
            greatest: f64::from(last) + room,
            decimals: 0,
        }
    }

    /// How far along the axis a number lies: 0 at its least, 1 at its greatest.
    pub(crate) fn position(&self, value: f64) -> f64 {
        ((value - self.least) / (self.greatest - self.least)).clamp(0.0, 1.0)
    }

    /// The name with its unit.
    pub(crate) fn full_name(&self) -> String {
        match self.unit {
            Unit::Number | Unit::Epoch => self.name.clone(),
            Unit::Percent => format!("{} (%)", self.name),
        }
    }

    /// A number of the axis in words, with its unit.
    pub(crate) fn value_text(&self, value: f64) -> String {
        match self.unit {
            Unit::Percent => percent(value),
            Unit::Number => figure(value),
            Unit::Epoch => decimal(value, 0),
        }
    }

    /// A place on the axis in words, such as `epoch 3` or `share of wrong labels 40 %`.
    pub(crate) fn place_text(&self, value: f64) -> String {
        format!("{} {}", self.name, self.value_text(value))
    }

    /// A tick's number in words; the unit stands at the axis's name.
    pub(crate) fn tick_text(&self, tick: f64) -> String {
        match self.unit {
            Unit::Number | Unit::Epoch => decimal(tick, self.decimals),
            Unit::Percent => decimal(tick * 100.0, self.decimals),
        }
    }
}

/// The next of 1, 2, 5, 10, ... times a power of ten at or above `rough`.
fn round_step(rough: f64) -> f64 {
    let rough = rough.clamp(1e-300, 1e300);
    let power = 10_f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0]
        .into_iter()
        .find(|factor| factor * power >= rough * (1.0 - 1e-9));
    factor.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_range() {
        let axis = Axis::real("loss", Unit::Number, Range::of([0.31, 2.2]));
        let texts: Vec<String> = axis.ticks.iter().map(|&tick| axis.tick_text(tick)).collect();
        assert_eq!(texts, ["0.0", "0.5", "1.0", "1.5", "2.0", "2.5"]);
        let axis = Axis::real("accuracy", Unit::Percent, Range::of([0.5, 0.8125]));
        assert_eq!(axis.tick_text(axis.greatest), "90");
    }

    #[test]
    fn a_single_number_and_no_number_still_make_an_axis() {
        for values in [
            vec![0.0],
            vec![0.8, 0.8],
            vec![],
            vec![f64::NAN, f64::INFINITY],
            vec![1e-320],
        ] {
            let axis = Axis::real("x", Unit::Number, Range::of(values.clone()));
            assert!(
                axis.greatest > axis.least && (2..=12).contains(&axis.ticks.len()),
                "{values:?} {axis:?}"
            );
        }
    }

    #[test]
    fn shares_that_sum_to_one_but_for_rounding_end_at_100_percent() {
        let axis = Axis::real("share", Unit::Percent, Range::of([0.0, 1.0 + 1e-12]));
        assert_eq!(axis.tick_text(axis.greatest), "100");
    }

    #[test]
    fn epochs_are_whole_numbers() {
        assert_eq!(Axis::epochs(1, 6).ticks, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!(Axis::epochs(1, 100).ticks, [20.0, 40.0, 60.0, 80.0, 100.0]);
        assert!((Axis::epochs(3, 3).position(3.0) - 0.5).abs() < 1e-12);
    }
}
