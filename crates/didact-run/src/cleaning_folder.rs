//! The folder of a cleaning: where everything in it lies.

use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::atomic::write_atomically;
use crate::error::RunError;
use crate::folder::RunFolder;
use crate::occupancy::{Claim, claim, entries, is_left_over};

const CONFIG: &str = "cleaning.toml";

/// The folder of a cleaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CleaningFolder {
    path: PathBuf,
}

impl CleaningFolder {
    /// The folder of a cleaning that was begun.
    ///
    /// # Errors
    ///
    /// [`RunError::NotACleaning`] if there is no `cleaning.toml` in it.
    pub fn open(path: &Path) -> Result<Self, RunError> {
        let folder = Self {
            path: path.to_owned(),
        };
        if folder.config().is_file() {
            return Ok(folder);
        }
        Err(RunError::NotACleaning { path: folder.path })
    }

    /// Makes the folder of a new cleaning, and the folders above it.
    ///
    /// # Errors
    ///
    /// [`RunError::Exists`] if there is anything at `path` but an empty folder, or what a killed writer left in it; [`RunError::Write`] if it cannot be made.
    pub fn create(path: &Path) -> Result<Self, RunError> {
        let is_vacant =
            |path: &Path| entries(path).is_some_and(|all| all.iter().all(|path| is_left_over(path)));
        if fs::symlink_metadata(path).is_ok() && !is_vacant(path) {
            return Err(RunError::Exists {
                path: path.to_owned(),
            });
        }
        make(path)?;
        Ok(Self {
            path: path.to_owned(),
        })
    }

    /// Claims the cleaning for this process, until the answer is dropped or the process ends in whatever way.
    ///
    /// # Errors
    ///
    /// [`RunError::InUse`] if another process has claimed it; [`RunError::Read`] if there is no `cleaning.toml`.
    pub fn claim(&self) -> Result<Claim, RunError> {
        claim(self.config(), &self.path)
    }

    /// The folder's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// `cleaning.toml`: everything needed to repeat the cleaning.
    pub fn config(&self) -> PathBuf {
        self.path.join(CONFIG)
    }

    /// `summary.json`: the figures. It appears when the cleaning is complete.
    pub fn summary(&self) -> PathBuf {
        self.path.join("summary.json")
    }

    /// `parts.csv`: which trusted sample fits, selects or reports.
    pub fn parts(&self) -> PathBuf {
        self.path.join("parts.csv")
    }

    /// `corrected.csv`: what each label should be.
    pub fn corrected(&self) -> PathBuf {
        self.path.join("corrected.csv")
    }

    /// `transition_matrix.csv`: which class was given as which.
    pub fn transition_matrix(&self) -> PathBuf {
        self.path.join("transition_matrix.csv")
    }

    /// `transition_matrix.svg`: its picture.
    pub fn transition_picture(&self) -> PathBuf {
        self.path.join("transition_matrix.svg")
    }

    /// `model.safetensors`: the weights of the model that was kept.
    pub fn model(&self) -> PathBuf {
        self.path.join("model.safetensors")
    }

    /// `report.html`: the page a person reads.
    pub fn report(&self) -> PathBuf {
        self.path.join("report.html")
    }

    /// What is kept of a round.
    pub fn round(&self, round: u32) -> PathBuf {
        self.path.join(format!("round-{round}"))
    }

    /// What the true labels are in the opinion of a round.
    pub fn beliefs(&self, round: u32) -> PathBuf {
        self.round(round).join("beliefs.npy")
    }

    /// How the cleaner of a round learnt; it is written last.
    pub fn cleaner(&self, round: u32) -> PathBuf {
        self.round(round).join("cleaner.json")
    }

    /// What the cleaner of a round needs to go on, while it and the image network learn along.
    pub fn cleaner_checkpoint(&self, round: u32) -> PathBuf {
        self.round(round).join("checkpoint.safetensors")
    }

    /// The image network as the cleaner of a round changed it, where it did.
    pub fn encoder(&self, round: u32) -> PathBuf {
        self.round(round).join("encoder.safetensors")
    }

    /// The run that is delivered, of a cleaning that is complete.
    ///
    /// # Errors
    ///
    /// [`RunError::Read`] or [`RunError::Malformed`] if it is not complete.
    pub fn delivered(&self) -> Result<RunFolder, RunError> {
        #[derive(Deserialize)]
        struct Delivered {
            delivered: String,
        }
        let summary: Delivered = Self::read_json(&self.summary())?;
        RunFolder::open(&self.path.join(summary.delivered))
    }

    /// Makes the folder of a round.
    ///
    /// # Errors
    ///
    /// [`RunError::Write`].
    pub fn make_round(&self, round: u32) -> Result<(), RunError> {
        make(&self.round(round))
    }

    /// Writes a value as JSON, such as [`Self::summary`].
    ///
    /// # Errors
    ///
    /// [`RunError::Write`].
    pub fn write_json(path: &Path, value: &impl Serialize) -> Result<(), RunError> {
        write_atomically(path, |file| {
            serde_json::to_writer_pretty(&mut *file, value)?;
            file.write_all(b"\n")
        })
    }

    /// Reads a value that [`Self::write_json`] wrote.
    ///
    /// # Errors
    ///
    /// [`RunError::Read`] or [`RunError::Malformed`].
    pub fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, RunError> {
        let text = fs::read_to_string(path).map_err(|source| RunError::Read {
            path: path.to_owned(),
            source,
        })?;
        serde_json::from_str(&text)
            .map_err(|error| RunError::malformed(path, "JSON that didact wrote", error))
    }
}

fn make(path: &Path) -> Result<(), RunError> {
    fs::create_dir_all(path).map_err(|source| RunError::Write {
        path: path.to_owned(),
        source,
    })
}
