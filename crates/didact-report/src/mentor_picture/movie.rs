//! Mentors as an animation.

use super::key::{IMPOSSIBLE, UNTAUGHT, half_sample};
use super::maps::MentorMaps;
use super::reach::Reach;
use super::sheet::title;
use super::tile::{MAP_STYLE, Tile, draw_half, draw_veil};
use super::view::weight_axis;
use crate::animation::gif;
use crate::chart::{Anchor, Drawing, shortened};
use crate::error::ReportError;
use crate::picture::{Picture, STYLE, draw_scale, wrapped};

/// How long a frame stands, and how long the last one does, as published.
const MILLISECONDS: [u32; 2] = [500, 500];
const MARGIN: f64 = 14.0;
const HEAD: f64 = 70.0;
const FOOT: f64 = 60.0;
/// Width of a sign in the foot, on average, and height of a line.
const SIGN: f64 = 6.2;
const LINE: f64 = 15.0;
const TILE: [f64; 2] = [400.0, 340.0];
/// Room for the scale of weights.
const SCALE: f64 = 56.0;
/// Maps beside one another.
const COLUMNS: usize = 3;
/// Signs of a mentor's name that fit above its map.
const NAME_LENGTH: usize = 48;

/// Mentors as an animated GIF: a frame of half a second for each percent of the run, the mentors' maps beside one another.
///
/// All are to be of one view; of none, or of no percents, the GIF has no frames. The same mentors give the same bytes.
///
/// # Errors
///
/// [`ReportError::Pixels`], [`ReportError::Size`] and [`ReportError::Encoding`], none of which a mentor leads to.
pub fn animate_mentors(mentors: &[MentorMaps]) -> Result<Vec<u8>, ReportError> {
    let count = mentors.first().map_or(0, |maps| maps.surfaces().count());
    let frames = (0..count).map(|position| frame(mentors, position).pixels(1.0));
    gif(frames.collect::<Result<Vec<_>, _>>()?, MILLISECONDS)
}

fn frame(mentors: &[MentorMaps], position: usize) -> Picture {
    let columns = mentors.len().min(COLUMNS);
    let rows = mentors.len().div_ceil(COLUMNS);
    let [width, height] = [TILE[0] * columns as f64, TILE[1] * rows as f64];
    let size = [width + SCALE + 2.0 * MARGIN, HEAD + height + FOOT];
    let style = format!("{STYLE}{MAP_STYLE}");
    let title = title(mentors);
    let mut drawing = Drawing::standalone(size, &title, "", &style);
    let percent = mentors[0].view().percents[position];
    draw_head(&mut drawing, &title, percent, size[0]);
    for (number, maps) in mentors.iter().enumerate() {
        let Some((_, surface)) = maps.surfaces().nth(position) else {
            continue;
        };
        let x = MARGIN + TILE[0] * (number % COLUMNS) as f64;
        let y = HEAD + TILE[1] * (number / COLUMNS) as f64;
        drawing.open(format_args!(r#"transform="translate({x} {y})""#));
        let name = shortened(maps.name(), NAME_LENGTH);
        Tile::new(maps, TILE).draw(&mut drawing, &name, surface);
        drawing.close();
    }
    let scale = [MARGIN + width + 10.0, HEAD + 22.0, HEAD + TILE[1] - 34.0];
    draw_scale(&mut drawing, &weight_axis(), scale);
    draw_foot(&mut drawing, mentors, size);
    Picture::new(&drawing.finish())
}

/// How far the run has come, in words and as a bar.
fn draw_head(drawing: &mut Drawing, title: &str, percent: u32, width: f64) {
    drawing.text(
        "headline",
        [MARGIN, 26.0],
        Anchor::Start,
        &format!("{percent} % of the run"),
    );
    drawing.text("quiet", [MARGIN + 140.0, 26.0], Anchor::Start, title);
    let room = width - 2.0 * MARGIN;
    let done = room * f64::from(percent) / 100.0;
    for (color, length) in [("#e6e9ed", room), ("#00855f", done)] {
        drawing.element(
            "rect",
            format_args!(r#"x="{MARGIN}" y="38" width="{length:.1}" height="6" fill="{color}""#),
        );
    }
}

fn draw_foot(drawing: &mut Drawing, mentors: &[MentorMaps], [width, height]: [f64; 2]) {
    let y = height - FOOT + 14.0;
    draw_half(drawing, &half_sample([MARGIN + 2.0, y - 4.0]));
    drawing.text("label", [MARGIN + 32.0, y], Anchor::Start, "a weight of 0.5");
    let [left, bottom] = [MARGIN + 2.0, y + 24.0];
    drawing.rectangle("edge", [left, bottom - 16.0], [24.0, 16.0]);
    draw_veil(
        drawing,
        [
            [left, bottom],
            [left + 24.0, bottom],
            [left + 24.0, bottom - 16.0],
        ],
    );
    let signs = ((width - 2.0 * MARGIN - 32.0) / SIGN) as usize;
    for (line, text) in wrapped(IMPOSSIBLE, signs).iter().enumerate() {
        let y = y + 20.0 + LINE * line as f64;
        drawing.text("label", [MARGIN + 32.0, y], Anchor::Start, text);
    }
    if mentors.iter().any(|maps| !Reach::of(maps).is_whole()) {
        drawing.line("taught", [MARGIN + 148.0, y - 4.0], [MARGIN + 172.0, y - 4.0]);
        drawing.text("label", [MARGIN + 178.0, y], Anchor::Start, UNTAUGHT);
    }
}
