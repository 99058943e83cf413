//! Text tables: rows of fields with the lines they stand on.

use std::path::Path;

use crate::error::DataError;
use crate::source::files::malformed;

/// All rows of a text table.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) rows: Vec<Row>,
    /// The first line that is empty although others follow; such lines make no row.
    pub(crate) empty_line: Option<u64>,
}

/// One row, without the blanks around its fields.
#[derive(Debug)]
pub(crate) struct Row {
    /// The line it begins on, the first being 1.
    pub(crate) line: u64,
    pub(crate) fields: Vec<String>,
}

/// Takes text apart at the commas, semicolons or tabs that its first line has most of.
pub(crate) fn parse(bytes: &[u8], path: &Path) -> Result<Table, DataError> {
    let text = checked(bytes, path)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| malformed(path, error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(Row { line, fields: record.iter().map(str::to_owned).collect() });
    }
    Ok(Table { rows, empty_line: empty_line(text) })
}

/// Whether bytes can be the start of a text table; the last character may be cut.
pub(crate) fn is_text(start: &[u8]) -> bool {
    let whole = match std::str::from_utf8(start) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    whole && !start.is_empty() && !start.contains(&0)
}

fn checked<'a>(bytes: &'a [u8], path: &Path) -> Result<&'a str, DataError> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
    let text = text.ok_or_else(|| malformed(path, "it is not UTF-8 text"))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |delimiter: u8| first.bytes().filter(|byte| *byte == delimiter).count();
    // The last of equals wins, so that a line without any is split at commas.
    [b';', b'\t', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

fn empty_line(text: &str) -> Option<u64> {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines.iter().position(|line| line.trim().is_empty()).map(|line| line as u64 + 1)
}
