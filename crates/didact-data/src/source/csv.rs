//! Numbers separated by commas, semicolons or tabs, one sample a row.

use std::collections::BTreeMap;
use std::path::Path;

use crate::bad_item::{BadItem, BadReason, Place};
use crate::draft::{Columns, Counting, Draft, DraftLabels, DraftValues, Fault, Ids, RawLabel};
use crate::error::DataError;
use crate::format::Format;
use crate::options::OpenOptions;
use crate::source::files::read_file;
use crate::source::text;

/// Where the labels are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Labels {
    /// In a column called `label`, `target` or `class`, otherwise in the last one.
    Inside,
    /// In a file of their own; a column called so is no feature all the same.
    Elsewhere,
}

impl Labels {
    pub(crate) fn of(options: &OpenOptions) -> Self {
        if options.labels.is_some() {
            Self::Elsewhere
        } else {
            Self::Inside
        }
    }
}

/// Reads a table. A column called `id`, or without a name as pandas writes its index, is no feature.
pub(crate) fn read(path: &Path, labels: Labels) -> Result<Draft, DataError> {
    let bytes = read_file(path)?;
    let mut rows = text::Rows::new(&bytes, path)?.peekable();
    let first = match rows.peek() {
        Some(Ok(row)) => row.fields(),
        _ => Vec::new(),
    };
    let layout = Layout::find(&first, labels);
    if layout.header {
        rows.next();
    }
    let mut table = Table::new(path, layout, first.len());
    for row in rows {
        table.add(&row?);
    }
    table.into_draft()
}

/// Which column is what.
struct Layout {
    header: bool,
    label: Option<usize>,
    features: Vec<usize>,
    names: Vec<String>,
}

impl Layout {
    fn find(first: &[String], labels: Labels) -> Self {
        let named = text::label_column(first, text::Purpose::Given);
        let numbers = first.iter().filter(|field| field.parse::<f32>().is_ok()).count();
        let header = named.is_some() || numbers == 0;
        let last = (labels == Labels::Inside).then(|| first.len().saturating_sub(1));
        let label = named.or(last);
        let skipped =
            |column: usize| header && (first[column].is_empty() || first[column].eq_ignore_ascii_case("id"));
        let features: Vec<usize> = (0..first.len())
            .filter(|column| Some(*column) != label && !skipped(*column))
            .collect();
        let name = |column: &usize| {
            if header {
                first[*column].clone()
            } else {
                column.to_string()
            }
        };
        let names = features.iter().map(name).collect();
        Self {
            header,
            label: if labels == Labels::Inside { label } else { None },
            features,
            names,
        }
    }
}

/// The samples read so far.
struct Table<'a> {
    path: &'a Path,
    layout: Layout,
    fields: usize,
    values: Vec<f32>,
    labels: Vec<RawLabel>,
    lines: Vec<u64>,
    faults: Vec<Fault>,
    /// In how many rows each feature is no number, and the last such field.
    texts: Vec<(usize, String)>,
}

impl<'a> Table<'a> {
    fn new(path: &'a Path, layout: Layout, fields: usize) -> Self {
        let texts = vec![(0, String::new()); layout.features.len()];
        Self {
            path,
            layout,
            fields,
            values: vec![],
            labels: vec![],
            lines: vec![],
            faults: vec![],
            texts,
        }
    }

    fn add(&mut self, row: &text::Row) {
        let mut reason = (row.len() != self.fields).then(|| BadReason::FieldCount {
            expected: self.fields,
            found: row.len(),
        });
        for (feature, column) in self.layout.features.iter().enumerate() {
            let field = row.field(*column);
            let value = field.parse::<f32>();
            self.values.push(*value.as_ref().unwrap_or(&0.0));
            if value.is_err() {
                self.texts[feature].0 += 1;
                field.clone_into(&mut self.texts[feature].1);
                let column = || self.layout.names[feature].clone();
                reason.get_or_insert_with(|| BadReason::NotANumber {
                    column: column(),
                    found: field.to_owned(),
                });
            }
        }
        if let Some(reason) = reason {
            self.faults
                .push(fault(self.path, self.lines.len(), row.line(), reason));
        }
        let label = self
            .layout
            .label
            .map(|column| RawLabel::from_text(row.field(column)));
        self.labels.push(label.unwrap_or(RawLabel::Missing));
        self.lines.push(row.line());
    }

    fn into_draft(self) -> Result<Draft, DataError> {
        let path = self.path.to_owned();
        if self.values.is_empty() {
            return Err(DataError::Empty {
                path,
                expected: "rows of features",
            });
        }
        self.check_columns()?;
        let counting = Counting::Lines(self.lines);
        let (file, values) = (path.clone(), self.labels);
        let labels = DraftLabels {
            file,
            values,
            counting: counting.clone(),
            names: None,
        };
        Ok(Draft {
            format: Format::Csv,
            ids: Ids::Rows(self.values.len() / self.layout.features.len()),
            labels: self.layout.label.map(|_| labels),
            values: DraftValues::Features {
                values: self.values,
                columns: Columns::Named(self.layout.names),
            },
            file: path,
            counting,
            faults: self.faults,
            ignored: BTreeMap::new(),
        })
    }

    /// A column without a single number is no feature, rather than a bad item a row.
    fn check_columns(&self) -> Result<(), DataError> {
        let text_only = |(texts, _): &(usize, String)| *texts == self.lines.len();
        match self.texts.iter().position(text_only) {
            None => Ok(()),
            Some(feature) => Err(DataError::TextColumn {
                path: self.path.to_owned(),
                column: self.layout.names[feature].clone(),
                found: self.texts[feature].1.clone(),
            }),
        }
    }
}

fn fault(path: &Path, row: usize, line: u64, reason: BadReason) -> Fault {
    let item = BadItem {
        file: path.display().to_string(),
        place: Some(Place::Line(line)),
        reason,
    };
    Fault { row: Some(row), item }
}
