//! A label file by itself, without the data it belongs to.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use csv::{Reader, ReaderBuilder, StringRecord};
use didact_train::nearest_hint;

use crate::error::{Complaint, Result};
use crate::output::counted;

/// Names of a column of labels, as data have them.
const LABEL_COLUMNS: [&str; 9] = [
    "corrected_label",
    "label",
    "labels",
    "given_label",
    "class",
    "target",
    "category",
    "fine_label",
    "y",
];

/// One label a row, with the samples' ids: their files, or their row numbers from 0.
#[derive(Debug)]
pub(crate) struct LabelList {
    path: PathBuf,
    pub(crate) ids: Vec<String>,
    pub(crate) labels: Vec<Label>,
}

/// A label and the line it stands on.
#[derive(Debug)]
pub(crate) struct Label {
    pub(crate) text: String,
    line: u64,
}

impl LabelList {
    /// Reads a file with one label a row, or rows `file,label`; with or without a header.
    ///
    /// # Errors
    ///
    /// If it cannot be read, has no labels, or has rows of different lengths; with the line.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let reading = || format!("cannot read {}", path.display());
        let mut records: Vec<StringRecord> = reader(path)
            .with_context(reading)?
            .into_records()
            .collect::<std::result::Result<_, _>>()
            .with_context(reading)?;
        let label = records.first().map_or(0, label_column);
        let fields = records.first().map_or(0, StringRecord::len);
        if has_header(&records, label) {
            records.remove(0);
        }
        if records.is_empty() {
            return Err(Complaint::new(format!("{} holds no labels", path.display()), EXPECTED).into());
        }
        let mut list = Self {
            path: path.to_owned(),
            ids: Vec::new(),
            labels: Vec::new(),
        };
        records
            .iter()
            .try_for_each(|record| list.add(record, (label, fields)))?;
        Ok(list)
    }

    fn add(&mut self, record: &StringRecord, (column, fields): (usize, usize)) -> Result<()> {
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != fields {
            let what = format!(
                "{}, line {line}: {} instead of {fields}",
                self.path.display(),
                counted(record.len(), "field")
            );
            return Err(Complaint::new(what, EXPECTED).into());
        }
        let text = record.get(column).map(str::trim).filter(|text| !text.is_empty());
        let Some(text) = text else {
            return Err(Complaint::new(
                format!("{}, line {line}: no label", self.path.display()),
                EXPECTED,
            )
            .into());
        };
        let id = (record.len() > 1).then(|| record[usize::from(column == 0)].to_owned());
        self.ids.push(id.unwrap_or_else(|| self.labels.len().to_string()));
        self.labels.push(Label {
            text: text.to_owned(),
            line,
        });
        Ok(())
    }

    /// The classes as asked for (names separated by commas, or their number), or else those that occur: numbers up
    /// to the largest, or names in order.
    pub(crate) fn classes(&self, asked: Option<&str>) -> Vec<String> {
        let counted = |count: usize| (0..count).map(|class| class.to_string()).collect();
        if let Some(asked) = asked {
            return asked
                .parse()
                .map_or_else(|_| asked.split(',').map(str::to_owned).collect(), counted);
        }
        let numbers: Option<Vec<usize>> = self.labels.iter().map(|label| label.text.parse().ok()).collect();
        match numbers.and_then(|numbers| numbers.into_iter().max()) {
            Some(largest) if largest < self.labels.len() => counted(largest + 1),
            _ => self
                .labels
                .iter()
                .map(|label| label.text.clone())
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
        }
    }

    /// Each label as its position in the classes.
    ///
    /// # Errors
    ///
    /// The first label that is none of the classes, with its line and the nearest class.
    pub(crate) fn numbered(&self, classes: &[String]) -> Result<Vec<u32>> {
        let position = |label: &Label| {
            let found = classes.iter().position(|class| *class == label.text);
            found
                .map(|class| class as u32)
                .ok_or_else(|| self.unknown(label, classes).into())
        };
        self.labels.iter().map(position).collect()
    }

    fn unknown(&self, label: &Label, classes: &[String]) -> Complaint {
        let Label { text, line } = label;
        let known: Vec<String> = classes.iter().map(|class| format!("`{class}`")).collect();
        let what = format!(
            "{}, line {line}: `{text}` is none of the {} classes",
            self.path.display(),
            classes.len()
        );
        Complaint::with_hint(
            what,
            nearest_hint(&format!("unknown `{text}`, expected one of {}", known.join(", "))),
        )
    }
}

const EXPECTED: &str = "a label file has one label a row, or rows `file,label`";

fn reader(path: &Path) -> Result<Reader<File>> {
    let start = std::fs::read(path)?;
    let first = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .find(|delimiter| first.contains(delimiter))
        .unwrap_or(b',');
    Ok(ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_path(path)?)
}

/// The column of labels: as the first row names it, otherwise the second of several.
fn label_column(first: &StringRecord) -> usize {
    let named = |name: &str| LABEL_COLUMNS.contains(&name.trim().to_lowercase().as_str());
    first.iter().position(named).unwrap_or(first.len().min(2) - 1)
}

/// A first row that names the labels, or that is no number although all others are.
fn has_header(records: &[StringRecord], label: usize) -> bool {
    let is_number = |record: &StringRecord| {
        record
            .get(label)
            .is_some_and(|text| text.trim().parse::<i64>().is_ok())
    };
    let Some((first, others)) = records.split_first() else {
        return false;
    };
    let is_name = first
        .get(label)
        .is_some_and(|text| LABEL_COLUMNS.contains(&text.trim().to_lowercase().as_str()));
    is_name || (!is_number(first) && !others.is_empty() && others.iter().all(is_number))
}
