//! What a label cleaner learns from, and who hears of it.

use std::fmt;

use didact_run::CleanerEpoch;

use super::config::NetworkCleanerConfig;
use crate::observer::Interruption;

/// A row whose label someone checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckedLabel {
    /// The row of the sample in its data set.
    pub row: u32,
    /// Its label, as it was checked.
    pub label: u32,
}

/// What a label cleaner learns from.
#[derive(Clone, Copy, Debug)]
pub struct CleanerLessons<'a> {
    /// Given label of each row of the data set.
    pub given_labels: &'a [Option<u32>],
    /// Number of classes.
    pub num_classes: usize,
    /// The samples it learns from.
    pub fit: &'a [CheckedLabel],
    /// The samples that choose the epoch.
    pub select: &'a [CheckedLabel],
    /// The seed of initial weights, order, dropout and random changes.
    pub seed: u64,
}

impl CleanerLessons<'_> {
    /// Batches of an epoch.
    pub(super) fn steps_of_epoch(&self, config: &NetworkCleanerConfig) -> u64 {
        self.fit.len().div_ceil(config.batch_size.get()) as u64
    }

    /// The checked label of a row that is learnt from.
    pub(super) fn checked(&self, row: u32) -> Option<u32> {
        let position = self.fit.binary_search_by_key(&row, |checked| checked.row).ok()?;
        Some(self.fit[position].label)
    }
}

/// Who hears how a label cleaner learns, and may stop it.
#[derive(Clone, Copy)]
pub struct CleanerWatch<'a> {
    /// Asks it to stop, before the next batch.
    pub interruption: &'a Interruption,
    /// Hears of every epoch that is done.
    pub epoch_done: &'a dyn Fn(CleanerEpoch),
}

impl fmt::Debug for CleanerWatch<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CleanerWatch")
            .field("interruption", &self.interruption)
            .finish_non_exhaustive()
    }
}
