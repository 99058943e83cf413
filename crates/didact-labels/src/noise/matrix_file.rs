//! The rows of a CSV file, with their places in it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{LabelsError, MatrixPlace};

/// A CSV file, cell by cell; blank lines are left out.
#[derive(Debug)]
pub(super) struct MatrixFile {
    file: PathBuf,
    pub(super) rows: Vec<FileRow>,
}

/// One row of the file.
#[derive(Debug)]
pub(super) struct FileRow {
    /// The line that the row begins on, from 1.
    pub(super) line: usize,
    /// Its cells, without blanks around them.
    pub(super) cells: Vec<String>,
}

impl MatrixFile {
    pub(super) fn read(file: &Path) -> Result<Self, LabelsError> {
        let unreadable = |source| LabelsError::Unreadable {
            file: file.to_owned(),
            source,
        };
        let text = fs::read_to_string(file).map_err(unreadable)?;
        let lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty());
        let rows = lines.map(|(index, line)| {
            Ok(FileRow {
                line: index + 1,
                cells: split(line)?,
            })
        });
        let rows = rows
            .collect::<Result<_, csv::Error>>()
            .map_err(|error| unreadable(error.into()))?;
        Ok(Self {
            file: file.to_owned(),
            rows,
        })
    }

    /// The error that the file has a fault.
    pub(super) fn fault(
        &self,
        place: (Option<usize>, Option<usize>),
        expected: String,
        found: String,
    ) -> LabelsError {
        let (row, column) = place;
        let place = MatrixPlace {
            source: self.file.display().to_string(),
            row,
            column,
        };
        LabelsError::BadMatrix {
            place,
            expected,
            found,
        }
    }

    /// The number in a cell.
    pub(super) fn number(&self, row: &FileRow, column: usize) -> Result<f64, LabelsError> {
        let cell = &row.cells[column];
        cell.parse().map_err(|_| {
            self.fault(
                (Some(row.line), Some(column + 1)),
                "a probability in [0, 1]".to_owned(),
                format!("{cell:?}"),
            )
        })
    }

    /// A fault of a matrix that was read from `rows`, told as a fault of the file.
    pub(super) fn relocate(&self, error: LabelsError, rows: &[FileRow]) -> LabelsError {
        match error {
            LabelsError::BadMatrix {
                place,
                expected,
                found,
            } => {
                let line = place.row.map(|row| rows[row - 1].line);
                self.fault((line, place.column), expected, found)
            }
            other => other,
        }
    }
}

/// The cells of one line. Lines are split one by one because the csv crate does not count blank ones.
fn split(line: &str) -> Result<Vec<String>, csv::Error> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(line.as_bytes());
    let mut record = csv::StringRecord::new();
    reader.read_record(&mut record)?;
    Ok(record.iter().map(str::to_owned).collect())
}
