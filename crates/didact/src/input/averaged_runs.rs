//! Runs whose answers are averaged.

use std::path::{Path, PathBuf};

use didact_run::RunFolder;
use didact_train::{DeviceChoice, Ensemble};

use super::run::run_at;
use crate::error::{Complaint, Result};

/// One run, or several whose predicted probabilities are averaged.
pub(crate) struct AveragedRuns {
    pub(crate) first: RunFolder,
    pub(crate) others: Vec<RunFolder>,
}

impl AveragedRuns {
    /// The runs in folders, or those that cleanings in them kept.
    pub(crate) fn at(first: &Path, others: &[PathBuf]) -> Result<Self> {
        let others = others.iter().map(|path| run_at(path));
        let runs = Self {
            first: run_at(first)?,
            others: others.collect::<Result<_>>()?,
        };
        runs.refuse_twice()?;
        Ok(runs)
    }

    fn refuse_twice(&self) -> Result<()> {
        let mut seen = Vec::new();
        for run in self.all() {
            let place = std::fs::canonicalize(run.path()).ok();
            if place.is_some() && seen.contains(&place) {
                let what = format!("{} is given twice, and would count twice", run.path().display());
                return Err(Complaint::new(what, "name each run once").into());
            }
            seen.push(place);
        }
        Ok(())
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &RunFolder> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// The models of a weights file that each run has.
    pub(crate) fn open(&self, weights: fn(&RunFolder) -> PathBuf, device: DeviceChoice) -> Result<Ensemble> {
        let others: Vec<PathBuf> = self.others.iter().map(weights).collect();
        Ok(Ensemble::open(&weights(&self.first), &others, device)?)
    }
}
