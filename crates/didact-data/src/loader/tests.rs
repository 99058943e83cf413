use std::num::NonZeroUsize;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::augmentation::{Augmentation, Operation, PaddingMode};
use crate::error::DataError;
use crate::normalization::Normalization;
use crate::samples::Samples;
use crate::samples::fake::{Fake, Fault};

/// All operations, fit for the images of 5 by 6 pixels.
fn augmentation() -> Augmentation {
    Augmentation::new(vec![
        Operation::PadAndCrop {
            padding: 2,
            mode: PaddingMode::Reflect,
        },
        Operation::HorizontalFlip { probability: 0.5 },
        Operation::Rotation { degrees: 15.0 },
        Operation::Zoom { range: 0.2 },
        Operation::CoarseDropout { holes: 1, size: 2 },
    ])
    .unwrap()
}

fn config(batch_size: usize, workers: usize) -> LoaderConfig {
    LoaderConfig {
        batch_size: NonZeroUsize::new(batch_size).unwrap(),
        normalization: Normalization::given(vec![0.5; 3], vec![0.25; 3]).unwrap(),
        augmentation: augmentation(),
        seed: 7,
        epoch: 3,
        first_batch: 0,
        workers: NonZeroUsize::new(workers).unwrap(),
    }
}

fn batches(samples: &Arc<Fake>, rows: &[u32], config: LoaderConfig) -> Vec<Batch> {
    Loader::start(Arc::clone(samples), rows.to_vec(), config)
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

/// Row and values of each sample, ordered by row.
fn by_row(batches: &[Batch]) -> Vec<(u32, Vec<f32>)> {
    let samples = batches.iter().flat_map(|batch| {
        let length = batch.values.len() / batch.rows.len();
        batch
            .rows
            .iter()
            .copied()
            .zip(batch.values.chunks_exact(length).map(<[f32]>::to_vec))
    });
    let mut samples: Vec<_> = samples.collect();
    samples.sort_by_key(|(row, _)| *row);
    samples
}

#[test]
fn without_augmentation_a_batch_holds_the_normalised_samples_in_order() {
    let samples = Arc::new(Fake::features(vec![
        vec![1.0, 2.0],
        vec![3.0, 6.0],
        vec![5.0, 4.0],
    ]));
    let normalization = Normalization::given(vec![1.0, 2.0], vec![2.0, 4.0]).unwrap();
    let config = LoaderConfig {
        augmentation: Augmentation::none(),
        normalization,
        ..config(2, 1)
    };
    let expected = [
        Batch {
            index: 0,
            rows: vec![2, 0],
            values: vec![2.0, 0.5, 0.0, 0.0],
        },
        Batch {
            index: 1,
            rows: vec![1],
            values: vec![1.0, 1.0],
        },
    ];
    assert_eq!(batches(&samples, &[2, 0, 1], config), expected);
}

#[test]
fn the_number_of_workers_changes_neither_order_nor_bits() {
    let samples = Arc::new(Fake::images(50));
    let rows: Vec<u32> = (0..50).rev().collect();
    let alone = batches(&samples, &rows, config(4, 1));
    assert_eq!(
        alone.iter().map(|batch| batch.index).collect::<Vec<_>>(),
        (0..13).collect::<Vec<_>>()
    );
    for workers in [2, 3, 20] {
        assert_eq!(batches(&samples, &rows, config(4, workers)), alone);
    }
}

#[test]
fn epoch_and_seed_change_the_augmentation() {
    let samples = Arc::new(Fake::images(8));
    let rows: Vec<u32> = (0..8).collect();
    let third = batches(&samples, &rows, config(8, 1));
    assert_ne!(
        third,
        batches(
            &samples,
            &rows,
            LoaderConfig {
                epoch: 4,
                ..config(8, 1)
            }
        )
    );
    assert_ne!(
        third,
        batches(
            &samples,
            &rows,
            LoaderConfig {
                seed: 8,
                ..config(8, 1)
            }
        )
    );
}

#[test]
fn going_on_within_an_epoch_gives_its_remaining_batches() {
    let samples = Arc::new(Fake::images(20));
    let rows: Vec<u32> = (0..20).collect();
    let all = batches(&samples, &rows, config(3, 2));
    for first_batch in 0..=all.len() {
        let rest = batches(
            &samples,
            &rows,
            LoaderConfig {
                first_batch,
                ..config(3, 2)
            },
        );
        assert_eq!(rest, all[first_batch..]);
    }
    assert!(
        batches(
            &samples,
            &rows,
            LoaderConfig {
                first_batch: 99,
                ..config(3, 2)
            }
        )
        .is_empty()
    );
}

#[test]
fn an_error_comes_after_the_batches_before_it_and_ends_the_iteration() {
    let samples = Arc::new(Fake {
        fault: Fault::Error(7),
        ..Fake::images(20)
    });
    for workers in [1, 3] {
        let mut loader = Loader::start(Arc::clone(&samples), (0..20).collect(), config(2, workers)).unwrap();
        assert!(loader.by_ref().take(3).all(|batch| batch.is_ok()));
        assert!(matches!(loader.next(), Some(Err(DataError::NotFound { .. }))));
        assert!(loader.next().is_none());
    }
}

#[test]
fn a_panic_of_a_worker_becomes_an_error() {
    let samples = Arc::new(Fake {
        fault: Fault::Panic(5),
        ..Fake::images(20)
    });
    let loader = Loader::start(samples, (0..20).collect(), config(2, 2)).unwrap();
    let results: Vec<_> = loader.collect();
    assert_eq!(results.len(), 3);
    let message = results[2].as_ref().unwrap_err().to_string();
    assert_eq!(
        message,
        "a worker of the loader failed: panic in batch 2: row 5 fell over"
    );
}

#[test]
fn dropping_the_loader_ends_its_threads() {
    let samples = Arc::new(Fake::images(1000));
    let mut loader = Loader::start(Arc::clone(&samples), (0..1000).collect(), config(1, 3)).unwrap();
    loader.next().unwrap().unwrap();
    drop(loader);
    // The threads held the other references.
    assert_eq!(Arc::strong_count(&samples), 1);
}

#[test]
fn what_does_not_fit_together_is_refused_before_a_thread_starts() {
    let images = Arc::new(Fake::images(4));
    let refused = |rows: Vec<u32>, config| {
        Loader::start(Arc::clone(&images), rows, config)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        refused(vec![], config(1, 1)),
        "number of rows is 0, expected a value at least 1"
    );
    assert_eq!(
        refused(vec![0, 4], config(1, 1)),
        "row of a sample is 4, expected a value in 0..4"
    );
    let normalization = Normalization::identity(Fake::features(vec![vec![0.0; 2]]).shape());
    let message = "number of means to normalise by is 2, expected a value of 3, one a channel";
    assert_eq!(
        refused(
            vec![0],
            LoaderConfig {
                normalization,
                ..config(1, 1)
            }
        ),
        message
    );
    let augmentation = Augmentation::tutorial();
    assert!(
        refused(
            vec![0],
            LoaderConfig {
                augmentation,
                ..config(1, 1)
            }
        )
        .contains("for images of 5 by 6")
    );

    let features = Arc::new(Fake::features(vec![vec![0.0; 3]]));
    let error = Loader::start(features, vec![0], config(1, 1)).unwrap_err();
    assert!(
        matches!(error, DataError::AugmentationNeedsImages { features: 3 }),
        "{error}"
    );
}

proptest! {
    #[test]
    fn a_sample_gets_the_same_bits_in_any_company(
        rows in Just((0..30_u32).collect::<Vec<_>>()).prop_shuffle(),
        batch_size in 1..40_usize,
        workers in 1..4_usize,
        kept in 1..=30_usize,
    ) {
        let samples = Arc::new(Fake::images(30));
        let alone = by_row(&batches(&samples, &(0..30).collect::<Vec<_>>(), config(1, 1)));
        let company = by_row(&batches(&samples, &rows[..kept], config(batch_size, workers)));
        prop_assert_eq!(company.len(), kept);
        prop_assert!(company.iter().all(|(row, values)| alone[*row as usize] == (*row, values.clone())));
    }
}
