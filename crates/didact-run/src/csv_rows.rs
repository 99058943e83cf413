//! Tables of a run as CSV.

use std::path::Path;

use crate::atomic::write_atomically;
use crate::error::RunError;

/// Writes a table with its heads.
///
/// # Errors
///
/// [`RunError::Write`].
pub fn write_rows<Row: AsRef<[String]>>(
    path: &Path,
    header: &[String],
    rows: impl IntoIterator<Item = Row>,
) -> Result<(), RunError> {
    write_atomically(path, |file| {
        let mut writer = csv::Writer::from_writer(file);
        writer.write_record(header)?;
        for row in rows {
            writer.write_record(row.as_ref())?;
        }
        writer.flush()
    })
}

/// Reads a table, without its heads.
///
/// # Errors
///
/// [`RunError::Malformed`] if it cannot be opened or is not CSV.
pub fn read_rows(path: &Path) -> Result<Vec<Vec<String>>, RunError> {
    let malformed = |error: csv::Error| RunError::malformed(path, "a table that didact wrote", error);
    let mut reader = csv::Reader::from_path(path).map_err(malformed)?;
    reader
        .records()
        .map(|record| Ok(record.map_err(malformed)?.iter().map(str::to_owned).collect()))
        .collect()
}
