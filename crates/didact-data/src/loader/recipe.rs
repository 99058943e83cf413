//! How one batch is made.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use didact_random::{Purpose, Stream};

use super::config::LoaderConfig;
use crate::augmentation::Plan;
use crate::error::DataError;
use crate::normalization::{Normalization, channels};
use crate::samples::{Samples, check_rows};

/// Samples side by side, ready for a network.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// The position in the epoch, the first being 0.
    pub index: usize,
    /// The rows of the data set that the samples come from.
    pub rows: Vec<u32>,
    /// Their values, `[rows, channels, height, width]` for images and `[rows, features]` otherwise.
    pub values: Vec<f32>,
}

/// Everything that decides the bits of a batch, shared by all workers.
pub(super) struct Recipe<S> {
    samples: Arc<S>,
    rows: Vec<u32>,
    batch_size: usize,
    normalization: Normalization,
    plan: Plan,
    augmentation: Stream,
    epoch: u32,
}

impl<S: Samples> Recipe<S> {
    /// Checks that everything fits together.
    pub(super) fn new(samples: Arc<S>, rows: Vec<u32>, config: LoaderConfig) -> Result<Self, DataError> {
        check_rows(&rows, samples.len())?;
        let (expected, found) = (channels(samples.shape()), config.normalization.mean().len());
        if expected != found {
            let (expected, found) = (format!("of {expected}, one a channel"), found.to_string());
            return Err(DataError::OutOfRange {
                what: "number of means to normalise by",
                expected,
                found,
            });
        }
        Ok(Self {
            plan: Plan::new(&config.augmentation, samples.shape())?,
            samples,
            rows,
            batch_size: config.batch_size.get(),
            normalization: config.normalization,
            augmentation: Stream::new(config.seed, Purpose::Augmentation),
            epoch: config.epoch,
        })
    }

    /// How many batches the epoch has.
    pub(super) fn num_batches(&self) -> usize {
        self.rows.len().div_ceil(self.batch_size)
    }

    /// Room for one sample on its way through the augmentation.
    pub(super) fn spare(&self) -> Vec<f32> {
        vec![0.0; self.samples.shape().len()]
    }

    /// The batch at `index`; none if `stop` was raised meanwhile.
    pub(super) fn batch(
        &self,
        index: usize,
        spare: &mut [f32],
        stop: &AtomicBool,
    ) -> Result<Option<Batch>, DataError> {
        let start = index * self.batch_size;
        let rows = &self.rows[start..self.rows.len().min(start + self.batch_size)];
        let mut values = vec![0.0; rows.len() * spare.len()];
        for (row, sample) in rows.iter().zip(values.chunks_exact_mut(spare.len())) {
            if stop.load(Ordering::Relaxed) {
                return Ok(None);
            }
            self.sample(*row as usize, sample, spare)?;
        }
        Ok(Some(Batch {
            index,
            rows: rows.to_vec(),
            values,
        }))
    }

    /// Reads, normalises and augments one sample into `sample`.
    fn sample(&self, row: usize, sample: &mut [f32], spare: &mut [f32]) -> Result<(), DataError> {
        let (first, second) = if self.plan.starts_in_spare() {
            (spare, sample)
        } else {
            (sample, spare)
        };
        self.samples.read(row, first)?;
        self.normalization.apply(first);
        let mut generator = self
            .augmentation
            .at([u64::from(self.epoch), self.samples.key(row)]);
        self.plan.apply(first, second, &mut generator);
        Ok(())
    }
}
