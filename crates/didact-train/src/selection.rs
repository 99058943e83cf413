//! Which epoch's weights are kept, and when to stop.

use std::num::NonZeroU32;

use didact_labels::{LabelWave, LabelWaveConfig};
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
    /// That of the first minimum of the number of training samples whose prediction changes from epoch to epoch. No label
    /// chooses. See [`LabelWave`].
    #[serde(rename = "labelwave")]
    LabelWave,
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
    pub fn score(self, metrics: &SplitMetrics) -> f64 {
        match self {
            Self::Accuracy => metrics.accuracy,
            Self::Top5Accuracy => metrics.top5_accuracy,
            Self::Mcc => metrics.mcc,
            Self::Loss => -metrics.loss,
        }
    }
}

/// What chooses the epoch to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Which epoch is kept.
    pub select: Select,
    /// The figure on validation labels that makes an epoch the best.
    pub metric: SelectMetric,
    /// Epochs without improvement after which a run stops, if it does before its end.
    pub patience: Option<NonZeroU32>,
}

impl Selection {
    /// The epoch to keep as far as one knows, counted from 1; the last one where nothing chooses.
    pub fn epoch(&self, history: &[EpochMetrics]) -> u32 {
        let last = history.last().map_or(0, |row| row.epoch);
        self.chosen(history).unwrap_or(last)
    }

    /// Whether nothing has chosen an epoch yet, so that the last one stands in.
    pub fn is_undecided(&self, history: &[EpochMetrics]) -> bool {
        self.chosen(history).is_none()
    }

    /// Whether so many epochs brought no improvement.
    pub fn is_over(&self, history: &[EpochMetrics], patience: NonZeroU32) -> bool {
        let last = history.last().map_or(0, |row| row.epoch);
        let best = match self.select {
            Select::LabelWave => self.chosen(history),
            Select::Best | Select::Last => best_epoch(self.metric, history),
        };
        best.is_some_and(|best| last - best >= patience.get())
    }

    fn chosen(self, history: &[EpochMetrics]) -> Option<u32> {
        match self.select {
            Select::Best => best_epoch(self.metric, history),
            Select::Last => None,
            Select::LabelWave => self.label_wave(history).kept_epoch(),
        }
    }

    fn label_wave(self, history: &[EpochMetrics]) -> LabelWave {
        let default = LabelWaveConfig::default();
        let mut label_wave = LabelWave::new(LabelWaveConfig {
            patience: self.patience.unwrap_or(default.patience),
            ..default
        });
        for changes in history.iter().filter_map(|row| row.prediction_changes) {
            label_wave.record(usize::try_from(changes).unwrap_or(usize::MAX));
        }
        label_wave
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
            prediction_changes: None,
            estimated_noise_rate: None,
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

    fn kept(select: Select, metric: SelectMetric, history: &[EpochMetrics]) -> u32 {
        let selection = Selection {
            select,
            metric,
            patience: None,
        };
        selection.epoch(history)
    }

    #[test]
    fn labelwave_keeps_the_first_minimum_and_ends_the_run_there() {
        let mut history = history(&[0.1; 10]);
        let changes = [90, 70, 50, 60, 70, 80, 75, 10, 10];
        for (row, changes) in history.iter_mut().skip(1).zip(changes) {
            row.prediction_changes = Some(changes);
        }
        let labelwave = |epochs: usize| kept(Select::LabelWave, SelectMetric::Accuracy, &history[..epochs]);
        // Averages over three epochs: 70 in epoch 4, 60 in epoch 5 and 6, then more until long after the minimum.
        assert_eq!([3, 4, 5, 6, 10].map(labelwave), [3, 4, 5, 5, 5]);
        let selection = Selection {
            select: Select::LabelWave,
            metric: SelectMetric::Accuracy,
            patience: NonZeroU32::new(2),
        };
        let over = |epochs: usize| selection.is_over(&history[..epochs], NonZeroU32::new(2).unwrap());
        assert!(!over(6) && over(7));
    }

    #[test]
    fn the_first_of_the_best_epochs_is_kept() {
        let history = history(&[0.1, 0.5, 0.5, 0.4]);
        assert_eq!(kept(Select::Best, SelectMetric::Accuracy, &history), 2);
        assert_eq!(kept(Select::Best, SelectMetric::Loss, &history), 2);
        assert_eq!(kept(Select::Last, SelectMetric::Accuracy, &history), 4);
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
        assert_eq!(kept(Select::Best, SelectMetric::Accuracy, &history), 2);
    }
}
