//! A map of weights between its axes.

use std::fmt::Write as _;

use super::maps::MentorMaps;
use super::reach::Reach;
use super::view::weight_axis;
use crate::chart::{Anchor, Axis, Drawing};
use crate::picture::Surface;

/// Room around the plotting area: left, right, top and bottom.
const ROOM: [f64; 4] = [40.0, 10.0, 22.0, 34.0];
/// Lines of the hatching.
const HATCHES: u32 = 7;
/// The weight whose line is drawn.
pub(super) const HALF: f64 = 0.5;

/// What maps need beside the usual style sheet.
pub(super) const MAP_STYLE: &str = "\
.half{fill:none;stroke:#1b1f24;stroke-width:1.2}\
.half-ground{fill:none;stroke:#ffffff;stroke-width:2.4}\
.taught{fill:none;stroke:#d7263d;stroke-width:1.3;stroke-dasharray:5 3}\
.veil{fill:#ffffff;fill-opacity:.78}\
.hatch{fill:none;stroke:#59636e;stroke-opacity:.75;stroke-width:.7}";

/// Maps of one mentor and one size.
#[derive(Debug)]
pub(super) struct Tile {
    x: Axis,
    y: Axis,
    reach: Reach,
    /// The whole tile.
    size: [f64; 2],
}

impl Tile {
    pub(super) fn new(maps: &MentorMaps, size: [f64; 2]) -> Self {
        Self {
            x: maps.view().difference_axis(),
            y: maps.view().loss_axis(),
            reach: Reach::of(maps),
            size,
        }
    }

    /// Draws a map at the origin.
    pub(super) fn draw(&self, drawing: &mut Drawing, title: &str, surface: &Surface) {
        let edges = self.edges();
        let [left, right, top, bottom] = edges;
        let scale = weight_axis();
        surface.draw_bands(drawing, edges, [scale.least, scale.greatest]);
        draw_half(drawing, &surface.contours(edges, &[HALF]));
        self.draw_impossible(drawing);
        self.draw_reach(drawing);
        drawing.rectangle("edge", [left, top], [right - left, bottom - top]);
        drawing.text("panel-title", [left, top - 7.0], Anchor::Start, title);
        self.draw_axes(drawing);
    }

    /// Left, right, top and bottom of the plotting area.
    pub(super) fn edges(&self) -> [f64; 4] {
        let [left, right, top, bottom] = ROOM;
        [left, self.size[0] - right, top, self.size[1] - bottom]
    }

    fn draw_axes(&self, drawing: &mut Drawing) {
        let [left, right, top, bottom] = self.edges();
        for &tick in &self.x.ticks {
            let x = left + (right - left) * self.x.position(tick);
            drawing.line("axis", [x, bottom], [x, bottom + 3.0]);
            drawing.text(
                "tick",
                [x, bottom + 13.0],
                Anchor::Middle,
                &self.x.tick_text(tick),
            );
        }
        for &tick in &self.y.ticks {
            let y = bottom - (bottom - top) * self.y.position(tick);
            drawing.line("axis", [left - 3.0, y], [left, y]);
            drawing.text(
                "tick",
                [left - 6.0, y + 3.5],
                Anchor::End,
                &self.y.tick_text(tick),
            );
        }
        let [across, up] = [f64::midpoint(left, right), f64::midpoint(top, bottom)];
        drawing.text("tick", [across, bottom + 26.0], Anchor::Middle, &self.x.name);
        drawing.upright_text("tick", [11.0, up], Anchor::Middle, &self.y.name);
    }

    /// Marks how far the mentor was taught.
    fn draw_reach(&self, drawing: &mut Drawing) {
        let [left, right, top, bottom] = self.edges();
        for &difference in &self.reach.differences {
            let x = left + (right - left) * self.x.position(difference);
            drawing.line("taught", [x, top], [x, bottom]);
        }
        for &loss in &self.reach.losses {
            let y = bottom - (bottom - top) * self.y.position(loss);
            drawing.line("taught", [left, y], [right, y]);
        }
    }

    /// Veils what is right of the line on which difference and loss are alike.
    fn draw_impossible(&self, drawing: &mut Drawing) {
        let [left, right, top, bottom] = self.edges();
        let zero = left + (right - left) * self.x.position(0.0);
        draw_veil(drawing, [[zero, bottom], [right, bottom], [right, top]]);
    }
}

/// Draws the line of weight one half, light and dark, so that it shows on any colour.
pub(super) fn draw_half(drawing: &mut Drawing, path: &str) {
    if path.is_empty() {
        return;
    }
    for class in ["half-ground", "half"] {
        drawing.element("path", format_args!(r#"class="{class}" d="{path}""#));
    }
}

/// Veils and hatches a triangle; the hatching runs along the side from its first to its last corner.
pub(super) fn draw_veil(drawing: &mut Drawing, [first, middle, last]: [[f64; 2]; 3]) {
    let corners = [first, middle, last].map(|[x, y]| format!("{x:.1},{y:.1}"));
    drawing.element(
        "polygon",
        format_args!(r#"class="veil" points="{}""#, corners.join(" ")),
    );
    let mut path = String::new();
    for hatch in 0..HATCHES {
        let share = f64::from(hatch) / f64::from(HATCHES);
        let towards_middle = |[x, y]: [f64; 2]| [x + (middle[0] - x) * share, y + (middle[1] - y) * share];
        let [[x1, y1], [x2, y2]] = [towards_middle(first), towards_middle(last)];
        let _ = write!(path, "M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}");
    }
    drawing.element("path", format_args!(r#"class="hatch" d="{path}""#));
}
