//! Panels in rows under a title.

use super::drawn::Picture;
use super::panel::PANEL;
use super::style::STYLE;
use crate::chart::{Anchor, Drawing};

const MARGIN: f64 = 18.0;
const HEAD: f64 = 48.0;
const FOOT: f64 = 14.0;
/// Height of a line of the footer, and the width of a sign in it, on average.
const FOOT_LINE: f64 = 14.0;
const FOOT_SIGN: f64 = 5.7;

/// What fills one place of a sheet.
pub(crate) trait SheetPanel {
    /// Draws itself at the origin.
    fn draw(&self, drawing: &mut Drawing);
}

/// Panels in rows, with a title above and a line about the conditions below.
pub(crate) struct Sheet<'a> {
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
    pub(crate) footer: &'a str,
    /// Panels in a row, if there are as many.
    pub(crate) columns: usize,
    pub(crate) panels: &'a [Box<dyn SheetPanel>],
}

impl Sheet<'_> {
    /// Draws the sheet.
    pub(crate) fn draw(&self) -> Picture {
        let columns = self.columns.min(self.panels.len()).max(1);
        let rows = self.panels.len().div_ceil(columns);
        let [width, height] = PANEL;
        let room = width * columns as f64;
        let footer = wrapped(self.footer, (room / FOOT_SIGN) as usize);
        let size = [
            room + 2.0 * MARGIN,
            HEAD + height * rows as f64 + FOOT_LINE * footer.len() as f64 + FOOT,
        ];
        let mut drawing = Drawing::standalone(size, self.title, self.description, STYLE);
        drawing.text("headline", [MARGIN, 29.0], Anchor::Start, self.title);
        for (position, panel) in self.panels.iter().enumerate() {
            let x = MARGIN + width * (position % columns) as f64;
            let y = HEAD + height * (position / columns) as f64;
            drawing.open(format_args!(r#"transform="translate({x} {y})""#));
            panel.draw(&mut drawing);
            drawing.close();
        }
        for (line, text) in footer.iter().rev().enumerate() {
            let y = size[1] - 12.0 - FOOT_LINE * line as f64;
            drawing.text("footer", [MARGIN, y], Anchor::Start, text);
        }
        Picture::new(&drawing.finish())
    }
}

/// A text in lines of at most so many signs, broken between words.
pub(crate) fn wrapped(text: &str, signs: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= signs => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_broken_between_words() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("incomprehensible", 7), ["incomprehensible"]);
    }
}
