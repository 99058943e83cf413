//! What several models predict on average.

use std::path::PathBuf;

use didact_run::{ModelRow, SplitMetrics};
use didact_train::{DeviceChoice, Ensemble, Part};

use crate::cleaning_data::CleaningData;
use crate::error::CleanError;
use crate::view::View;

/// The row of the mean of what the models of all folds predict, on samples that no model has seen; `rows` are those of the models.
/// None for a single model.
pub(crate) fn averaged(
    name: String,
    views: &[View],
    data: &CleaningData,
    device: DeviceChoice,
    rows: &[ModelRow],
) -> Result<Option<ModelRow>, CleanError> {
    let [first, others @ ..] = views else {
        return Ok(None);
    };
    if others.is_empty() {
        return Ok(None);
    }
    let others: Vec<PathBuf> = others.iter().map(|view| view.run.model()).collect();
    let ensemble = Ensemble::open(&first.run.model(), &others, device)?;
    let metrics = |part: &Part| Ok::<SplitMetrics, CleanError>(ensemble.predict(part)?.metrics);
    Ok(Some(ModelRow {
        name,
        folder: None,
        model: rows.first().map_or_else(String::new, |row| row.model.clone()),
        parameters: rows.iter().map(|row| row.parameters).sum(),
        epochs: None,
        select_accuracy: Some(metrics(&data.select)?.accuracy),
        report: data.test_part()?.as_ref().map(metrics).transpose()?,
        report_last: None,
        seconds_per_epoch: None,
    }))
}
