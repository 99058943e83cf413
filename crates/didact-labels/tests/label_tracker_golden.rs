//! The label tracker against the numbers of `FastEstimator`'s own test,
//! `test/PR_test/integration_test/trace/xai/test_label_tracker.py`.
//!
//! Labels, values and means are its literals; deviations (n - 1), minima and maxima were derived from them.

use didact_labels::LabelTracker;

type Batch = ([u32; 10], [f64; 10]);

const FIRST_EPOCH: [Batch; 3] = [
    (
        [2, 1, 0, 1, 0, 1, 1, 1, 0, 0],
        [0.9, 0.8, 0.1, 0.4, 0.9, 0.6, 0.1, 0.6, 0.8, 0.3],
    ),
    (
        [1, 1, 1, 1, 0, 1, 0, 0, 0, 0],
        [0.3, 0.1, 0.0, 0.8, 0.5, 0.5, 0.6, 0.2, 0.5, 1.0],
    ),
    (
        [2, 2, 2, 2, 2, 0, 2, 2, 2, 2],
        [0.3, 0.4, 0.7, 0.9, 0.3, 0.0, 0.3, 0.7, 0.8, 0.6],
    ),
];

const SECOND_EPOCH: [Batch; 3] = [
    (
        [0, 1, 0, 1, 0, 1, 1, 1, 0, 0],
        [0.8, 0.9, 0.6, 0.1, 0.7, 0.3, 0.9, 0.9, 0.4, 0.6],
    ),
    (
        [2, 2, 2, 2, 0, 1, 0, 0, 0, 0],
        [0.4, 0.4, 0.9, 0.1, 0.4, 0.9, 0.0, 0.8, 1.0, 0.1],
    ),
    (
        [1, 1, 1, 1, 2, 2, 2, 2, 2, 2],
        [0.3, 0.9, 0.9, 0.5, 0.9, 0.8, 0.6, 0.1, 0.1, 0.2],
    ),
];

/// Mean, deviation, minimum and maximum of labels 0, 1 and 2 in each epoch.
const EXPECTED: [[[f64; 4]; 3]; 2] = [
    [
        [0.49, 0.341_402_337, 0.0, 1.0],
        [0.42, 0.289_827_535, 0.0, 0.8],
        [0.59, 0.246_981_781, 0.3, 0.9],
    ],
    [
        [0.54, 0.316_929_715, 0.0, 1.0],
        [0.66, 0.323_865_541, 0.1, 0.9],
        [0.45, 0.330_823_887, 0.1, 0.9],
    ],
];

#[test]
fn two_epochs_have_the_means_and_spreads_of_fast_estimator() {
    let mut tracker = LabelTracker::default();
    // FastEstimator closes the first epoch at step 3 and the second at step 6.
    for (step, batches) in [(3, FIRST_EPOCH), (6, SECOND_EPOCH)] {
        for (labels, values) in batches {
            tracker.record_batch(&labels, &values).unwrap();
        }
        tracker.finish_epoch(step);
    }
    assert_eq!(
        tracker
            .history()
            .iter()
            .map(|summary| summary.epoch)
            .collect::<Vec<_>>(),
        [3, 6]
    );
    for (summary, expected) in tracker.history().iter().zip(EXPECTED) {
        assert_eq!(summary.groups.keys().copied().collect::<Vec<_>>(), [0, 1, 2]);
        for (group, [mean, deviation, min, max]) in summary.groups.values().zip(expected) {
            assert_eq!(group.n, 10);
            assert!((group.mean - mean).abs() < 1e-12, "{group:?}");
            assert!((group.deviation - deviation).abs() < 1e-9, "{group:?}");
            assert_eq!((group.min, group.max), (min, max));
        }
    }
}
