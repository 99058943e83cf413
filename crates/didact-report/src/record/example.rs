//! The samples that counted most and least.

use std::cmp::Ordering;

use didact_random::sample_key;

use super::sample::{Mean, Sample};

/// How many samples are shown at each end.
const SHOWN: usize = 12;

/// What samples are ranked by: a mean over the last third of the epochs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Yardstick {
    /// How much the sample counted.
    Weight,
    /// SuperLoss's sigma, for runs in which every sample counts the same.
    Confidence,
}

impl Yardstick {
    /// The word for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Weight => "weight",
            Self::Confidence => "confidence",
        }
    }

    fn mean(self, sample: &Sample) -> Mean {
        match self {
            Self::Weight => sample.late_weight,
            Self::Confidence => sample.late_confidence,
        }
    }
}

/// One sample to look at.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Example {
    pub(crate) id: String,
    pub(crate) given_label: u32,
    pub(crate) predicted: u32,
    pub(crate) true_label: Option<u32>,
    /// The mean it is ranked by.
    pub(crate) value: f64,
}

/// The samples at both ends.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Examples {
    pub(crate) yardstick: Yardstick,
    /// Greatest first.
    pub(crate) highest: Vec<Example>,
    /// Least first.
    pub(crate) lowest: Vec<Example>,
}

impl Examples {
    /// Picks the samples; of equal ones those with the lower loss are higher, and of those the keys of their ids
    /// decide, so that no class is preferred for its name. No sample is at both ends.
    pub(crate) fn pick(samples: &[Sample], yardstick: Yardstick) -> Self {
        let ranked = samples
            .iter()
            .filter_map(|sample| Some((yardstick.mean(sample).value()?, sample)));
        let mut ranked: Vec<(f64, &Sample)> = ranked.collect();
        ranked.sort_by(|one, other| one.0.total_cmp(&other.0).then_with(|| of_equals(one.1, other.1)));
        let lowest = ranked.len().div_ceil(2).min(SHOWN);
        let highest = (ranked.len() - lowest).min(SHOWN);
        Self {
            yardstick,
            highest: ranked.iter().rev().take(highest).map(example).collect(),
            lowest: ranked.iter().take(lowest).map(example).collect(),
        }
    }
}

fn of_equals(one: &Sample, other: &Sample) -> Ordering {
    let loss = |sample: &Sample| sample.loss.value().unwrap_or(f64::INFINITY);
    let by_loss = loss(other).total_cmp(&loss(one));
    by_loss.then_with(|| sample_key(&one.id).cmp(&sample_key(&other.id)))
}

fn example(&(value, sample): &(f64, &Sample)) -> Example {
    Example {
        id: sample.id.clone(),
        given_label: sample.given_label,
        predicted: sample.predicted,
        true_label: sample.true_label,
        value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(id: usize, weight: f32) -> Sample {
        let mut late_weight = Mean::default();
        late_weight.add(weight);
        Sample {
            id: id.to_string(),
            given_label: 0,
            true_label: None,
            loss: Mean::default(),
            late_weight,
            late_confidence: Mean::default(),
            predicted: 0,
        }
    }

    #[test]
    fn the_ends_are_ordered_and_apart() {
        let samples: Vec<Sample> = [0.5, 0.1, 0.9]
            .into_iter()
            .enumerate()
            .map(|(id, weight)| sample(id, weight))
            .collect();
        let examples = Examples::pick(&samples, Yardstick::Weight);
        let ids = |examples: &[Example]| {
            examples
                .iter()
                .map(|example| example.id.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            (ids(&examples.highest), ids(&examples.lowest)),
            (vec!["2".to_owned()], vec!["1".to_owned(), "0".to_owned()])
        );
        let mut equals = [sample(0, 0.5), sample(1, 0.5), sample(2, 0.5)];
        equals[0].loss.add(2.0);
        equals[1].loss.add(0.1);
        equals[2].loss.add(1.0);
        let examples = Examples::pick(&equals, Yardstick::Weight);
        assert_eq!(
            (ids(&examples.highest), ids(&examples.lowest)),
            (vec!["1".to_owned()], vec!["0".to_owned(), "2".to_owned()])
        );
        assert!(Examples::pick(&samples, Yardstick::Confidence).lowest.is_empty());
    }
}
