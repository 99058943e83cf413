//! The picture of one mentor or several.

use super::course::course_panel;
use super::key::{IMPOSSIBLE, Key};
use super::maps::MentorMaps;
use super::profile::profile_panel;
use super::reach::Reach;
use super::tile::{MAP_STYLE, Tile};
use crate::chart::{Anchor, Drawing, shortened};
use crate::number::figure;
use crate::picture::{PANEL, Picture, STYLE, SheetPanel};

const MARGIN: f64 = 18.0;
const HEAD: f64 = 48.0;
/// Panels of curves in a row.
const PANELS: usize = 3;
/// Maps in a row, at least and at most.
const LEAST_TILES: usize = 3;
const MOST_TILES: usize = 7;
/// The line above a row of maps that says whose they are.
const CAPTION: f64 = 26.0;
/// Height of a map against its width.
const ASPECT: f64 = 0.86;

/// Draws what mentors make of a sample: its weight over difference and loss, a map for each percent of the run, and as
/// curves at a middle loss.
///
/// Maps of the same percents stand below one another, so that mentors can be compared. All are to be of one view. `None` if
/// there is nothing to draw.
pub fn draw_mentors(mentors: &[MentorMaps]) -> Option<Picture> {
    let layout = Layout::of(mentors)?;
    let style = format!("{STYLE}{MAP_STYLE}");
    let title = title(mentors);
    let mut drawing = Drawing::standalone(layout.size(), &title, &description(mentors), &style);
    drawing.text("headline", [MARGIN, 29.0], Anchor::Start, &title);
    layout.draw_panels(&mut drawing);
    layout.draw_maps(&mut drawing);
    Some(Picture::new(&drawing.finish()))
}

/// What stands where.
struct Layout<'a> {
    mentors: &'a [MentorMaps],
    /// What stands above the maps.
    panels: Vec<Box<dyn SheetPanel>>,
    /// Maps of each mentor.
    maps: usize,
    /// Maps in a row.
    columns: usize,
    /// Size of a map.
    tile: [f64; 2],
}

impl<'a> Layout<'a> {
    fn of(mentors: &'a [MentorMaps]) -> Option<Self> {
        let maps = mentors.first()?.surfaces().count();
        let columns = maps.clamp(LEAST_TILES, MOST_TILES);
        let width = PANEL[0] * PANELS as f64 / columns as f64;
        (maps > 0).then_some(Self {
            mentors,
            panels: panels(mentors),
            maps,
            columns,
            tile: [width, width * ASPECT],
        })
    }

    /// The upper end of the maps.
    fn maps_top(&self) -> f64 {
        HEAD + PANEL[1] * self.panels.len().div_ceil(PANELS) as f64
    }

    fn row_height(&self) -> f64 {
        CAPTION + self.tile[1]
    }

    fn size(&self) -> [f64; 2] {
        let rows = self.maps.div_ceil(self.columns) * self.mentors.len();
        [
            PANEL[0] * PANELS as f64 + 2.0 * MARGIN,
            self.maps_top() + self.row_height() * rows as f64 + MARGIN,
        ]
    }

    fn draw_panels(&self, drawing: &mut Drawing) {
        for (position, panel) in self.panels.iter().enumerate() {
            let x = MARGIN + PANEL[0] * (position % PANELS) as f64;
            let y = HEAD + PANEL[1] * (position / PANELS) as f64;
            at(drawing, [x, y], |drawing| panel.draw(drawing));
        }
    }

    /// Rows of maps, mentor below mentor.
    fn draw_maps(&self, drawing: &mut Drawing) {
        for (number, maps) in self.mentors.iter().enumerate() {
            let tile = Tile::new(maps, self.tile);
            for (position, (percent, surface)) in maps.surfaces().enumerate() {
                let row = position / self.columns * self.mentors.len() + number;
                let column = position % self.columns;
                let y = self.maps_top() + self.row_height() * row as f64;
                if column == 0 {
                    let text = caption(maps, position);
                    drawing.text("panel-title", [MARGIN + 4.0, y + 17.0], Anchor::Start, &text);
                }
                let x = MARGIN + self.tile[0] * column as f64;
                let title = format!("{percent} % of the run");
                at(drawing, [x, y + CAPTION], |drawing| {
                    tile.draw(drawing, &title, surface);
                });
            }
        }
    }
}

/// The curves of each mentor, of a single one those over the run too, then the key.
fn panels(mentors: &[MentorMaps]) -> Vec<Box<dyn SheetPanel>> {
    let mut panels: Vec<Box<dyn SheetPanel>> = Vec::new();
    for maps in mentors {
        panels.push(Box::new(profile_panel(maps)));
    }
    if let [single] = mentors {
        panels.push(Box::new(course_panel(single)));
    }
    let goes_beyond = mentors.iter().any(|maps| !Reach::of(maps).is_whole());
    panels.push(Box::new(Key { goes_beyond }));
    panels
}

fn at(drawing: &mut Drawing, [x, y]: [f64; 2], draw: impl FnOnce(&mut Drawing)) {
    drawing.open(format_args!(r#"transform="translate({x:.1} {y:.1})""#));
    draw(drawing);
    drawing.close();
}

/// Whose maps these are; above the first of them also what the mentor was taught.
fn caption(maps: &MentorMaps, position: usize) -> String {
    let name = shortened(maps.name(), 60);
    if position == 0 {
        format!("{name}: {}", maps.taught())
    } else {
        name
    }
}

pub(super) fn title(mentors: &[MentorMaps]) -> String {
    match mentors {
        [single] => format!(
            "How much a sample counts, by the mentor {}",
            shortened(single.name(), 60)
        ),
        several => format!("How much a sample counts, by {} mentors", several.len()),
    }
}

/// The picture in words, for those who do not see it.
fn description(mentors: &[MentorMaps]) -> String {
    let each = mentors.iter().map(|maps| {
        let half = maps.view().loss_bound / 2.0;
        let weights = maps.view().percents.iter().map(|&percent| {
            let [easy, hard] = [-half, half].map(|difference| maps.weight([difference, half], percent));
            format!(
                "at {percent} % {} and {}",
                figure(f64::from(easy)),
                figure(f64::from(hard))
            )
        });
        format!(
            "{}, {}; weight of a loss of {} that lies {} below and above the moving percentile: {}.",
            maps.name(),
            maps.taught(),
            figure(half),
            figure(half),
            weights.collect::<Vec<_>>().join(", ")
        )
    });
    format!("{} Hatched: {IMPOSSIBLE}.", each.collect::<Vec<_>>().join(" "))
}
