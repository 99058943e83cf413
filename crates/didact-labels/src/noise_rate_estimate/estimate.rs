//! One estimate from two views of the confident set, and a third view within classes.

use super::class_sets::contradicted_within_classes;
use super::confident_set::{self, confident_set};
use super::event_mixture::share_mostly_wrong;
use super::training_record::TrainingRecord;
use crate::noise_rate::NoiseRate;

/// Before this epoch a network that learns slowly knows too little, and counts of events tell too little.
const FIRST_EPOCH: u32 = 3;

/// An estimated share of wrong labels, and what it was made from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoiseRateEstimate {
    /// The estimate: the mean of the next two.
    pub rate: NoiseRate,
    /// Share of the confident set whose latest prediction contradicts its label, in `[0, 1]`.
    pub from_losses: f64,
    /// Share of the confident set that belongs to the component which is wrong in most epochs, in `[0, 1]`.
    pub from_wrong_events: f64,
    /// Like `from_losses`, but judged within each predicted class; in `[0, 1]`, `None` where no class is predicted 20
    /// times. It sees noise in some classes only, and takes hard classes for noisy ones: usually 0.05 to 0.1 above
    /// `rate`, so that a larger distance speaks for classes of which the estimate does not tell.
    pub within_classes: Option<f64>,
}

impl NoiseRateEstimate {
    /// Of fewer samples than this there is never an estimate.
    pub const FEWEST_SAMPLES: usize = confident_set::FEWEST_SAMPLES;
}

/// Estimates the share of wrong labels among the samples of a running training, without any clean label.
///
/// Only the twentieth of the samples that is predicted most confidently is judged (at least 500 samples, at most a
/// fifth). There a loss has one of two kinds: that of the predicted class, or a larger one because the label is
/// another class. The first figure is the share of the latter. The second takes the same samples' counts of wrong
/// events over all epochs as a mixture of two binomials and is the share of the component that is wrong in most
/// epochs. Memorising wrong labels lowers the first one at once and the second one later; learning slowly raises the
/// second one more. Their mean is the estimate.
///
/// `None` as long as nothing can be said: before the third epoch, with fewer than 250 samples, or if even the
/// confident predictions were wrong in most epochs.
///
/// **It is too high while the network still learns, and too low once it memorises.** Ask after every epoch, and keep
/// the last answer when [`LabelWave`](crate::LabelWave) says stop. Where some classes are noisy and others are not, it
/// tells of those that are predicted most confidently, which are the clean ones: look at `within_classes` then.
/// docs/noise-rate.md shows by how much it errs.
///
/// Costs two selections and one histogram: about 3 ms for 50,000 samples on one core.
///
/// # Example
///
/// ```
/// use didact_labels::{TrainingRecord, estimate_noise_rate};
///
/// // 1,000 samples, two classes, 94 % sure: every third label is contradicted, in all of five epochs.
/// let wrong = |sample: usize| sample % 3 == 0;
/// let losses: Vec<f32> = (0..1000).map(|s| if wrong(s) { 2.8125 } else { 0.0625 }).collect();
/// let margins: Vec<f32> = (0..1000).map(|s| if wrong(s) { -2.75 } else { 2.75 }).collect();
/// let wrong_events: Vec<u16> = (0..1000).map(|s| if wrong(s) { 5 } else { 0 }).collect();
/// let predicted: Vec<u32> = (0..1000).map(|s| s % 2).collect();
/// let record = TrainingRecord::new(&losses, &margins, &predicted, &wrong_events, 5)?;
/// let estimate = estimate_noise_rate(&record).unwrap();
/// assert!((estimate.rate.value() - 1.0 / 3.0).abs() < 0.01);
/// # Ok::<(), didact_labels::LabelsError>(())
/// ```
///
/// Source: counts of wrong events with a two-component mixture: Zhang, Chai, Xu, Zhang, Han, Yuan, Wang and Cao,
/// 2025 (IDO), <https://arxiv.org/abs/2505.00812>; mixtures of losses: Arazo, Ortego, Albert, O'Connor and `McGuinness`,
/// 2019, <https://arxiv.org/abs/1904.11238>.
/// Differs from both: they fit Beta mixtures to all samples, to weigh samples; here only the most confident ones are
/// judged, and only the mixing share is used. Events are binomial, and one component is enough where the Bayesian
/// information criterion says so.
pub fn estimate_noise_rate(record: &TrainingRecord<'_>) -> Option<NoiseRateEstimate> {
    if record.epochs() < FIRST_EPOCH {
        return None;
    }
    let set = confident_set(record)?;
    let from_losses = record.contradicted_share(&set);
    let from_wrong_events = share_mostly_wrong(&count_events(record, &set))?;
    // A rate of 1 has no place in `NoiseRate`; there is nothing to learn from then.
    let rate = NoiseRate::new(f64::midpoint(from_losses, from_wrong_events)).ok()?;
    Some(NoiseRateEstimate {
        rate,
        from_losses,
        from_wrong_events,
        within_classes: contradicted_within_classes(record),
    })
}

