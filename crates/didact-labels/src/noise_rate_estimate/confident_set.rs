//! The predictions that are judged: the most confident ones.

use super::training_record::TrainingRecord;

/// Share of the samples that are judged. More would let hard clean samples in, fewer would favour the labels that
/// are memorised first: at 2 % the estimate falls earlier, at 20 % it is too high for longer.
const SHARE: usize = 20;

/// Fewest samples judged where the data allows, for a standard error of at most 0.023.
const ENOUGH: usize = 500;

/// Of small data at most every fifth sample is judged, so that the set stays the confident one.
const SMALL_DATA_SHARE: usize = 5;

/// With fewer samples than this in the set (standard error 0.07) nothing is said.
const TOO_FEW: usize = 50;

/// Fewest samples of which anything is said.
pub(super) const FEWEST_SAMPLES: usize = TOO_FEW * SMALL_DATA_SHARE;

/// The samples predicted most confidently, in no particular order; `None` if the data is too small to judge.
pub(super) fn confident_set(record: &TrainingRecord<'_>) -> Option<Vec<usize>> {
    let ranked: Vec<(usize, f32)> = record.log_confidences().collect();
    let num_samples = ranked.len();
    let size = (num_samples / SHARE)
        .max(ENOUGH)
        .min(num_samples / SMALL_DATA_SHARE);
    if size < TOO_FEW {
        return None;
    }
    Some(most_confident(ranked, size))
}

/// The `size` most confident of some samples, in no particular order.
///
/// At equal confidence the earlier sample is preferred. Costs one selection, not a sort.
pub(super) fn most_confident(mut ranked: Vec<(usize, f32)>, size: usize) -> Vec<usize> {
    if (1..ranked.len()).contains(&size) {
        ranked.select_nth_unstable_by(size - 1, |left, right| {
            right.1.total_cmp(&left.1).then(left.0.cmp(&right.0))
        });
    }
    ranked.truncate(size);
    ranked.into_iter().map(|(sample, _)| sample).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size_of(num_samples: usize) -> Option<usize> {
        let zeros = vec![0.0; num_samples];
        let events = vec![0; num_samples];
        let predicted = vec![0; num_samples];
        let record = TrainingRecord::new(&zeros, &zeros, &predicted, &events, 3).unwrap();
        confident_set(&record).map(|set| set.len())
    }

    #[test]
    fn a_twentieth_is_judged_but_at_least_500_and_at_most_a_fifth() {
        assert_eq!(size_of(249), None);
        assert_eq!(size_of(250), Some(50));
        assert_eq!(size_of(2_000), Some(400));
        assert_eq!(size_of(5_000), Some(500));
        assert_eq!(size_of(50_000), Some(2_500));
    }

    #[test]
    fn the_most_confident_are_chosen_and_the_earlier_of_equals() {
        // Loss 0 is confidence 1. The first 100 samples are unsure, the next 300 equally sure.
        let losses: Vec<f32> = (0..400)
            .map(|sample| if sample < 100 { 2.0 } else { 0.5 })
            .collect();
        let (margins, predicted, events) = ([1.0; 400], [0; 400], [0; 400]);
        let record = TrainingRecord::new(&losses, &margins, &predicted, &events, 3).unwrap();
        let mut set = confident_set(&record).unwrap();
        set.sort_unstable();
        assert_eq!(set, (100..180).collect::<Vec<_>>());
    }
}
