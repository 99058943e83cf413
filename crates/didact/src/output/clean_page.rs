//! The pages and the pictures of cleanings.

use std::path::Path;
use std::sync::Arc;

use didact_data::Dataset;
use didact_report::{draw_transition_matrix, write_cleaning, write_cleanings};
use didact_run::{CleanSummary, CleaningFolder, write_atomically};

use super::page::refuse_foreign;
use super::thumbnails::DatasetThumbnails;
use crate::error::Result;

/// Writes the page about a cleaning, and its transition matrix as a picture.
pub(crate) fn write_clean_page(
    folder: &CleaningFolder,
    report: &Path,
    summary: &CleanSummary,
    data: Arc<Dataset>,
) -> Result<()> {
    refuse_foreign(report)?;
    let picture = draw_transition_matrix(&summary.class_names, &summary.transition_matrix);
    write_atomically(&folder.transition_picture(), |file| {
        file.write_all(picture.svg().as_bytes())
    })?;
    let path = folder.path();
    let title = path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    );
    Ok(write_cleaning(
        report,
        &title,
        folder,
        &DatasetThumbnails::new(data),
    )?)
}

/// Writes the page about several cleanings, each with a name.
pub(crate) fn write_cleanings_page(report: &Path, cleanings: &[(String, CleaningFolder)]) -> Result<()> {
    refuse_foreign(report)?;
    let names: Vec<&str> = cleanings.iter().map(|(name, _)| name.as_str()).collect();
    Ok(write_cleanings(report, &names.join(", "), cleanings)?)
}
