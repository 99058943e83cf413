//! The tables of a run that have one row an epoch.

use std::path::Path;

use didact_run::{EpochMetrics, EpochTiming, RunError, RunFolder, read_rows};

/// The rows of `metrics.csv`; none if there is no such file yet.
pub(crate) fn metrics_of(folder: &RunFolder) -> Result<Vec<EpochMetrics>, RunError> {
    rows_of(&folder.metrics(), EpochMetrics::from_cells)
}

/// The rows of `timings.csv`; none if there is no such file.
pub(crate) fn timings_of(folder: &RunFolder) -> Result<Vec<EpochTiming>, RunError> {
    rows_of(&folder.timings(), EpochTiming::from_cells)
}

fn rows_of<Row>(path: &Path, parse: fn(&[String]) -> Result<Row, String>) -> Result<Vec<Row>, RunError> {
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let malformed = |found| RunError::Malformed {
        path: path.to_owned(),
        expected: "a table that didact wrote",
        found,
    };
    let rows = read_rows(path)?;
    rows.iter().map(|cells| parse(cells).map_err(malformed)).collect()
}
