//! A run of the comparison, and how far it is.

use std::path::{Path, PathBuf};

use didact_run::{RunError, RunFolder, Summary};
use didact_train::TrainConfig;
use toml::Table;

use crate::error::{Complaint, Result};

/// How far a run is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// There is nothing yet.
    New,
    /// It was begun and stopped.
    Begun,
    /// It is complete.
    Done,
    /// What is there cannot be read, and why.
    Broken(String),
}

/// A run of the comparison.
#[derive(Clone, Debug)]
pub(crate) struct PlannedRun {
    /// The position of its row in the table.
    pub(crate) row: usize,
    pub(crate) seed: u64,
    /// Everything it is made from.
    pub(super) config: TrainConfig,
    /// Whether the size of a batch is left to the run, which takes fewer samples where there are fewer.
    pub(super) batch_size_is_open: bool,
    pub(crate) folder: PathBuf,
}

impl PlannedRun {
    /// How far the run is.
    ///
    /// # Errors
    ///
    /// If the folder holds something else: another run, and then the first setting that differs, or no run.
    pub(crate) fn state(&self) -> Result<State> {
        let Ok(folder) = RunFolder::open(&self.folder) else {
            RunFolder::check_place(&self.folder)?;
            return Ok(State::New);
        };
        let begun: TrainConfig = match folder.read_config() {
            Ok(begun) => begun,
            Err(error) => return Ok(State::Broken(self.broken(&error))),
        };
        self.refuse_other(&folder, &begun)?;
        if !folder.summary().is_file() {
            return Ok(State::Begun);
        }
        let summary: std::result::Result<Summary, RunError> = folder.read_json(&folder.summary());
        Ok(summary.map_or_else(|error| State::Broken(self.broken(&error)), |_| State::Done))
    }

    /// Why a run is broken, and what to do.
    fn broken(&self, error: &RunError) -> String {
        format!(
            "error: {error}\nhint: remove {} and the same command does the run again",
            self.folder.display()
        )
    }

    fn refuse_other(&self, folder: &RunFolder, begun: &TrainConfig) -> Result<()> {
        let mut planned = self.config.clone();
        if self.batch_size_is_open {
            planned.batch_size = begun.batch_size;
        }
        let Some((key, found, expected)) = begun.first_difference(&planned) else {
            return Ok(());
        };
        let what = format!(
            "{} was begun with {key} = {found}, and now {key} = {expected} is asked for",
            folder.path().display()
        );
        let hint = "restore the setting, name another folder with -o, or remove that run";
        Err(Complaint::new(what, hint).into())
    }

    /// The settings that `didact train --config` makes the run from.
    pub(super) fn settings(&self) -> Result<String> {
        let mut table = Table::try_from(&self.config)?;
        table.remove("threads");
        if self.batch_size_is_open {
            table.remove("batch-size");
        }
        Ok(toml::to_string(&table)?)
    }

    /// What the run's process says on standard error.
    pub(super) fn log(&self) -> PathBuf {
        self.beside(".log")
    }

    /// What the run's process is asked for.
    pub(super) fn request(&self) -> PathBuf {
        self.beside(".toml")
    }

    fn beside(&self, ending: &str) -> PathBuf {
        let mut name = self.folder.clone().into_os_string();
        name.push(ending);
        name.into()
    }

    /// The folder as seen from that of the comparison.
    pub(crate) fn place(&self, output: &Path) -> PathBuf {
        self.folder
            .strip_prefix(output)
            .unwrap_or(&self.folder)
            .to_owned()
    }
}
