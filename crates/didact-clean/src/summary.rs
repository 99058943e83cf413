//! The rows of a summary.

use didact_run::{ModelRow, RunFolder, Sizes, Summary};
use didact_train::Part;

use crate::cleaning_data::CleaningData;
use crate::error::CleanError;

/// How many samples of the data do what.
pub(crate) fn sizes(data: &CleaningData) -> Sizes {
    Sizes {
        all: data.dataset.len(),
        worked: data.worked.len(),
        fit: data.fit.len(),
        select: data.select.len(),
        report: data.test.as_ref().map_or(data.report.len(), Part::len),
    }
}

/// The row of a run that is complete.
pub(crate) fn model_row(name: String, folder: String, run: &RunFolder) -> Result<ModelRow, CleanError> {
    let summary: Summary = run.read_json(&run.summary())?;
    Ok(ModelRow {
        name,
        folder: Some(folder),
        model: summary.model,
        parameters: summary.parameters,
        epochs: Some([summary.epochs_run, summary.selected_epoch]),
        select_accuracy: summary.validation.map(|metrics| metrics.accuracy),
        report: summary.test,
        report_last: summary.test_last,
        seconds_per_epoch: Some(summary.seconds.per_epoch),
    })
}
