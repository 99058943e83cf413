//! When an estimated share of wrong labels is worth following.

use std::num::NonZeroU32;

use didact_labels::NoiseRateEstimate;

/// So many estimates in a row must agree. Two do so by chance while the estimate still falls by 0.03 an epoch.
const IN_A_ROW: usize = 3;

/// Within so much of one another: about the error of an estimate from 500 samples.
const AGREEMENT: f64 = 0.03;

/// After one part in so many of the run, an estimate that still moves is better than none.
const PATIENCE: u32 = 3;

/// Epochs that are waited for in any case.
const LEAST_EPOCHS: u32 = 5;

/// Whether the latest estimate may be followed, in a run of `epochs` of which `epochs_done` are done.
///
/// A network that learns slowly takes many labels for wrong at first. A curriculum that believed it would leave out samples
/// that are right, which slows learning further. So the estimate is withheld until three in a row have agreed, or a third of
/// the run has passed (at least 5 epochs). Once it may be followed, it always may.
pub(crate) fn is_settled(estimates: &[f64], epochs_done: u32, epochs: NonZeroU32) -> bool {
    epochs_done >= epochs.get().div_ceil(PATIENCE).max(LEAST_EPOCHS)
        || estimates.windows(IN_A_ROW).any(|row| spread(row) <= AGREEMENT)
}

fn spread(numbers: &[f64]) -> f64 {
    let largest = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let smallest = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    largest - smallest
}

/// Why a run on so many labelled samples will never have an estimate to follow, in words, if it will not.
pub(crate) fn obstacle(labelled: usize, epochs: NonZeroU32) -> Option<String> {
    let fewest = NoiseRateEstimate::FEWEST_SAMPLES;
    if labelled < fewest {
        return Some(format!(
            "{labelled} labelled training samples are too few, expected at least {fewest}"
        ));
    }
    (epochs.get() <= LEAST_EPOCHS).then(|| {
        format!(
            "the run is too short, at {epochs} epochs, expected at least {}",
            LEAST_EPOCHS + 1
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(estimates: &[f64], epochs_done: u32, epochs: u32) -> bool {
        is_settled(estimates, epochs_done, NonZeroU32::new(epochs).unwrap())
    }

    #[test]
    fn an_estimate_that_still_falls_is_waited_for() {
        // Plain training of big-lenet on a fifth of CIFAR-100 with 40 % wrong labels, epochs 4 to 9; two of them agree.
        let falling = [0.636, 0.647, 0.599, 0.560, 0.548, 0.478];
        assert!(!after(&falling, 9, 30));
        assert!(after(&falling, 10, 30));
        assert!(!after(&[], 4, 4) && !after(&falling[..2], 4, 6));
        assert!(after(&falling[..2], 5, 6));
    }

    #[test]
    fn three_in_a_row_that_agree_are_enough_for_good() {
        assert!(!after(&[0.22, 0.21], 4, 100));
        assert!(after(&[0.22, 0.21, 0.20], 5, 100));
        assert!(after(&[0.40, 0.22, 0.21, 0.20, 0.10], 7, 100));
        assert!(!after(&[0.22, 0.40, 0.21, 0.20], 6, 100));
    }

    #[test]
    fn what_can_never_be_estimated_is_said() {
        let said = |labelled, epochs| obstacle(labelled, NonZeroU32::new(epochs).unwrap());
        assert_eq!(said(250, 6), None);
        assert!(said(249, 6).unwrap().contains("249 labelled"));
        assert!(said(250, 5).unwrap().contains("at least 6"));
    }
}
