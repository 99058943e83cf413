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

    /// Largest resident memory of the run so far, in bytes, that of the processes before a resumption included.
    pub(crate) fn peak_rss_bytes(&self) -> u64 {
        let before = self.timings.last().map_or(0, |timing| timing.peak_rss_bytes);
        peak_rss_bytes().max(before)
    }

    /// Notes that the current epoch is done.
    pub(crate) fn complete_epoch(&mut self, metrics: EpochMetrics) -> EpochTiming {
        let [training, all] = std::mem::take(&mut self.spent);
        let timing = EpochTiming {
            epoch: metrics.epoch,
            seconds: all,
            samples_per_second: metrics.train.n as f64 / training.max(1e-9),
            peak_rss_bytes: self.peak_rss_bytes(),
        };
        self.history.push(metrics);
        self.timings.push(timing);
        self.batches_done = 0;
        timing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_of_a_run_is_the_most_that_any_of_its_processes_took() {
        let mut position = Position {
            timings: vec![EpochTiming {
                epoch: 1,
                seconds: 1.0,
                samples_per_second: 1.0,
                peak_rss_bytes: u64::MAX,
            }],
            ..Position::default()
        };
        let metrics = EpochMetrics {
            epoch: 2,
            learning_rate: 0.0,
            train: didact_run::SplitMetrics::default(),
            validation: None,
            test: None,
            prediction_changes: None,
            estimated_noise_rate: None,
        };
        assert_eq!(position.complete_epoch(metrics).peak_rss_bytes, u64::MAX);
        assert_eq!(position.peak_rss_bytes(), u64::MAX);
        assert!(Position::default().peak_rss_bytes() < u64::MAX);
    }
}
