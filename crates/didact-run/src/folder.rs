//! The run folder itself: where everything in it lies.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::atomic::write_atomically;
use crate::error::RunError;

/// The folder of one training run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunFolder {
    pub(crate) path: PathBuf,
}

impl RunFolder {
    /// Opens the run folder at `path`.
    ///
    /// # Errors
    ///
    /// [`RunError::NotARun`] if there is no `config.toml` in it.
    pub fn open(path: &Path) -> Result<Self, RunError> {
        let run = Self {
            path: path.to_owned(),
        };
        if run.config().is_file() {
            Ok(run)
        } else {
            Err(RunError::NotARun {
                path: run.path,
                missing: "config.toml",
            })
        }
    }

    /// The folder's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// `config.toml`: everything needed to repeat the run.
    pub fn config(&self) -> PathBuf {
        self.path.join("config.toml")
    }

    /// `summary.json`: the figures. It appears when the run is complete.
    pub fn summary(&self) -> PathBuf {
        self.path.join("summary.json")
    }

    /// `metrics.csv`: one row an epoch.
    pub fn metrics(&self) -> PathBuf {
        self.path.join("metrics.csv")
    }

    /// `timings.csv`: one row an epoch.
    pub fn timings(&self) -> PathBuf {
        self.path.join("timings.csv")
    }

    /// `evaluation.json`: confusion matrices.
    pub fn evaluation(&self) -> PathBuf {
        self.path.join("evaluation.json")
    }

    /// `skipped.csv`: the items that `--skip-bad` left out.
    pub fn skipped(&self) -> PathBuf {
        self.path.join("skipped.csv")
    }

    /// `model.safetensors`: the selected weights.
    pub fn model(&self) -> PathBuf {
        self.path.join("model.safetensors")
    }

    /// `last.safetensors`: the weights after the last epoch.
    pub fn last_model(&self) -> PathBuf {
        self.path.join("last.safetensors")
    }

    /// `mentor.safetensors`: the mentor that the run taught itself, where it did.
    pub fn mentor(&self) -> PathBuf {
        self.path.join("mentor.safetensors")
    }

    /// `probabilities.npy`: predicted probabilities averaged over epochs.
    pub fn probabilities(&self) -> PathBuf {
        self.path.join("probabilities.npy")
    }

    /// `features.npy`: the last hidden layer at the selected epoch.
    pub fn features(&self) -> PathBuf {
        self.path.join("features.npy")
    }

    /// `report.html`: the page a person reads.
    pub fn report(&self) -> PathBuf {
        self.path.join("report.html")
    }

    /// `ledger`: one file an epoch.
    pub fn ledger_folder(&self) -> PathBuf {
        self.path.join("ledger")
    }

    /// The ledger of an epoch, counted from 1.
    pub fn ledger(&self, epoch: u32) -> PathBuf {
        self.ledger_folder().join(format!("epoch-{epoch:04}.parquet"))
    }

    /// `checkpoints`: what resuming needs.
    pub fn checkpoint_folder(&self) -> PathBuf {
        self.path.join("checkpoints")
    }

    /// The newest checkpoint.
    pub fn checkpoint(&self) -> PathBuf {
        self.checkpoint_folder().join("latest.safetensors")
    }

    /// Writes `config.toml`.
    ///
    /// # Errors
    ///
    /// [`RunError::Write`], or [`RunError::Malformed`] for a value that TOML cannot hold.
    pub fn write_config(&self, config: &impl Serialize) -> Result<(), RunError> {
        let path = self.config();
        let text = toml::to_string_pretty(config)
            .map_err(|error| RunError::malformed(&path, "a configuration that TOML can hold", error))?;
        write_atomically(&path, |file| file.write_all(text.as_bytes()))
    }

    /// Reads `config.toml`.
    ///
    /// # Errors
    ///
    /// [`RunError::Read`] or [`RunError::Malformed`].
    pub fn read_config<T: DeserializeOwned>(&self) -> Result<T, RunError> {
        let path = self.config();
        toml::from_str(&read_text(&path)?)
            .map_err(|error| RunError::malformed(&path, "the configuration of a run", error))
    }

    /// Writes a JSON file of the run, such as [`Self::summary`].
    ///
    /// # Errors
    ///
    /// [`RunError::Write`].
    pub fn write_json(&self, path: &Path, value: &impl Serialize) -> Result<(), RunError> {
        write_atomically(path, |file| {
            serde_json::to_writer_pretty(&mut *file, value)?;
            file.write_all(b"\n")
        })
    }

    /// Reads a JSON file of the run, such as [`Self::summary`].
    ///
    /// # Errors
    ///
    /// [`RunError::Read`] or [`RunError::Malformed`].
    pub fn read_json<T: DeserializeOwned>(&self, path: &Path) -> Result<T, RunError> {
        serde_json::from_str(&read_text(path)?)
            .map_err(|error| RunError::malformed(path, "JSON that didact wrote", error))
    }
}

fn read_text(path: &Path) -> Result<String, RunError> {
    fs::read_to_string(path).map_err(|source| RunError::Read {
        path: path.to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_a_configuration_is_not_a_run() {
        let parent = tempfile::tempdir().unwrap();
        let error = RunFolder::open(parent.path()).unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with("is not a run folder: it has no config.toml"),
            "{error}"
        );
    }
}
