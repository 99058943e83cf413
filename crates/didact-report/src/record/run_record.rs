//! One run, as the report needs it.

use didact_labels::metrics::ConfusionMatrix;
use didact_run::{EpochMetrics, EpochTiming, Evaluation, RunError, RunFolder, Summary, read_rows};
use toml::Table;

use super::config::display_value;
use super::epochs::{metrics_of, timings_of};
use super::files::{FileEntry, files_of};
use super::sample_history::SampleHistory;
use crate::error::ReportError;
use crate::reported_run::ReportedRun;

/// One run, as the report needs it.
#[derive(Clone, Debug)]
pub(crate) struct RunRecord {
    pub(crate) name: String,
    pub(crate) config: Table,
    /// Absent while the run is still going.
    pub(crate) summary: Option<Summary>,
    pub(crate) metrics: Vec<EpochMetrics>,
    pub(crate) timings: Vec<EpochTiming>,
    pub(crate) evaluation: Option<Evaluation>,
    pub(crate) confusion: Option<Confusion>,
    /// Number of items that were left out as unreadable.
    pub(crate) skipped: u64,
    pub(crate) files: Vec<FileEntry>,
    /// Absent if there is no ledger yet.
    pub(crate) samples: Option<SampleHistory>,
}

impl RunRecord {
    /// Reads everything but weights and arrays.
    pub(crate) fn read(run: &ReportedRun) -> Result<Self, ReportError> {
        let folder = &run.folder;
        let summary: Option<Summary> = json_if_there(folder, &folder.summary())?;
        let evaluation: Option<Evaluation> = json_if_there(folder, &folder.evaluation())?;
        let metrics = metrics_of(folder)?;
        let epochs: Vec<u32> = metrics.iter().map(|row| row.epoch).collect();
        let selected = summary.as_ref().map(|summary| summary.selected_epoch);
        Ok(Self {
            name: run.name.clone(),
            config: folder.read_config()?,
            timings: timings_of(folder)?,
            confusion: evaluation
                .as_ref()
                .map(|found| confusion(folder, found))
                .transpose()?
                .flatten(),
            evaluation,
            skipped: skipped(folder)?,
            files: files_of(folder)?,
            samples: SampleHistory::read(folder, &epochs, selected)?,
            summary,
            metrics,
        })
    }

    /// The selected epoch, once there is one.
    pub(crate) fn selected_epoch(&self) -> Option<u32> {
        self.summary.as_ref().map(|summary| summary.selected_epoch)
    }

    /// Whether the true label of any training sample is known.
    pub(crate) fn knows_truth(&self) -> bool {
        self.samples
            .as_ref()
            .is_some_and(|samples| samples.truth.known > 0)
    }

    /// Whether any training sample is known to have a wrong label.
    pub(crate) fn knows_noise(&self) -> bool {
        self.samples
            .as_ref()
            .is_some_and(|samples| samples.truth.noisy > 0)
    }

    /// The newest finished epoch.
    pub(crate) fn newest_epoch(&self) -> Option<u32> {
        self.metrics.last().map(|row| row.epoch)
    }

    /// A setting on one line, such as the model's.
    pub(crate) fn setting(&self, key: &str) -> Option<String> {
        self.config.get(key).map(display_value)
    }

    /// The name of a class, or its number where names are unknown.
    pub(crate) fn class_name(&self, class: u32) -> String {
        let names = self.evaluation.as_ref().map(|evaluation| &evaluation.class_names);
        let name = names.and_then(|names| names.get(class as usize));
        name.cloned().unwrap_or_else(|| class.to_string())
    }
}

/// The predictions of the selected epoch.
#[derive(Clone, Debug)]
pub(crate) struct Confusion {
    /// The part of the data that was predicted: `test`, or `validation` where there is no test.
    pub(crate) split: &'static str,
    pub(crate) matrix: ConfusionMatrix,
}

fn confusion(folder: &RunFolder, evaluation: &Evaluation) -> Result<Option<Confusion>, ReportError> {
    let (split, found) = match (&evaluation.test, &evaluation.validation) {
        (Some(test), _) => ("test", test),
        (None, Some(validation)) => ("validation", validation),
        (None, None) => return Ok(None),
    };
    match ConfusionMatrix::try_from(found.confusion_matrix.clone()) {
        Ok(matrix) => Ok(Some(Confusion { split, matrix })),
        Err(source) => Err(ReportError::Contradiction {
            path: folder.evaluation(),
            source: Box::new(source),
        }),
    }
}

fn json_if_there<T: serde::de::DeserializeOwned>(
    folder: &RunFolder,
    path: &std::path::Path,
) -> Result<Option<T>, RunError> {
    path.is_file().then(|| folder.read_json(path)).transpose()
}

fn skipped(folder: &RunFolder) -> Result<u64, RunError> {
    let path = folder.skipped();
    if path.is_file() {
        Ok(read_rows(&path)?.len() as u64)
    } else {
        Ok(0)
    }
}
