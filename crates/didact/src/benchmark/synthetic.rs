//! Random images: what they show does not matter to the time.

use std::num::NonZeroUsize;
use std::sync::Arc;

use didact_data::{
    Augmentation, Batch, DataError, Dataset, Loader, LoaderConfig, Normalization, SampleShape,
};
use didact_random::{Purpose, Stream};
use rand::Rng;

/// The shape of the images.
pub(crate) const IMAGES: SampleShape = SampleShape::Image {
    channels: 3,
    height: 32,
    width: 32,
};

/// So many random images, with the classes in turn as labels. Another number makes others.
pub(crate) fn synthetic(number: u64, samples: u32, num_classes: usize) -> Result<Dataset, DataError> {
    let mut pixels = vec![0; samples as usize * IMAGES.len()];
    Stream::new(0, Purpose::Benchmark)
        .at([number, 0])
        .fill_bytes(&mut pixels);
    // From the last class down, so that even a single image says how many classes there are.
    let last = num_classes as u32 - 1;
    let labels = (0..samples).map(|row| last - row % (last + 1)).collect();
    Dataset::from_pixels(pixels, IMAGES, labels)
}

/// All images in one batch, normalised.
pub(crate) fn first_batch(dataset: &Arc<Dataset>) -> Result<Batch, DataError> {
    let rows: Vec<u32> = (0..dataset.len() as u32).collect();
    let config = LoaderConfig {
        batch_size: NonZeroUsize::new(rows.len()).unwrap_or(NonZeroUsize::MIN),
        normalization: Normalization::measured(dataset, &rows)?,
        augmentation: Augmentation::none(),
        seed: 0,
        epoch: 0,
        first_batch: 0,
        workers: NonZeroUsize::MIN,
    };
    let nothing = || DataError::Worker {
        reason: "no batch was made".to_owned(),
    };
    Loader::new(Arc::clone(dataset), rows, config)?
        .next()
        .unwrap_or_else(|| Err(nothing()))
}
