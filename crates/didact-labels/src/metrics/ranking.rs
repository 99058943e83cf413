//! How well a score puts the positives before the negatives.

/// The area under the receiver operating characteristic: the probability that a positive scores higher than a negative, ties
/// counted half. 0.5 is chance, 1 is perfect. `None` without a positive or without a negative.
///
/// Scores and positives are `[num_samples]`; scores are ordered as IEEE 754 orders them in total, so that one that is no
/// number has a place too.
///
/// ```
/// use didact_labels::metrics::area_under_roc;
///
/// assert_eq!(area_under_roc(&[0.9, 0.8, 0.3], &[true, false, true]), Some(0.5));
/// assert_eq!(area_under_roc(&[0.9, 0.8], &[true, true]), None);
/// ```
///
/// Source: Hanley and `McNeil`, 1982: the Mann-Whitney statistic, divided by the number of pairs.
pub fn area_under_roc(scores: &[f64], positives: &[bool]) -> Option<f64> {
    let (mut won, mut negatives_above, mut positives_above) = (0.0, 0.0, 0.0);
    for Tie { positives, negatives } in ties(scores, positives) {
        won += negatives * (positives_above + 0.5 * positives);
        positives_above += positives;
        negatives_above += negatives;
    }
    let pairs = positives_above * negatives_above;
    (pairs > 0.0).then(|| won / pairs)
}

/// Average precision: the mean over the positives of the share of positives among what scores at least as high. Chance is the
/// share of positives, 1 is perfect. `None` without a positive.
///
/// ```
/// use didact_labels::metrics::average_precision;
///
/// let found = average_precision(&[0.9, 0.8, 0.3], &[true, false, true]);
/// assert!((found.unwrap() - (1.0 + 2.0 / 3.0) / 2.0).abs() < 1e-12);
/// ```
///
/// Without interpolation, equal scores together, as scikit-learn's `average_precision_score`.
pub fn average_precision(scores: &[f64], positives: &[bool]) -> Option<f64> {
    let (mut sum, mut found, mut seen) = (0.0, 0.0, 0.0);
    for Tie { positives, negatives } in ties(scores, positives) {
        found += positives;
        seen += positives + negatives;
        sum += positives * found / seen;
    }
    (found > 0.0).then(|| sum / found)
}

/// Samples of one score.
struct Tie {
    positives: f64,
    negatives: f64,
}

/// Samples by falling score, equal scores together.
fn ties(scores: &[f64], positives: &[bool]) -> Vec<Tie> {
    let mut order: Vec<(f64, bool)> = scores.iter().copied().zip(positives.iter().copied()).collect();
    order.sort_unstable_by(|left, right| right.0.total_cmp(&left.0));
    let tie = |samples: &[(f64, bool)]| {
        let count = samples.iter().filter(|(_, positive)| *positive).count();
        Tie {
            positives: count as f64,
            negatives: (samples.len() - count) as f64,
        }
    };
    order
        .chunk_by(|left, right| left.0.total_cmp(&right.0).is_eq())
        .map(tie)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cmp::Ordering;

    fn close(found: Option<f64>, expected: f64) {
        assert!(
            found.is_some_and(|found| (found - expected).abs() < 1e-12),
            "{found:?}"
        );
    }

    #[test]
    fn by_hand_with_ties() {
        // Of six pairs three are won, two are ties and one is lost.
        let (scores, positives) = ([3.0, 2.0, 2.0, 1.0, 1.0], [true, false, true, false, true]);
        close(area_under_roc(&scores, &positives), 4.0 / 6.0);
        close(
            average_precision(&scores, &positives),
            (1.0 + 2.0 / 3.0 + 3.0 / 5.0) / 3.0,
        );
    }

    #[test]
    fn nothing_to_tell_apart_has_no_answer() {
        assert_eq!(area_under_roc(&[], &[]), None);
        assert_eq!(area_under_roc(&[1.0], &[false]), None);
        assert_eq!(average_precision(&[1.0], &[false]), None);
    }

    proptest! {
        #[test]
        fn pairs_counted_one_by_one_give_the_same(samples in prop::collection::vec((0u8..6, any::<bool>()), 2..40)) {
            let scores: Vec<f64> = samples.iter().map(|(score, _)| f64::from(*score)).collect();
            let positives: Vec<bool> = samples.iter().map(|(_, positive)| *positive).collect();
            let (mut won, mut pairs) = (0.0, 0.0);
            for (high, _) in samples.iter().filter(|(_, positive)| *positive) {
                for (low, _) in samples.iter().filter(|(_, positive)| !*positive) {
                    won += match high.cmp(low) {
                        Ordering::Greater => 1.0,
                        Ordering::Equal => 0.5,
                        Ordering::Less => 0.0,
                    };
                    pairs += 1.0;
                }
            }
            match area_under_roc(&scores, &positives) {
                Some(found) => prop_assert!((found - won / pairs).abs() < 1e-12),
                None => prop_assert!(pairs < 1.0),
            }
        }
    }
}
