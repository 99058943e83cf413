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
    /// Seconds of the current epoch so far: of its training, and of all of it.
    pub(crate) spent: [f64; 2],
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

    /// Adds to what the current epoch took: its training, and all of it.
    pub(crate) fn add_time(&mut self, times: [Duration; 2]) {
        for (spent, time) in self.spent.iter_mut().zip(times) {
            *spent += time.as_secs_f64();
        }
    }

    /// Notes that the current epoch is done.
    pub(crate) fn complete_epoch(&mut self, metrics: EpochMetrics) -> EpochTiming {
        let [training, all] = std::mem::take(&mut self.spent);
        let timing = EpochTiming {
            epoch: metrics.epoch,
            seconds: all,
            samples_per_second: metrics.train.n as f64 / training.max(1e-9),
            peak_rss_bytes: peak_rss_bytes(),
        };
        self.history.push(metrics);
        self.timings.push(timing);
        self.batches_done = 0;
        timing
    }
}
