//! The threads that make batches ahead of their consumer.

use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

use super::config::LoaderConfig;
use super::recipe::{Batch, Recipe};
use crate::Dataset;
use crate::error::DataError;
use crate::samples::Samples;

/// Finished batches that wait for the consumer, for each worker. Two hide a slow batch; more would only take memory.
const BATCHES_AHEAD: usize = 2;

/// The batches of one epoch, in order.
///
/// Worker `w` of `W` makes every `W`th batch from the `w`th on, and the batches are taken from the workers in turn,
/// so neither their order nor their bits depend on `W`. At most three batches a worker are in memory. An error ends
/// the iteration after it was handed out. Dropping the loader stops and joins the threads, within the time that
/// reading one sample takes.
///
/// ```
/// use std::num::NonZeroUsize;
/// use std::sync::Arc;
/// use didact_data::{Augmentation, Dataset, Loader, LoaderConfig, Normalization, SampleShape, shuffled};
///
/// let shape = SampleShape::Image { channels: 3, height: 8, width: 8 };
/// let dataset = Arc::new(Dataset::from_pixels(vec![7; 5 * shape.len()], shape, vec![0, 1, 0, 1, 1])?);
/// let rows = [0, 1, 2, 3, 4];
/// let config = LoaderConfig {
///     batch_size: NonZeroUsize::new(2).unwrap(),
///     normalization: Normalization::measured(&dataset, &rows)?,
///     augmentation: Augmentation::standard(),
///     seed: 7,
///     epoch: 1,
///     first_batch: 0,
///     workers: NonZeroUsize::MIN,
/// };
/// let mut sizes = Vec::new();
/// for batch in Loader::new(dataset, shuffled(&rows, 7, 1), config)? {
///     sizes.push(batch?.rows.len());
/// }
/// assert_eq!(sizes, [2, 2, 1]);
/// # Ok::<(), didact_data::DataError>(())
/// ```
#[derive(Debug)]
pub struct Loader {
    workers: Vec<Worker>,
    /// Raised when nobody wants batches any more.
    stop: Arc<AtomicBool>,
    first: usize,
    next: usize,
    end: usize,
}

/// What the consumer holds of a thread. The thread is taken out when it is joined.
#[derive(Debug)]
struct Worker {
    finished: Receiver<Result<Batch, DataError>>,
    thread: Option<JoinHandle<()>>,
}

impl Loader {
    /// Starts the workers on these rows of a data set.
    ///
    /// # Errors
    ///
    /// - [`DataError::OutOfRange`]: no row, a row that is not there, a normalisation for another number of
    ///   channels, or an augmentation too large for the images
    /// - [`DataError::AugmentationNeedsImages`]: an augmentation of features
    /// - [`DataError::Worker`]: the system gives no thread
    pub fn new(dataset: Arc<Dataset>, rows: Vec<u32>, config: LoaderConfig) -> Result<Self, DataError> {
        Self::start(dataset, rows, config)
    }

    pub(super) fn start<S: Samples + 'static>(
        samples: Arc<S>,
        rows: Vec<u32>,
        config: LoaderConfig,
    ) -> Result<Self, DataError> {
        let (first, wanted) = (config.first_batch, config.workers.get());
        let recipe = Arc::new(Recipe::new(samples, rows, config)?);
        let end = recipe.num_batches();
        let workers = Vec::new();
        let mut loader = Self {
            workers,
            stop: Arc::new(AtomicBool::new(false)),
            first,
            next: first,
            end,
        };
        let count = wanted.min(end.saturating_sub(first));
        for number in 0..count {
            // If a thread cannot be had, dropping the loader ends those before it.
            let worker = Worker::start(&recipe, &loader.stop, (first + number..end).step_by(count))?;
            loader.workers.push(worker);
        }
        Ok(loader)
    }

    fn receive(&mut self) -> Result<Batch, DataError> {
        let turn = (self.next - self.first) % self.workers.len();
        let worker = &mut self.workers[turn];
        worker
            .finished
            .recv()
            .unwrap_or_else(|_| Err(worker.why_it_ended(self.next)))
    }
}

impl Iterator for Loader {
    type Item = Result<Batch, DataError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.end {
            return None;
        }
        let batch = self.receive();
        self.next = if batch.is_ok() { self.next + 1 } else { self.end };
        Some(batch)
    }

    /// At most the batches that are left; fewer if an error ends the iteration.
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.end.saturating_sub(self.next)))
    }
}

impl Drop for Loader {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        for Worker { finished, thread } in self.workers.drain(..) {
            // A worker may wait for room in its channel, and does so no longer once nobody receives.
            drop(finished);
            // A panic of a thread whose batch was never asked for concerns nobody.
            let _ = thread.map(JoinHandle::join);
        }
    }
}

impl Worker {
    fn start<S: Samples + 'static>(
        recipe: &Arc<Recipe<S>>,
        stop: &Arc<AtomicBool>,
        batches: impl Iterator<Item = usize> + Send + 'static,
    ) -> Result<Self, DataError> {
        let (sender, finished) = sync_channel(BATCHES_AHEAD);
        let (recipe, stop) = (Arc::clone(recipe), Arc::clone(stop));
        let work = move || make(&recipe, &stop, batches, &sender);
        let thread = Builder::new().name("didact-loader".into()).spawn(work);
        let thread = thread.map_err(|source| DataError::Worker {
            reason: source.to_string(),
        })?;
        Ok(Self {
            finished,
            thread: Some(thread),
        })
    }

    /// Why a thread is gone without having delivered the batch at `index`, which only a panic can bring about.
    fn why_it_ended(&mut self, index: usize) -> DataError {
        let panic = self.thread.take().and_then(|thread| thread.join().err());
        let message = panic
            .as_deref()
            .and_then(panic_message)
            .unwrap_or("without a message");
        DataError::Worker {
            reason: format!("panic in batch {index}: {message}"),
        }
    }
}

/// What a worker does until its batches are made, an error comes or nobody wants more.
fn make<S: Samples>(
    recipe: &Recipe<S>,
    stop: &AtomicBool,
    batches: impl Iterator<Item = usize>,
    finished: &SyncSender<Result<Batch, DataError>>,
) {
    let mut canvas = recipe.canvas();
    for index in batches {
        let Some(batch) = recipe.batch(index, &mut canvas, stop).transpose() else {
            return;
        };
        let failed = batch.is_err();
        if finished.send(batch).is_err() || failed {
            return;
        }
    }
}

fn panic_message(panic: &(dyn Any + Send)) -> Option<&str> {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
}