/// How many samples of the set had each number of wrong events.
fn count_events(record: &TrainingRecord<'_>, set: &[usize]) -> Vec<usize> {
    // Events are counted in 16 bits, so no more bins are ever used.
    let epochs = usize::try_from(record.epochs())
        .unwrap_or(usize::MAX)
        .min(usize::from(u16::MAX));
    let mut counts = vec![0; epochs + 1];
    for &sample in set {
        counts[record.wrong_events(sample) as usize] += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `n` confident samples whose labels are contradicted in a share of all epochs, spread evenly.
    fn estimate(n: usize, wrong_of_ten: usize, epochs: u16) -> Option<NoiseRateEstimate> {
        let wrong = |sample: &usize| sample % 10 < wrong_of_ten;
        let column = |if_wrong: f32, if_right: f32| {
            (0..n)
                .map(|s| if wrong(&s) { if_wrong } else { if_right })
                .collect::<Vec<_>>()
        };
        let events: Vec<u16> = (0..n).map(|s| if wrong(&s) { epochs } else { 0 }).collect();
        let (losses, margins) = (column(2.8125, 0.0625), column(-2.75, 2.75));
        let predicted = vec![0; n];
        let record = TrainingRecord::new(&losses, &margins, &predicted, &events, epochs.into()).unwrap();
        estimate_noise_rate(&record)
    }

    #[test]
    fn shares_of_separated_samples_are_found_at_every_rate() {
        for wrong_of_ten in 0..=8 {
            let truth = wrong_of_ten as f64 / 10.0;
            let found = estimate(2_000, wrong_of_ten, 5).unwrap();
            assert!((found.rate.value() - truth).abs() < 0.01, "{truth}: {found:?}");
            assert!((found.from_losses - found.from_wrong_events).abs() < 0.01);
        }
    }

    #[test]
    fn it_says_nothing_too_early_on_too_little_or_where_all_is_wrong() {
        assert_eq!(estimate(2_000, 4, 2), None);
        assert_eq!(NoiseRateEstimate::FEWEST_SAMPLES, 250);
        assert_eq!(estimate(249, 4, 5), None);
        assert_eq!(estimate(0, 4, 5), None);
        assert_eq!(estimate(2_000, 10, 5), None);
        assert!(estimate(250, 4, 3).is_some());
    }

    #[test]
    fn more_epochs_than_events_can_count_are_survived() {
        let (losses, margins) = ([0.1; 300], [2.0; 300]);
        let (predicted, events) = ([0; 300], [0; 300]);
        let record = TrainingRecord::new(&losses, &margins, &predicted, &events, u32::MAX).unwrap();
        assert_eq!(
            estimate_noise_rate(&record).map(|found| found.rate.value()),
            Some(0.0)
        );
    }
}
