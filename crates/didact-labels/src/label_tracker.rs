//! How differently groups of samples are treated, epoch by epoch.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::LabelsError;
use crate::group_summary::{GroupSummary, RunningSummary};
use crate::label_checks::check_length;

/// Mean and spread of a metric for each label or group, one summary an epoch.
///
/// Groups are anything with an order: labels (`u32`), [`LabelState`](crate::LabelState), names. Summaries list
/// them in that order.
///
/// # Example
///
/// ```
/// use didact_labels::{LabelState, LabelTracker};
///
/// let mut confidence = LabelTracker::default();
/// confidence.record(LabelState::of(3, 3), 0.9);
/// confidence.record(LabelState::of(3, 3), 0.7);
/// confidence.record(LabelState::of(5, 3), 0.2);
/// let epoch = confidence.finish_epoch(1);
/// assert_eq!(epoch.groups[&LabelState::Clean].mean, 0.8);
/// assert_eq!(epoch.groups[&LabelState::Corrupted].n, 1);
/// ```
///
/// Source: `FastEstimator`, `trace/xai/label_tracker.py` (`LabelTracker`).
/// Differs from `FastEstimator`: count, mean, deviation, minimum and maximum are always kept, and [`Spread`](crate::Spread) is
/// chosen when drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelTracker<G> {
    current: BTreeMap<G, RunningSummary>,
    history: Vec<EpochSummary<G>>,
}

impl<G> Default for LabelTracker<G> {
    fn default() -> Self {
        Self {
            current: BTreeMap::new(),
            history: Vec::new(),
        }
    }
}

impl<G: Ord> LabelTracker<G> {
    /// Adds the metric of one sample to the epoch that is under way.
    ///
    /// One NaN makes its group's mean and deviation NaN for that epoch; minimum and maximum leave it out.
    pub fn record(&mut self, group: G, value: f64) {
        self.current.entry(group).or_default().add(value);
    }

    /// Adds the metrics of a batch.
    ///
    /// # Shapes
    ///
    /// - `groups`, `values`: `[batch_size]`
    ///
    /// # Errors
    ///
    /// [`LabelsError::LengthMismatch`] if the lengths differ; nothing is recorded then.
    pub fn record_batch(&mut self, groups: &[G], values: &[f64]) -> Result<(), LabelsError>
    where
        G: Clone,
    {
        check_length("tracked values", groups.len(), values.len())?;
        for (group, &value) in groups.iter().zip(values) {
            self.record(group.clone(), value);
        }
        Ok(())
    }

    /// Closes the epoch and begins the next; groups without a sample in this epoch are not listed.
    pub fn finish_epoch(&mut self, epoch: u32) -> &EpochSummary<G> {
        let current = std::mem::take(&mut self.current);
        let groups = current
            .into_iter()
            .map(|(group, summary)| (group, summary.finish()))
            .collect();
        self.history.push(EpochSummary { epoch, groups });
        &self.history[self.history.len() - 1]
    }

    /// The summaries of all finished epochs, in the order in which they were finished.
    pub fn history(&self) -> &[EpochSummary<G>] {
        &self.history
    }
}

/// One epoch of a [`LabelTracker`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EpochSummary<G> {
    /// The epoch as [`LabelTracker::finish_epoch`] was told.
    pub epoch: u32,
    /// What was seen of each group, in the groups' order.
    #[serde(bound(deserialize = "G: Ord + Deserialize<'de>", serialize = "G: Ord + Serialize"))]
    pub groups: BTreeMap<G, GroupSummary>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label_state::LabelState;

    #[test]
    fn groups_are_listed_in_their_order_whatever_came_first() {
        let mut tracker = LabelTracker::default();
        for state in [LabelState::Corrupted, LabelState::Clean, LabelState::Corrupted] {
            tracker.record(state, 0.5);
        }
        let epoch = tracker.finish_epoch(1);
        assert_eq!(
            epoch.groups.keys().collect::<Vec<_>>(),
            [&LabelState::Clean, &LabelState::Corrupted]
        );
        let json = serde_json::to_string(epoch).unwrap();
        assert!(
            json.starts_with(r#"{"epoch":1,"groups":{"clean":{"n":1,"#),
            "{json}"
        );
        assert_eq!(
            &serde_json::from_str::<EpochSummary<LabelState>>(&json).unwrap(),
            epoch
        );
    }

    #[test]
    fn an_epoch_begins_empty() {
        let mut tracker = LabelTracker::default();
        tracker.record(7_u32, 1.0);
        tracker.finish_epoch(1);
        tracker.record(8, 2.0);
        tracker.finish_epoch(2);
        assert_eq!(tracker.history()[1].groups.keys().collect::<Vec<_>>(), [&8]);
    }

    #[test]
    fn a_batch_of_unequal_lengths_is_refused_whole() {
        let mut tracker = LabelTracker::default();
        let error = tracker.record_batch(&[1, 2], &[0.5]).unwrap_err();
        assert_eq!(error.to_string(), "tracked values: expected 2 values, found 1");
        assert!(tracker.finish_epoch(1).groups.is_empty());
    }
}
