//! A panel of a function of two numbers: bands of colour, contour lines and a scale.

use std::fmt::Write as _;

use super::color::height_color;
use super::contour::contour;
use super::panel::Panel;
use super::sheet::SheetPanel;
use crate::chart::{Anchor, Axis, Drawing};

/// Points of the grid along each axis.
const POINTS: usize = 65;
const ROOM: f64 = 76.0;
/// Bands of colour: enough to look smooth, few enough for a small file.
const BANDS: usize = 16;

/// A function of two numbers on a grid, `[row, column]`, the first row at the least height of the vertical axis.
#[derive(Debug)]
pub(crate) struct Surface(Vec<Vec<f64>>);

impl Surface {
    /// The values of `function` of a horizontal and a vertical number.
    pub(crate) fn of([x, y]: [&Axis; 2], function: impl Fn(f64, f64) -> f64) -> Self {
        let along = |axis: &Axis, point: usize| {
            axis.least + (axis.greatest - axis.least) * point as f64 / (POINTS - 1) as f64
        };
        let row = |row| {
            (0..POINTS)
                .map(|column| function(along(x, column), along(y, row)))
                .collect()
        };
        Self((0..POINTS).map(row).collect())
    }

    /// All values.
    pub(crate) fn values(&self) -> impl Iterator<Item = f64> {
        self.0.iter().flatten().copied()
    }
}

impl Surface {
    /// Draws it in bands of colour within left, right, top and bottom; `ends` are the heights of the lowest and the
    /// highest colour.
    ///
    /// Neighbours of the same band in a row become one rectangle, and a band one path.
    pub(crate) fn draw_bands(
        &self,
        drawing: &mut Drawing,
        [left, right, top, bottom]: [f64; 4],
        ends: [f64; 2],
    ) {
        let levels = levels(ends);
        let step = [
            (right - left) / (POINTS - 1) as f64,
            (bottom - top) / (POINTS - 1) as f64,
        ];
        let mut paths = vec![String::new(); BANDS];
        for (row, values) in self.0.iter().enumerate() {
            let y = (bottom - (row as f64 + 0.5) * step[1]).max(top);
            let height = (bottom - (row as f64 - 0.5) * step[1]).min(bottom) - y;
            for (from, to, band) in runs(values, &levels) {
                let x = (left + (from as f64 - 0.5) * step[0]).max(left);
                let end = (left + (to as f64 + 0.5) * step[0]).min(right);
                let width = end - x;
                let _ = write!(paths[band], "M{x:.1} {y:.2}h{width:.1}v{height:.2}h-{width:.1}z");
            }
        }
        for (band, path) in paths.iter().enumerate().filter(|(_, path)| !path.is_empty()) {
            let color = height_color((band as f64 + 0.5) / BANDS as f64);
            // A hair of stroke closes the seams between rows.
            drawing.element(
                "path",
                format_args!(r#"fill="{color}" stroke="{color}" stroke-width=".4" d="{path}""#),
            );
        }
    }

    /// The lines on which it has one of the levels, as the data of an SVG path within left, right, top and bottom.
    pub(crate) fn contours(&self, [left, right, top, bottom]: [f64; 4], levels: &[f64]) -> String {
        let cells = (POINTS - 1) as f64;
        let mut path = String::new();
        for segment in levels.iter().flat_map(|&level| contour(&self.0, level)) {
            let [[x1, y1], [x2, y2]] = segment.map(|[column, row]| {
                [
                    left + (right - left) * column / cells,
                    bottom - (bottom - top) * row / cells,
                ]
            });
            let _ = write!(path, "M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}");
        }
        path
    }
}

/// Draws which colour is which height: a bar from top to bottom at `x`, with the axis's name above.
pub(crate) fn draw_scale(drawing: &mut Drawing, scale: &Axis, [x, top, bottom]: [f64; 3]) {
    let height = (bottom - top) / BANDS as f64;
    for band in 0..BANDS {
        let y = bottom - height * (band + 1) as f64;
        let color = height_color((band as f64 + 0.5) / BANDS as f64);
        drawing.element(
            "rect",
            format_args!(r#"x="{x:.1}" y="{y:.2}" width="12" height="{height:.2}" fill="{color}""#),
        );
    }
    for &tick in &scale.ticks {
        let y = bottom - (bottom - top) * scale.position(tick);
        let text = scale.tick_text(tick);
        drawing.text("tick", [x + 17.0, y + 3.5], Anchor::Start, &text);
    }
    drawing.text("quiet", [x - 4.0, top - 12.0], Anchor::Start, &scale.name);
}

/// A surface over two axes, in bands of colour from one end of `scale` to the other.
#[derive(Debug)]
pub(crate) struct SurfacePanel {
    pub(crate) title: String,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
    pub(crate) scale: Axis,
    pub(crate) surface: Surface,
    /// A line to draw over it.
    pub(crate) ridge: Option<Vec<[f64; 2]>>,
}

impl SheetPanel for SurfacePanel {
    fn draw(&self, drawing: &mut Drawing) {
        let panel = Panel::new(&self.title, [&self.x, &self.y], ROOM);
        panel.draw(drawing);
        let edges = panel.edges();
        let ends = [self.scale.least, self.scale.greatest];
        self.surface.draw_bands(drawing, edges, ends);
        let path = self.surface.contours(edges, &levels(ends)[1..BANDS]);
        drawing.element("path", format_args!(r#"class="contour" d="{path}""#));
        let [left, right, top, bottom] = edges;
        draw_scale(drawing, &self.scale, [right + 16.0, top, bottom]);
        drawing.rectangle("edge", [left, top], [right - left, bottom - top]);
        if let Some(points) = &self.ridge {
            draw_ridge(drawing, &panel, points);
        }
    }
}

/// The ends of the bands.
fn levels([least, greatest]: [f64; 2]) -> Vec<f64> {
    (0..=BANDS)
        .map(|level| least + (greatest - least) * level as f64 / BANDS as f64)
        .collect()
}

/// Stretches of a row that lie in the same band: first and last column, and the band.
fn runs(values: &[f64], levels: &[f64]) -> Vec<(usize, usize, usize)> {
    let band = |value: f64| {
        let above = levels.iter().filter(|level| value >= **level).count();
        above.saturating_sub(1).min(levels.len() - 2)
    };
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    for (column, &value) in values.iter().enumerate() {
        match runs.last_mut() {
            Some((_, to, last)) if *last == band(value) => *to = column,
            _ => runs.push((column, column, band(value))),
        }
    }
    runs
}

fn draw_ridge(drawing: &mut Drawing, panel: &Panel<'_>, points: &[[f64; 2]]) {
    let mut path = String::new();
    for &point in points {
        let [x, y] = panel.place(point);
        let _ = write!(path, "{}{x:.1} {y:.1}", if path.is_empty() { 'M' } else { 'L' });
    }
    drawing.element("path", format_args!(r#"class="halo" d="{path}""#));
    drawing.element("path", format_args!(r#"class="best" d="{path}""#));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_of_a_band_are_one_stretch() {
        assert_eq!(
            runs(&[0.0, 0.4, 1.0, 2.0, 0.2], &[0.0, 1.0, 2.0]),
            [(0, 1, 0), (2, 3, 1), (4, 4, 0)]
        );
    }
}
