//! What holds for metrics whatever the labels.

#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]
#![expect(clippy::float_cmp, reason = "these figures are exact")]

use didact_labels::LabelTracker;
use didact_labels::metrics::{
    ClassificationReport, ConfusionMatrix, ReportedClasses, ScoreMatrix, accuracy, matthews_correlation,
    top_k_accuracy,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// Pairs of a true and a predicted label.
fn arbitrary_pairs() -> impl Strategy<Value = (usize, Vec<(u32, u32)>)> {
    (2_usize..7).prop_flat_map(|num_classes| {
        let label = 0..num_classes as u32;
        (Just(num_classes), vec((label.clone(), label), 1..60))
    })
}

fn confusion(num_classes: usize, pairs: &[(u32, u32)]) -> ConfusionMatrix {
    let (truth, predicted): (Vec<u32>, Vec<u32>) = pairs.iter().copied().unzip();
    ConfusionMatrix::from_labels(num_classes, &truth, &predicted).unwrap()
}

proptest! {
    #[test]
    fn matthews_correlation_lies_between_minus_one_and_one((num_classes, pairs) in arbitrary_pairs()) {
        let correlation = matthews_correlation(&confusion(num_classes, &pairs));
        prop_assert!((-1.0..=1.0).contains(&correlation));
    }

    #[test]
    fn the_order_of_samples_does_not_matter(
        ((num_classes, pairs), shuffled) in arbitrary_pairs()
            .prop_flat_map(|case| (Just(case.clone()), Just(case.1).prop_shuffle()))
    ) {
        prop_assert_eq!(confusion(num_classes, &pairs), confusion(num_classes, &shuffled));
    }

    #[test]
    fn renaming_the_classes_changes_no_figure((num_classes, pairs) in arbitrary_pairs(), shift in 1_u32..6) {
        let rename = |label: u32| (label + shift) % num_classes as u32;
        let renamed: Vec<_> = pairs.iter().map(|&(truth, predicted)| (rename(truth), rename(predicted))).collect();
        let (before, after) = (confusion(num_classes, &pairs), confusion(num_classes, &renamed));
        prop_assert_eq!(accuracy(&before), accuracy(&after));
        prop_assert!((matthews_correlation(&before) - matthews_correlation(&after)).abs() < 1e-12);
        let report = |confusion| ClassificationReport::new(confusion, &[], ReportedClasses::All).unwrap();
        let (before, after) = (report(&before), report(&after));
        for (class, row) in before.classes.iter().enumerate() {
            prop_assert_eq!(row.scores, after.classes[rename(class as u32) as usize].scores);
        }
        prop_assert!((before.macro_average.f1 - after.macro_average.f1).abs() < 1e-12);
    }

    #[test]
    fn matthews_correlation_is_symmetric((num_classes, pairs) in arbitrary_pairs()) {
        let turned: Vec<_> = pairs.iter().map(|&(truth, predicted)| (predicted, truth)).collect();
        let [one, other] = [&pairs, &turned].map(|pairs| matthews_correlation(&confusion(num_classes, pairs)));
        prop_assert!((one - other).abs() < 1e-12);
    }

    #[test]
    fn counting_in_batches_is_counting_at_once((num_classes, pairs) in arbitrary_pairs(), batch in 1_usize..10) {
        let mut batched = ConfusionMatrix::new(num_classes);
        for pairs in pairs.chunks(batch) {
            let (truth, predicted): (Vec<u32>, Vec<u32>) = pairs.iter().copied().unzip();
            batched.add_batch(&truth, &predicted).unwrap();
        }
        prop_assert_eq!(batched, confusion(num_classes, &pairs));
    }

    #[test]
    fn weighted_recall_is_accuracy((num_classes, pairs) in arbitrary_pairs()) {
        let confusion = confusion(num_classes, &pairs);
        let report = ClassificationReport::new(&confusion, &[], ReportedClasses::Occurring).unwrap();
        prop_assert!((report.weighted_average.recall - report.accuracy).abs() < 1e-12);
        prop_assert_eq!(report.macro_average.support, pairs.len() as u64);
    }

    #[test]
    fn top_k_accuracy_grows_with_k_from_the_argmax_to_one(
        (labels, scores) in (1_usize..20)
            .prop_flat_map(|samples| (vec(0_u32..5, samples), vec((0_u8..4).prop_map(f32::from), samples * 5)))
    ) {
        let matrix = ScoreMatrix::new(&scores, 5).unwrap();
        let accuracies: Vec<f64> = (1..=5).map(|k| top_k_accuracy(matrix, &labels, k).unwrap()).collect();
        prop_assert!(accuracies.is_sorted());
        prop_assert_eq!(accuracies[4], 1.0);
        let first_maximum = |row: &[f32]| {
            (0..5_u32).reduce(|best, class| if row[class as usize] > row[best as usize] { class } else { best })
        };
        let predicted: Vec<u32> = scores.chunks(5).filter_map(first_maximum).collect();
        prop_assert_eq!(accuracies[0], accuracy(&ConfusionMatrix::from_labels(5, &labels, &predicted).unwrap()));
    }

    #[test]
    fn a_group_lies_within_its_range_whatever_the_batches(
        samples in vec((0_u32..3, -1e3_f64..1e3), 1..80),
        batch in 1_usize..20,
    ) {
        let mut tracker = LabelTracker::default();
        for batch in samples.chunks(batch) {
            let (groups, values): (Vec<u32>, Vec<f64>) = batch.iter().copied().unzip();
            tracker.record_batch(&groups, &values).unwrap();
        }
        let epoch = tracker.finish_epoch(1).clone();
        prop_assert_eq!(epoch.groups.values().map(|group| group.n).sum::<u64>(), samples.len() as u64);
        for (group, summary) in &epoch.groups {
            let values = || samples.iter().filter(|sample| sample.0 == *group).map(|sample| sample.1);
            let mean = values().sum::<f64>() / summary.n as f64;
            let squares: f64 = values().map(|value| (value - mean).powi(2)).sum();
            let deviation = (squares / (summary.n.max(2) - 1) as f64).sqrt();
            prop_assert!((summary.mean - mean).abs() < 1e-9);
            prop_assert!((summary.deviation - deviation).abs() < 1e-9);
            prop_assert!(values().all(|value| (summary.min..=summary.max).contains(&value)));
        }
    }
}
