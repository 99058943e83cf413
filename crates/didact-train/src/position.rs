//! How far a run has come.

use std::time::Duration;

use didact_run::{EpochMetrics, EpochTiming};

use crate::memory::peak_rss_bytes;

/// How far a run has come, and what it has measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Position {
    pub(crate) batches_done: usize,
    pub(crate) history: Vec<EpochMetrics>,
    pub(crate) timings: Vec<EpochTiming>,
    pub(crate) seconds_before: f64,
}

impl Position {
    /// Epochs that are done.
    pub(crate) fn epochs_done(&self) -> u32 {
        self.history.len() as u32
    }

    /// Notes that a batch of the current epoch is done.
    pub(crate) fn batch_done(&mut self) {
        self.batches_done += 1;
    }

    /// Notes that the current epoch is done, and what it cost: the time to train, and in all.
    pub(crate) fn complete_epoch(
        &mut self,
        metrics: EpochMetrics,
        [training, all]: [Duration; 2],
    ) -> EpochTiming {
        let timing = EpochTiming {
            epoch: metrics.epoch,
            seconds: all.as_secs_f64(),
            samples_per_second: metrics.train.n as f64 / training.as_secs_f64().max(1e-9),
            peak_rss_bytes: peak_rss_bytes(),
        };
        self.history.push(metrics);
        self.timings.push(timing);
        self.batches_done = 0;
        timing
    }
}
