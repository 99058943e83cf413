//! What a label cleaner needs to go on: one file, replaced whole after each epoch.

use std::fmt::Display;
use std::path::Path;

use didact_random::sample_key;
use didact_run::{CleanerEpoch, RunError, StoredTensor, TensorFile};
use serde::{Deserialize, Serialize};

use super::config::NetworkCleanerConfig;
use super::label_cleaner::LabelCleaner;
use super::learning_parameters::LearningParameters;
use super::lessons::{CheckedLabel, CleanerLessons};
use crate::error::TrainError;
use crate::network::Parameters;
use crate::prepare::labels_text;

/// Where a label cleaner is kept while it learns, and what stands for its settings and lessons.
pub(super) struct CleanerCheckpoint<'a> {
    path: &'a Path,
    identity: String,
    steps_of_epoch: u64,
}

/// The words of a checkpoint. Its tensors hold what learns and the best so far: of the cleaner itself, and of the image
/// network.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    identity: String,
    /// Loss, accuracy and Brier score of each epoch, as bits: a number that was written in decimals may come back another.
    epochs: Vec<[u64; 3]>,
    kept_epoch: u32,
    seconds: f64,
}

impl<'a> CleanerCheckpoint<'a> {
    /// Of a cleaner with these settings and lessons.
    ///
    /// # Errors
    ///
    /// [`TrainError::Run`] if settings cannot be written down.
    pub(super) fn new(
        path: &'a Path,
        config: &NetworkCleanerConfig,
        lessons: &CleanerLessons<'_>,
    ) -> Result<Self, TrainError> {
        let settings = serde_json::to_string(config).map_err(|error| malformed(path, &error))?;
        Ok(Self {
            path,
            identity: format!("{settings} seed {} lessons {}", lessons.seed, hash(lessons)),
            steps_of_epoch: lessons.steps_of_epoch(config),
        })
    }

    /// Replaces the checkpoint, of a cleaner that has learnt for so many seconds.
    ///
    /// # Errors
    ///
    /// [`TrainError::Run`] if it cannot be written.
    pub(super) fn save(&self, cleaner: &LabelCleaner, seconds: f64) -> Result<(), TrainError> {
        let figures = |done: &CleanerEpoch| [done.loss, done.accuracy, done.brier].map(f64::to_bits);
        let words = Words {
            identity: self.identity.clone(),
            epochs: cleaner.epochs.iter().map(figures).collect(),
            kept_epoch: cleaner.kept.epoch,
            seconds,
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
        let metadata = serde_json::to_string(&words).map_err(|error| self.not_of_it(&error))?;
        Ok(TensorFile { metadata, tensors }.write(self.path)?)
    }

    /// Takes up the checkpoint, if there is one.
    ///
    /// # Errors
    ///
    /// [`TrainError::Run`] if it cannot be read, or is not that of a cleaner with these settings, lessons and networks.
    pub(super) fn restore(&self, cleaner: &mut LabelCleaner) -> Result<(), TrainError> {
        if !self.path.exists() {
            return Ok(());
        }
        let file = TensorFile::read(self.path)?;
        let words: Words = serde_json::from_str(&file.metadata).map_err(|error| self.not_of_it(&error))?;
        if words.identity != self.identity {
            return Err(self.not_of_it(&"that of other settings or lessons"));
        }
        let (kept, epochs) = (words.kept_epoch, words.epochs.len());
        if kept as usize > epochs {
            return Err(self.not_of_it(&format!("epoch {kept} of {epochs} kept")));
        }
        self.restore_tensors(cleaner, &file, epochs as u64)
            .map_err(|error| self.not_of_it(&error))?;
        cleaner.kept.epoch = kept;
        cleaner.epochs = (1..).zip(words.epochs).map(read).collect();
        cleaner.seconds_before = words.seconds;
        Ok(())
    }

    fn restore_tensors(
        &self,
        cleaner: &mut LabelCleaner,
        file: &TensorFile,
        epochs: u64,
    ) -> Result<(), TrainError> {
        let steps = epochs * self.steps_of_epoch;
        let find =
            |part: &str, name: &str| -> Option<&StoredTensor> { file.tensor(&format!("{part}.{name}")) };
        cleaner.learning.restore(steps, |name| find("cleaner", name))?;
        cleaner.kept.parameters.restore(|name| find("kept", name))?;
        if let Some(encoder) = cleaner.encoder.learning_mut() {
            encoder.restore(steps, |name| find("encoder", name))?;
        }
        if let Some(kept) = &mut cleaner.kept.encoder {
            kept.restore(|name| find("kept-encoder", name))?;
        }
        Ok(())
    }

    fn not_of_it(&self, found: &dyn Display) -> TrainError {
        malformed(self.path, found)
    }
}

fn malformed(path: &Path, found: &dyn Display) -> TrainError {
    RunError::Malformed {
        path: path.to_owned(),
        expected: "the checkpoint of this label cleaner, which learns anew without the file",
        found: found.to_string(),
    }
    .into()
}

/// What stands for the samples that teach and select.
fn hash(lessons: &CleanerLessons<'_>) -> String {
    let text = |of: &[CheckedLabel]| -> String {
        let numbers = |checked: &CheckedLabel| {
            let given = lessons.given_labels[checked.row as usize];
            labels_text(&[Some(checked.row), Some(checked.label), given])
        };
        of.iter().map(numbers).collect()
    };
    let both = [text(lessons.fit), text(lessons.select)].join(";");
    format!("{:016x}", sample_key(&both))
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
