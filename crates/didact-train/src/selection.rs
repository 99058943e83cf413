//! Which epoch's weights are kept, and when to stop.

use didact_run::{EpochMetrics, SplitMetrics};
use serde::{Deserialize, Serialize};

/// Which epoch's weights are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Select {
    /// That of the best metric on the validation labels; the first of equals.
    #[default]
    Best,
    /// The last one.
    Last,
}

/// The figure on the validation labels that makes an epoch the best.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SelectMetric {
    /// The share of right predictions.
    #[default]
    Accuracy,
    /// The share of samples whose label is among the five likeliest classes.
    Top5Accuracy,
    /// Matthews' correlation coefficient.
    Mcc,
    /// The loss; the lowest is best.
    Loss,
}

impl SelectMetric {
    /// The word that stands for the metric.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accuracy => "accuracy",
            Self::Top5Accuracy => "top5-accuracy",
            Self::Mcc => "mcc",
            Self::Loss => "loss",
        }
    }

    /// A number that is larger for better figures.
    fn score(self, metrics: &SplitMetrics) -> f64 {
        match self {
            Self::Accuracy => metrics.accuracy,
            Self::Top5Accuracy => metrics.top5_accuracy,
            Self::Mcc => metrics.mcc,
            Self::Loss => -metrics.loss,
        }
    }
}

/// The epoch to keep, counted from 1: the best so far on validation, or the last where there is no validation.
pub fn selected_epoch(select: Select, metric: SelectMetric, history: &[EpochMetrics]) -> u32 {
    let last = history.last().map_or(0, |row| row.epoch);
    match (select, best_epoch(metric, history)) {
        (Select::Best, Some(epoch)) => epoch,
        _ => last,
    }
}

/// The best epoch so far on validation, counted from 1, the first of equals; none without validation.
pub fn best_epoch(metric: SelectMetric, history: &[EpochMetrics]) -> Option<u32> {
    let scored = history
        .iter()
        .filter_map(|row| Some((row.epoch, metric.score(row.validation.as_ref()?))));
    let best = scored.filter(|(_, score)| score.is_finite()).fold(
        None,
        |best: Option<(u32, f64)>, (epoch, score)| match best {
            Some((_, best_score)) if best_score >= score => best,
            _ => Some((epoch, score)),
        },
    );
    best.map(|(epoch, _)| epoch)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(accuracies: &[f64]) -> Vec<EpochMetrics> {
        let row = |(index, &accuracy): (usize, &f64)| EpochMetrics {
            epoch: index as u32 + 1,
            learning_rate: 0.1,
            train: SplitMetrics::default(),
            validation: Some(SplitMetrics {
                accuracy,
                loss: 1.0 - accuracy,
                ..Default::default()
            }),
            test: None,
        };
        accuracies.iter().enumerate().map(row).collect()
    }

    #[test]
    fn the_first_of_the_best_epochs_is_kept() {
        let history = history(&[0.1, 0.5, 0.5, 0.4]);
        assert_eq!(selected_epoch(Select::Best, SelectMetric::Accuracy, &history), 2);
        assert_eq!(selected_epoch(Select::Best, SelectMetric::Loss, &history), 2);
        assert_eq!(selected_epoch(Select::Last, SelectMetric::Accuracy, &history), 4);
    }

    #[test]
    fn a_score_that_is_no_number_is_never_the_best() {
        let history = history(&[0.1, f64::NAN, 0.05]);
        assert_eq!(best_epoch(SelectMetric::Accuracy, &history), Some(1));
    }

    #[test]
    fn without_validation_the_last_epoch_is_kept() {
        let mut history = history(&[0.9, 0.1]);
        for row in &mut history {
            row.validation = None;
        }
        assert_eq!(selected_epoch(Select::Best, SelectMetric::Accuracy, &history), 2);
    }
}
