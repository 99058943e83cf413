//! How one batch is made.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use didact_random::{Purpose, Stream};

use super::config::LoaderConfig;
use crate::augmentation::{Canvas, Plan};
use crate::error::DataError;
use crate::normalization::channels;
use crate::normalizer::Normalizer;
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
    normalizer: Normalizer,
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
        let shape = samples.shape();
        Ok(Self {
            plan: Plan::new(&config.augmentation, shape)?,
            samples,
            rows,
            batch_size: config.batch_size.get(),
            normalizer: Normalizer::new(config.normalization, shape),
            augmentation: Stream::new(config.seed, Purpose::Augmentation),
            epoch: config.epoch,
        })
    }

    /// How many batches the epoch has.
    pub(super) fn num_batches(&self) -> usize {
        self.rows.len().div_ceil(self.batch_size)
    }

    /// Where a worker makes one sample after the other.
    pub(super) fn canvas(&self) -> Canvas {
        Canvas::new(self.samples.shape().len())
    }

    /// The batch at `index`; none if `stop` was raised meanwhile.
    pub(super) fn batch(
        &self,
        index: usize,
        canvas: &mut Canvas,
        stop: &AtomicBool,
    ) -> Result<Option<Batch>, DataError> {
        let start = index * self.batch_size;
        let rows = &self.rows[start..self.rows.len().min(start + self.batch_size)];
        let mut values = Vec::with_capacity(rows.len() * canvas.image().len());
        for row in rows {
            if stop.load(Ordering::Relaxed) {
                return Ok(None);
            }
            self.sample(*row as usize, canvas)?;
            // Large memory is touched once, here.
            values.extend_from_slice(canvas.image());
        }
        Ok(Some(Batch {
            index,
            rows: rows.to_vec(),
            values,
        }))
    }

    /// Reads, normalises and augments one sample on the canvas.
    fn sample(&self, row: usize, canvas: &mut Canvas) -> Result<(), DataError> {
        self.samples
            .show(row, |stored| self.normalizer.write(stored, canvas.image_mut()))?;
        let mut generator = self
            .augmentation
            .at([u64::from(self.epoch), self.samples.key(row)]);
        self.plan.apply(canvas, &mut generator);
        Ok(())
    }
}
