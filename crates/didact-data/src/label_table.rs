//! A label file as rows, before it is matched to samples.

use std::path::Path;

use crate::draft::{Counting, RawLabel};
use crate::error::DataError;
use crate::source::files::{malformed, peek, read_file};
use crate::source::{idx, text};

/// Names of a column of labels, the most wanted first.
const LABEL_COLUMNS: [&str; 9] =
    ["corrected_label", "label", "labels", "given_label", "class", "target", "category", "fine_label", "y"];
/// Names of a column of files or row numbers.
const FILE_COLUMNS: [&str; 9] = ["id", "file", "filename", "file_name", "path", "image", "image_id", "name", "row"];

/// What a label file says.
#[derive(Debug)]
pub(crate) enum LabelTable {
    /// One label a sample, in the samples' order.
    Rows { values: Vec<RawLabel>, counting: Counting },
    /// The name of a sample, its label, and the line.
    Named(Vec<(String, RawLabel, u64)>),
}

/// Reads a label file, whichever kind it is.
pub(crate) fn read_table(file: &Path) -> Result<LabelTable, DataError> {
    let start = peek(file, 16)?;
    if idx::is_idx(&start) {
        return Ok(LabelTable::Rows { values: idx::read_labels(file)?, counting: Counting::Rows });
    }
    let table = text::parse(&read_file(file)?, file)?;
    from_text(&table, file)
}

fn from_text(table: &text::Table, file: &Path) -> Result<LabelTable, DataError> {
    let Some(first) = table.rows.first() else {
        return Err(DataError::Empty { path: file.to_owned(), expected: "labels" });
    };
    let columns = Columns::find(&first.fields, &table.rows);
    let rows = &table.rows[usize::from(columns.header)..];
    let label = |row: &text::Row| row.fields.get(columns.label).map_or(RawLabel::Missing, |text| RawLabel::from_text(text));
    match columns.file {
        None => {
            if let Some(line) = table.empty_line {
                return Err(malformed(file, format!("line {line} is empty, so that later labels would shift")));
            }
            let lines = rows.iter().map(|row| row.line).collect();
            Ok(LabelTable::Rows { values: rows.iter().map(label).collect(), counting: Counting::Lines(lines) })
        }
        Some(column) => {
            let name = |row: &text::Row| row.fields.get(column).cloned().unwrap_or_default();
            Ok(LabelTable::Named(rows.iter().map(|row| (name(row), label(row), row.line)).collect()))
        }
    }
}

/// Which column is which.
struct Columns {
    header: bool,
    file: Option<usize>,
    label: usize,
}

impl Columns {
    fn find(first: &[String], rows: &[text::Row]) -> Self {
        let named = |names: &[&str]| {
            names.iter().find_map(|name| first.iter().position(|field| field.to_lowercase() == *name))
        };
        if let Some(label) = named(&LABEL_COLUMNS) {
            // pandas leaves the name of its index empty.
            let file = named(&FILE_COLUMNS).or_else(|| first.iter().position(String::is_empty));
            let other = (first.len() == 2).then_some(1 - label.min(1));
            return Self { header: true, file: file.or(other), label };
        }
        let label = first.len().min(2) - 1;
        let is_number = |row: &text::Row| {
            matches!(row.fields.get(label).map(|text| RawLabel::from_text(text)), Some(RawLabel::Number(_)))
        };
        let header = rows.len() > 1 && !is_number(&rows[0]) && rows[1..].iter().all(is_number);
        Self { header, file: (label == 1).then_some(0), label }
    }
}
