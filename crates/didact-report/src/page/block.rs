//! One block of a section.

use askama::Template;

use super::gallery::Gallery;
use super::table::Table;
use crate::chart::Svg;

/// One block of a section. Its template escapes every text.
#[derive(Debug, Template)]
#[template(path = "block.html")]
pub(crate) enum Block {
    /// Running text.
    Paragraph(String),
    /// Something to know before reading on.
    Note(String),
    /// The name of what follows, such as a run's.
    Heading(String),
    /// The figures a person looks for first.
    Cards(Vec<Card>),
    /// Pictures side by side where there is room.
    Figures(Vec<Figure>),
    /// Rows and columns.
    Table(Table),
    /// Samples to look at.
    Gallery(Gallery),
    /// A file as it is.
    Code(String),
    /// Blocks that are closed on the screen until asked for, and perhaps open in print.
    Folded {
        title: String,
        printed: Printed,
        blocks: Vec<Self>,
    },
}

/// What becomes of a folded block on paper, where nobody can open it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Printed {
    /// It is opened.
    Open,
    /// It stays closed: a row for every epoch would be pages of numbers.
    Closed,
}

impl Printed {
    /// The class in the style sheet.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Open => "printed-open",
            Self::Closed => "printed-closed",
        }
    }
}

/// A figure in large type.
#[derive(Debug)]
pub(crate) struct Card {
    /// Whose figure.
    pub(crate) title: String,
    pub(crate) figure: String,
    /// What the figure is.
    pub(crate) label: String,
    /// What else to know.
    pub(crate) detail: String,
}

/// A chart with its title and what it shows.
#[derive(Debug)]
pub(crate) struct Figure {
    pub(crate) title: String,
    pub(crate) chart: Svg,
    /// May be empty.
    pub(crate) caption: String,
}
