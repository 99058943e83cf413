//! How to read the maps.

use super::tile::{draw_half, draw_veil};
use super::view::weight_axis;
use crate::chart::{Anchor, Drawing};
use crate::picture::{SheetPanel, draw_scale, wrapped};

const ROW: f64 = 17.0;
/// Where the words begin.
const WORDS: f64 = 122.0;

const AXES: [&str; 5] = [
    "Across: loss minus the moving percentile of the",
    "batches' losses, the difference. Up: the loss.",
    "Right of 0 the loss is above the percentile.",
    "Each map: one moment of the run, in percent of",
    "its steps; MentorNet calls them epochs 0 to 99.",
];
pub(super) const IMPOSSIBLE: &str =
    "cannot occur: the moving percentile is not below 0, so the difference is at most the loss";

pub(super) const UNTAUGHT: &str = "beyond: the mentor was not taught it";

/// The scale of all maps, and what their signs mean.
pub(super) struct Key {
    /// Whether maps go beyond what a mentor was taught.
    pub(super) goes_beyond: bool,
}

impl SheetPanel for Key {
    fn draw(&self, drawing: &mut Drawing) {
        drawing.text("panel-title", [24.0, 15.0], Anchor::Start, "how to read the maps");
        draw_scale(drawing, &weight_axis(), [28.0, 48.0, 246.0]);
        draw_half(drawing, &half_sample([84.0, 52.0]));
        drawing.text(
            "label",
            [WORDS, 56.0],
            Anchor::Start,
            "a weight of 0.5; dotted among the curves",
        );
        drawing.rectangle("edge", [84.0, 69.0], [24.0, 18.0]);
        draw_veil(drawing, [[84.0, 87.0], [108.0, 87.0], [108.0, 69.0]]);
        let [what, why] = IMPOSSIBLE
            .split_once(": ")
            .map_or([IMPOSSIBLE, ""], |(what, why)| [what, why]);
        drawing.text("label", [WORDS, 82.0], Anchor::Start, what);
        let mut y = 82.0;
        for text in wrapped(why, 46) {
            y += ROW;
            drawing.text("quiet", [WORDS, y], Anchor::Start, &text);
        }
        y += 1.5 * ROW;
        if self.goes_beyond {
            drawing.line("taught", [84.0, y - 4.0], [108.0, y - 4.0]);
            drawing.text("label", [WORDS, y], Anchor::Start, UNTAUGHT);
            y += 1.5 * ROW;
        }
        for text in AXES {
            drawing.text("quiet", [WORDS, y], Anchor::Start, text);
            y += ROW;
        }
    }
}

/// A stretch of the line of weight one half.
pub(super) fn half_sample([x, y]: [f64; 2]) -> String {
    format!("M{x:.1} {y:.1}h24")
}
