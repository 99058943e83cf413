//! What a label cleaner needs to go on: one file, replaced whole after each epoch.

use std::path::Path;

use didact_run::{CleanerEpoch, RunError, StoredTensor, TensorFile};
use serde::{Deserialize, Serialize};

use super::config::NetworkCleanerConfig;
use super::label_cleaner::LabelCleaner;
use super::learning_parameters::LearningParameters;
use crate::error::TrainError;
use crate::network::Parameters;

/// Where a label cleaner is kept while it learns, and with which settings.
pub(super) struct CleanerCheckpoint<'a> {
    path: &'a Path,
    config: &'a NetworkCleanerConfig,
    seed: u64,
}

/// The words of a checkpoint. Its tensors hold what learns and the best so far: of the cleaner itself, and of the image
/// network.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    config: NetworkCleanerConfig,
    seed: u64,
    /// Loss, accuracy and Brier score of each epoch, as bits: a number that was written in decimals may come back another.
    epochs: Vec<[u64; 3]>,
    kept_epoch: u32,
    steps: u64,
}

impl<'a> CleanerCheckpoint<'a> {
    pub(super) fn new(path: &'a Path, config: &'a NetworkCleanerConfig, seed: u64) -> Self {
        Self { path, config, seed }
    }

    /// Replaces the checkpoint.
    ///
    /// # Errors
    ///
    /// [`TrainError::Run`] if it cannot be written.
    pub(super) fn save(&self, cleaner: &LabelCleaner) -> Result<(), TrainError> {
        let figures = |done: &CleanerEpoch| [done.loss, done.accuracy, done.brier].map(f64::to_bits);
        let words = Words {
            config: *self.config,
            seed: self.seed,
            epochs: cleaner.epochs.iter().map(figures).collect(),
            kept_epoch: cleaner.kept.epoch,
            steps: cleaner.learning.steps_taken(),
        };
        let encoder = cleaner.encoder.learning();
        let kept_encoder = cleaner.kept.encoder.as_ref();
        let parts = [
            ("cleaner", cleaner.learning.store()),
            ("kept", cleaner.kept.parameters.store()),
            (
                "encoder",
                encoder.map_or_else(Vec::new, LearningParameters::store),
            ),
            (
                "kept-encoder",
                kept_encoder.map_or_else(Vec::new, Parameters::store),
            ),
        ];
        let tensors = parts
            .into_iter()
            .flat_map(|(part, tensors)| tensors.into_iter().map(move |tensor| tensor.within(part)))
            .collect();
        let metadata = serde_json::to_string(&words).map_err(|error| self.not_of_it(error.to_string()))?;
        Ok(TensorFile { metadata, tensors }.write(self.path)?)
    }

    /// Takes up the checkpoint, if there is one.
    ///
    /// # Errors
    ///
    /// [`TrainError::Run`] if it cannot be read or is not that of a cleaner with these settings, [`TrainError::Weights`] if it is
    /// that of another network.
    pub(super) fn restore(&self, cleaner: &mut LabelCleaner) -> Result<(), TrainError> {
        if !self.path.exists() {
            return Ok(());
        }
        let file = TensorFile::read(self.path)?;
        let words: Words =
            serde_json::from_str(&file.metadata).map_err(|error| self.not_of_it(error.to_string()))?;
        if (&words.config, words.seed) != (self.config, self.seed) {
            return Err(self.not_of_it("that of other settings".to_owned()));
        }
        if words.kept_epoch as usize > words.epochs.len() {
            return Err(self.not_of_it(format!(
                "epoch {} of {} kept",
                words.kept_epoch,
                words.epochs.len()
            )));
        }
        let find =
            |part: &str, name: &str| -> Option<&StoredTensor> { file.tensor(&format!("{part}.{name}")) };
        cleaner
            .learning
            .restore(words.steps, |name| find("cleaner", name))?;
        cleaner.kept.parameters.restore(|name| find("kept", name))?;
        if let Some(encoder) = cleaner.encoder.learning_mut() {
            encoder.restore(words.steps, |name| find("encoder", name))?;
        }
        if let Some(kept) = &mut cleaner.kept.encoder {
            kept.restore(|name| find("kept-encoder", name))?;
        }
        cleaner.kept.epoch = words.kept_epoch;
        cleaner.epochs = (1..).zip(words.epochs).map(read).collect();
        Ok(())
    }

    fn not_of_it(&self, found: String) -> TrainError {
        RunError::Malformed {
            path: self.path.to_owned(),
            expected: "the checkpoint of this label cleaner",
            found,
        }
        .into()
    }
}

fn read((epoch, figures): (u32, [u64; 3])) -> CleanerEpoch {
    let [loss, accuracy, brier] = figures.map(f64::from_bits);
    CleanerEpoch {
        epoch,
        loss,
        accuracy,
        brier,
    }
}
