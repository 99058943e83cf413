//! Where a run stands, and what is still before it.

use didact_curriculum::Progress;
use didact_data::LoaderConfig;

use crate::evaluation::loading;
use crate::observer::Plan;
use crate::schedule::Clock;
use crate::selection::Selection;
use crate::trainer::Trainer;

impl Trainer {
    /// How samples are loaded as they are.
    pub(crate) fn loading(&self) -> LoaderConfig {
        loading(
            self.config.batch_size,
            self.data.normalization.clone(),
            self.config.threads,
        )
    }

    pub(crate) fn progress(&self, batch: usize) -> Progress {
        let (epoch, per_epoch) = (self.position.epochs_done(), self.steps_per_epoch() as u64);
        Progress {
            epoch,
            epochs: self.config.epochs.get(),
            step: u64::from(epoch) * per_epoch + batch as u64,
            steps: u64::from(self.config.epochs.get()) * per_epoch,
        }
    }

    pub(crate) fn is_done(&self) -> bool {
        let done = self.position.epochs_done();
        let is_over = self
            .config
            .early_stopping
            .is_some_and(|patience| self.selection().is_over(&self.position.history, patience));
        done == self.config.epochs.get() || is_over
    }

    pub(crate) fn learning_rate(&self, step: u64) -> f64 {
        let steps_per_epoch = self.steps_per_epoch() as u64;
        let steps = steps_per_epoch * u64::from(self.config.epochs.get());
        self.config.schedule.learning_rate(
            self.config.learning_rate.into(),
            Clock {
                step,
                steps,
                steps_per_epoch,
            },
        )
    }

    pub(crate) fn steps_per_epoch(&self) -> usize {
        self.data.train.len().div_ceil(self.config.batch_size.get())
    }

    /// What chooses the epoch to keep.
    pub(crate) fn selection(&self) -> Selection {
        Selection {
            select: self.config.select,
            metric: self.config.select_metric,
            patience: self.config.early_stopping,
        }
    }

    pub(crate) fn plan(&self) -> Plan {
        Plan {
            epochs_done: self.position.epochs_done(),
            epochs: self.config.epochs.get(),
            steps_per_epoch: self.steps_per_epoch(),
            samples: self.data.train.len(),
            parameters: self.learner().parameters.num_trained(),
        }
    }

    /// Seconds of the whole run so far, those before a resumption included.
    pub(crate) fn seconds(&self) -> f64 {
        self.position.seconds_before + self.begun.elapsed().as_secs_f64()
    }
}
