//! Lying bars: one group a class, one bar a series.

use super::stroke::Ink;
use super::svg::{Anchor, Drawing, Svg, shortened};
use crate::number::count;

const WIDTH: f64 = 400.0;
const LEFT: f64 = 104.0;
const RIGHT: f64 = 350.0;
const TOP: f64 = 30.0;
const BAR: f64 = 11.0;
const GAP: f64 = 8.0;
const NAME_LENGTH: usize = 15;

/// The bars of one class.
#[derive(Clone, Debug)]
pub(crate) struct BarGroup {
    pub(crate) name: String,
    /// One count a series, in the order of [`BarChart::series`].
    pub(crate) counts: Vec<u64>,
}

/// Lying bars with their counts beside them.
///
/// The first series is filled, the second only outlined.
#[derive(Debug)]
pub(crate) struct BarChart<'a> {
    pub(crate) title: &'a str,
    pub(crate) axis_name: &'a str,
    pub(crate) series: &'a [&'a str],
    pub(crate) groups: &'a [BarGroup],
}

impl BarChart<'_> {
    /// Draws the chart.
    pub(crate) fn draw(&self) -> Svg {
        let group_height = BAR * self.series.len() as f64 + GAP;
        let height = TOP + group_height * self.groups.len() as f64 + 12.0;
        let mut drawing = Drawing::new("wide", [WIDTH, height], self.title, &self.description());
        self.draw_key(&mut drawing);
        for (position, group) in self.groups.iter().enumerate() {
            self.draw_group(&mut drawing, group, TOP + 4.0 + group_height * position as f64);
        }
        drawing.line("axis", [LEFT, TOP], [LEFT, height - 8.0]);
        drawing.finish()
    }

    fn description(&self) -> String {
        let groups = self.groups.iter().map(|group| {
            let bars = self
                .series
                .iter()
                .zip(&group.counts)
                .map(|(name, &bar)| format!("{} {name}", count(bar)));
            format!("{}: {}", group.name, bars.collect::<Vec<_>>().join(", "))
        });
        format!("{} of {}.", self.axis_name, groups.collect::<Vec<_>>().join("; "))
    }

    fn draw_key(&self, drawing: &mut Drawing) {
        drawing.text("axis-name", [4.0, 14.0], Anchor::Start, self.axis_name);
        for (position, name) in self.series.iter().enumerate() {
            let x = 200.0 + 100.0 * position as f64;
            drawing.rectangle(&bar_class(position), [x, 5.0], [14.0, BAR - 1.0]);
            drawing.text("tick", [x + 19.0, 14.0], Anchor::Start, name);
        }
    }

    fn draw_group(&self, drawing: &mut Drawing, group: &BarGroup, top: f64) {
        let middle = top + BAR * self.series.len() as f64 / 2.0 + 4.0;
        drawing.text(
            "tick",
            [LEFT - 6.0, middle],
            Anchor::End,
            &shortened(&group.name, NAME_LENGTH),
        );
        for (position, &bar) in group.counts.iter().enumerate() {
            let y = top + BAR * position as f64;
            let width = (RIGHT - LEFT) * bar as f64 / self.greatest();
            drawing.rectangle(&bar_class(position), [LEFT, y], [width, BAR - 1.0]);
            drawing.text(
                "bar-count",
                [LEFT + width + 5.0, y + 9.0],
                Anchor::Start,
                &count(bar),
            );
        }
    }

    fn greatest(&self) -> f64 {
        let counts = self.groups.iter().flat_map(|group| &group.counts);
        counts.copied().max().unwrap_or(0).max(1) as f64
    }
}

fn bar_class(position: usize) -> String {
    let look = if position == 0 { "filled" } else { "outlined" };
    let ink = if position == 0 { Ink::Blue } else { Ink::Text };
    format!("bar {look} {}", ink.class())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_counts_and_named() {
        let groups = [("a&b", [10, 5]), ("c", [0, 20])].map(|(name, counts)| BarGroup {
            name: name.to_owned(),
            counts: counts.to_vec(),
        });
        let chart = BarChart {
            title: "Classes",
            axis_name: "samples",
            series: &["given", "true"],
            groups: &groups,
        };
        let svg = chart.draw().to_string();
        assert!(
            svg.contains(r#"width="123.0""#) && svg.contains(r#"width="246.0""#),
            "{svg}"
        );
        assert!(
            svg.contains("samples of a&#38;b: 10 given, 5 true; c: 0 given, 20 true."),
            "{svg}"
        );
    }

    #[test]
    fn classes_without_samples_draw_nothing_wrong() {
        let groups = [BarGroup {
            name: "a".to_owned(),
            counts: vec![0],
        }];
        let svg = BarChart {
            title: "",
            axis_name: "",
            series: &["given"],
            groups: &groups,
        }
        .draw()
        .to_string();
        assert!(!svg.contains("NaN"), "{svg}");
    }
}
