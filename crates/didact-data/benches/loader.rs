//! Images a second of the loader alone: 32 x 32 colour images in memory, batches of 128, by preset and workers.

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use didact_data::{
    Augmentation, DataError, Dataset, Loader, LoaderConfig, Normalization, Operation, SampleShape, shuffled,
};

const IMAGES: u32 = 4096;
const SHAPE: SampleShape = SampleShape::Image {
    channels: 3,
    height: 32,
    width: 32,
};

fn dataset() -> Result<Dataset, DataError> {
    let pixels = (0..IMAGES as usize * SHAPE.len())
        .map(|position| (position * 31 % 251) as u8)
        .collect();
    Dataset::from_pixels(pixels, SHAPE, (0..IMAGES).map(|row| row % 10).collect())
}

fn augmentations() -> Result<Vec<(&'static str, Augmentation)>, DataError> {
    let affine = vec![
        Operation::Rotation { degrees: 10.0 },
        Operation::Zoom { range: 0.1 },
    ];
    Ok(vec![
        ("none", Augmentation::none()),
        ("shift", Augmentation::shift()),
        ("standard", Augmentation::standard()),
        ("tutorial", Augmentation::tutorial()),
        ("rotation-and-zoom", Augmentation::new(affine)?),
    ])
}

/// Loads one whole epoch, the start and end of the workers included, and counts the images.
fn epoch(dataset: &Arc<Dataset>, rows: &[u32], config: &LoaderConfig) -> Result<usize, DataError> {
    let mut batches = Loader::new(Arc::clone(dataset), rows.to_vec(), config.clone())?;
    batches.try_fold(0, |images, batch| Ok(images + black_box(batch?).rows.len()))
}

fn loader(criterion: &mut Criterion) -> Result<(), DataError> {
    let dataset = Arc::new(dataset()?);
    let rows = shuffled(&(0..IMAGES).collect::<Vec<_>>(), 7, 1);
    let normalization = Normalization::measured(&dataset, &rows)?;
    let mut group = criterion.benchmark_group("loader");
    group
        .throughput(Throughput::Elements(IMAGES.into()))
        .sample_size(10);
    group
        .warm_up_time(Duration::from_millis(250))
        .measurement_time(Duration::from_millis(900));
    for (name, augmentation) in augmentations()? {
        for workers in [1, 2].into_iter().filter_map(NonZeroUsize::new) {
            let config = LoaderConfig {
                batch_size: NonZeroUsize::MIN.saturating_add(127),
                normalization: normalization.clone(),
                augmentation: augmentation.clone(),
                seed: 7,
                epoch: 1,
                first_batch: 0,
                workers,
            };
            let id = BenchmarkId::new(name, workers);
            group.bench_function(id, |bencher| bencher.iter(|| epoch(&dataset, &rows, &config)));
        }
    }
    group.finish();
    Ok(())
}

fn run(criterion: &mut Criterion) {
    let result = loader(criterion);
    assert!(result.is_ok(), "the loader does not run: {result:?}");
}

criterion_group!(benches, run);
criterion_main!(benches);
