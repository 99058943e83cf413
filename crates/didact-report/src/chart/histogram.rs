//! How numbers are distributed, group against group.

use std::fmt::Write as _;

use super::axis::{Axis, Range, Unit};
use super::frame::{Frame, SIZE};
use super::stroke::Stroke;
use super::svg::{Anchor, Drawing, Svg};
use crate::number::figure;

const BINS: usize = 25;

/// The numbers of one group.
#[derive(Clone, Debug)]
pub(crate) struct HistogramSeries {
    pub(crate) name: String,
    pub(crate) stroke: Stroke,
    pub(crate) values: Vec<f64>,
}

impl HistogramSeries {
    fn finite(&self) -> impl Iterator<Item = f64> {
        self.values.iter().copied().filter(|value| value.is_finite())
    }
}

/// The share of each group in equally wide bins.
#[derive(Debug)]
pub(crate) struct Histogram<'a> {
    pub(crate) title: &'a str,
    /// What the numbers are.
    pub(crate) axis_name: &'a str,
    /// All that the horizontal axis has to show, so that several charts can share it.
    pub(crate) range: Range,
    /// The same for the vertical axis: see [`share_range`].
    pub(crate) shares: Range,
    pub(crate) series: &'a [HistogramSeries],
}

impl Histogram<'_> {
    /// Draws the histogram.
    pub(crate) fn draw(&self) -> Svg {
        let x = Axis::real(self.axis_name, Unit::Number, self.range);
        let shares: Vec<[f64; BINS]> = self.series.iter().map(|series| shares(&x, series)).collect();
        let y = Axis::real("share of the group", Unit::Percent, self.shares);
        let frame = Frame::new(&x, &y, 14.0);
        let mut drawing = Drawing::new("wide", SIZE, self.title, &self.description());
        frame.draw(&mut drawing);
        for (position, (series, shares)) in self.series.iter().zip(&shares).enumerate() {
            draw_steps(&mut drawing, &frame, series.stroke, shares);
            draw_key(&mut drawing, &frame, series, position);
        }
        drawing.finish()
    }

    fn description(&self) -> String {
        let groups = self.series.iter().map(|series| {
            let n = series.finite().count();
            let mean = series.finite().sum::<f64>() / n.max(1) as f64;
            format!("{}: {n} samples, mean {}.", series.name, figure(mean))
        });
        format!(
            "Distribution of {}. {}",
            self.axis_name,
            groups.collect::<Vec<_>>().join(" ")
        )
    }
}

/// The shares of all bins of all groups, and 0, if the horizontal axis shows `range`.
pub(crate) fn share_range<'a>(range: Range, series: impl Iterator<Item = &'a HistogramSeries>) -> Range {
    let x = Axis::real("", Unit::Number, range);
    Range::of(series.flat_map(|series| shares(&x, series))).with(0.0)
}

fn shares(x: &Axis, series: &HistogramSeries) -> [f64; BINS] {
    let mut bins = [0.0; BINS];
    let n = series.finite().count().max(1) as f64;
    for value in series.finite() {
        let bin = (x.position(value) * BINS as f64) as usize;
        bins[bin.min(BINS - 1)] += 1.0 / n;
    }
    bins
}

fn draw_steps(drawing: &mut Drawing, frame: &Frame<'_>, stroke: Stroke, shares: &[f64; BINS]) {
    let width = (frame.x.greatest - frame.x.least) / BINS as f64;
    let mut path = String::new();
    for (bin, &share) in shares.iter().enumerate() {
        let left = frame.x.least + width * bin as f64;
        let ([x1, y], [x2, _]) = (frame.place(left, share), frame.place(left + width, share));
        let _ = write!(path, "{x1:.1},{y:.1} {x2:.1},{y:.1} ");
    }
    let [start, base] = frame.place(frame.x.least, 0.0);
    let classes = [stroke.ink.class(), stroke.dashes.class()].join(" ");
    let end = frame.right();
    drawing.open(format_args!(r#"class="{classes}""#));
    drawing.element(
        "polygon",
        format_args!(r#"class="band" points="{start:.1},{base:.1} {path}{end:.1},{base:.1}""#),
    );
    drawing.element(
        "polyline",
        format_args!(r#"class="line" points="{start:.1},{base:.1} {path}{end:.1},{base:.1}""#),
    );
    drawing.close();
}

fn draw_key(drawing: &mut Drawing, frame: &Frame<'_>, series: &HistogramSeries, position: usize) {
    let y = 54.0 + 16.0 * position as f64;
    let Stroke { ink, dashes, .. } = series.stroke;
    let x = frame.middle() - 30.0;
    drawing.open(format_args!(r#"class="{} {}""#, ink.class(), dashes.class()));
    drawing.line("line", [x, y - 4.0], [x + 26.0, y - 4.0]);
    drawing.close();
    drawing.text(
        &format!("series-name {}", ink.class()),
        [x + 32.0, y],
        Anchor::Start,
        &series.name,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_a_group_sum_to_one_and_fall_into_their_bins() {
        let x = Axis::real("weight", Unit::Number, Range::of([0.0, 1.0]));
        let values = vec![0.0, 0.01, 0.99, 1.0, f64::NAN];
        let bins = shares(
            &x,
            &HistogramSeries {
                name: String::new(),
                stroke: Stroke::CLEAN,
                values,
            },
        );
        assert!((bins[0] - 0.5).abs() < 1e-12 && (bins[BINS - 1] - 0.5).abs() < 1e-12);
    }

    #[test]
    fn an_empty_group_and_a_constant_one_are_drawn() {
        for values in [vec![], vec![1.0; 5]] {
            let range = Range::of(values.clone());
            let series = [HistogramSeries {
                name: "clean".to_owned(),
                stroke: Stroke::CLEAN,
                values,
            }];
            let svg = Histogram {
                title: "",
                axis_name: "weight",
                range,
                shares: share_range(range, series.iter()),
                series: &series,
            }
            .draw()
            .to_string();
            assert!(svg.contains("<polygon") && !svg.contains("NaN"), "{svg}");
        }
    }
}
