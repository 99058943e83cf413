//! Samples that cannot be used, and why.

use std::fmt::{self, Write as _};

use serde::Serialize;

/// One sample, or one row of a label file, that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BadItem {
    /// The file that is wrong.
    pub file: String,
    /// Where in the file: a zero-based row of an array or table, or a one-based line of a text file.
    pub place: Option<Place>,
    /// What is wrong.
    pub reason: BadReason,
}

/// Where in a file something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// A row of an array or table, the first being 0.
    Row(u64),
    /// A line of a text file, the first being 1, as editors count.
    Line(u64),
}

/// Why a sample cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BadReason {
    /// The bytes are no image, or break off.
    UnreadableImage {
        /// What the decoder said.
        message: String,
    },
    /// The header promises more pixels than any sensible image has.
    ImageTooLarge {
        /// Columns, in pixels.
        width: u32,
        /// Rows, in pixels.
        height: u32,
    },
    /// The label is not one of the classes.
    LabelOutOfRange {
        /// The label in the file.
        found: i64,
        /// How many classes there are; labels are `0..classes`.
        classes: usize,
    },
    /// The label names none of the classes.
    UnknownClass {
        /// The name in the file.
        name: String,
        /// How many classes there are.
        classes: usize,
    },
    /// There is no label for a sample.
    MissingLabel {
        /// The sample's id.
        sample: String,
    },
    /// A label file names a file that is not in the data.
    UnknownFile {
        /// The name in the label file.
        name: String,
    },
    /// A label file names a file twice.
    RepeatedFile {
        /// The name in the label file.
        name: String,
    },
    /// A feature is not a finite number.
    NotANumber {
        /// The column, by name or number.
        column: String,
        /// What is there.
        found: String,
    },
    /// A row of a table has more or fewer fields than the others.
    FieldCount {
        /// Fields of the first row.
        expected: usize,
        /// Fields of this row.
        found: usize,
    },
}

impl fmt::Display for BadItem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.file)?;
        if let Some(place) = self.place {
            write!(formatter, ", {place}")?;
        }
        write!(formatter, ": {}", self.reason)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row(row) => write!(formatter, "row {row}"),
            Self::Line(line) => write!(formatter, "line {line}"),
        }
    }
}

impl fmt::Display for BadReason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnreadableImage { message } => write!(formatter, "unreadable image ({message})"),
            Self::ImageTooLarge { width, height } => {
                write!(
                    formatter,
                    "image of {width} x {height} pixels is beyond the limit"
                )
            }
            Self::LabelOutOfRange { found, classes } => {
                write!(formatter, "label {found} is not in 0..{classes}")
            }
            Self::UnknownClass { name, classes } => {
                write!(formatter, "`{name}` is none of the {classes} classes")
            }
            Self::MissingLabel { sample } => write!(formatter, "no label for `{sample}`"),
            Self::UnknownFile { name } => write!(formatter, "`{name}` is not in the data"),
            Self::RepeatedFile { name } => write!(formatter, "`{name}` has a label already"),
            Self::NotANumber { column, found } => {
                write!(formatter, "column {column} holds `{found}`, not a finite number")
            }
            Self::FieldCount { expected, found } => write!(formatter, "{found} fields instead of {expected}"),
        }
    }
}

/// `1 bad item`, `2 bad items`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// The first bad items, a line each, and how many more there are.
pub(crate) fn listed(first: &[BadItem], count: usize) -> String {
    let mut text = String::new();
    for item in first {
        let _ = write!(text, "\n  {item}");
    }
    if count > first.len() {
        let _ = write!(text, "\n  and {} more", count - first.len());
    }
    text
}
