//! The selected against the last epoch.

use didact_run::SplitMetrics;

use crate::number::{ABSENT, count, decimal, difference, figure, percent, points};
use crate::page::{Block, Table};
use crate::record::RunRecord;

/// The figures that judge a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Results {
    /// The part of the data they were measured on: `test`, or `validation` where there is no test.
    pub(crate) split: &'static str,
    /// At the selected epoch.
    pub(crate) selected: Option<SplitMetrics>,
    /// After the last epoch, which is the newest while the run is going.
    pub(crate) last: Option<SplitMetrics>,
}

impl Results {
    /// The figures on test, else on validation, else of training.
    pub(crate) fn of(run: &RunRecord) -> Self {
        let newest = run.metrics.last();
        let newest_test = newest.and_then(|row| row.test);
        let summary = run.summary.as_ref();
        if let Some(test) = summary.and_then(|summary| summary.test).or(newest_test) {
            let last = summary.map_or(newest_test, |summary| summary.test_last.or(newest_test));
            return Self {
                split: "test",
                selected: summary.map(|_| test),
                last,
            };
        }
        let newest_validation = newest.and_then(|row| row.validation);
        let selected = summary.and_then(|summary| summary.validation);
        if selected.or(newest_validation).is_some() {
            return Self {
                split: "validation",
                selected,
                last: newest_validation,
            };
        }
        let selected = summary.map(|summary| summary.train.metrics);
        Self {
            split: "training",
            selected,
            last: newest.map(|row| row.train),
        }
    }

    /// What the network lost from the selected to the last epoch, in words.
    pub(crate) fn memorised(&self, run: &RunRecord) -> String {
        let (Some(selected), Some(last), Some(epoch)) = (self.selected, self.last, run.newest_epoch()) else {
            return self
                .last
                .map_or_else(String::new, |last| format!("on {} samples", count(last.n)));
        };
        format!(
            "{} after the last epoch {epoch} ({})",
            percent(last.accuracy),
            points(last.accuracy - selected.accuracy)
        )
    }

    /// Whether the accuracy fell from the selected to the last epoch.
    fn fell(&self) -> bool {
        let both = self.selected.zip(self.last);
        both.is_some_and(|(selected, last)| last.accuracy < selected.accuracy)
    }

    fn row(&self, run: &RunRecord) -> Vec<String> {
        let both = |show: fn(f64) -> String, change: fn(f64) -> String, value: fn(&SplitMetrics) -> f64| {
            let [selected, last] = [self.selected, self.last].map(|split| split.as_ref().map(value));
            let gap = selected.zip(last).map(|(selected, last)| change(last - selected));
            [selected.map(show), last.map(show), gap].map(|text| text.unwrap_or_else(|| ABSENT.to_owned()))
        };
        let three = |value| decimal(value, 3);
        let n = self.selected.or(self.last).map_or(0, |split| split.n);
        let mut cells = vec![run.name.clone(), format!("{} {}", count(n), self.split)];
        cells.extend(both(percent, points, |split| split.accuracy));
        cells.extend(both(three, difference, |split| split.mcc));
        cells.extend(both(figure, difference, |split| split.loss));
        cells
    }
}

/// The table that compares runs, with what to know about it; nothing if no run has a figure.
pub(crate) fn results_table(runs: &[RunRecord], results: &[Results]) -> Vec<Block> {
    if results
        .iter()
        .all(|results| results.selected.or(results.last).is_none())
    {
        return Vec::new();
    }
    let heads = [
        if runs.len() > 1 { "Run" } else { "" },
        "Samples",
        "Accuracy, selected",
        "Accuracy, last",
        "Change",
        "MCC, selected",
        "MCC, last",
        "Change",
        "Loss, selected",
        "Loss, last",
        "Change",
    ];
    let rows = runs
        .iter()
        .zip(results)
        .map(|(run, results)| results.row(run))
        .collect();
    let mut caption = "The selected and the last epoch; losses in nats.".to_owned();
    if runs
        .iter()
        .zip(results)
        .any(|(run, results)| run.knows_noise() && results.fell())
    {
        caption.push_str(
            " Where labels are known to be wrong, what gets worse after the selected epoch is what the network \
             memorised of them.",
        );
    }
    let mut blocks = vec![Block::Table(Table::of_numbers(caption, &heads, rows))];
    blocks.push(Block::Paragraph(caution(results)));
    blocks
}

/// What cannot be compared, if runs were not all measured on the same part of the data.
pub(crate) fn unlike(runs: &[RunRecord], results: &[Results]) -> Option<Block> {
    let first = results.first()?.split;
    if results.iter().all(|results| results.split == first) {
        return None;
    }
    let parts = runs.iter().zip(results).map(|(run, results)| {
        let n = results.selected.or(results.last).map_or(0, |split| split.n);
        format!("{} on {} {} samples", run.name, count(n), results.split)
    });
    Some(Block::Note(format!(
        "The runs are not measured on the same samples, so their figures cannot be compared: {}.",
        parts.collect::<Vec<_>>().join("; ")
    )))
}

/// How far chance alone moves the figures.
fn caution(results: &[Results]) -> String {
    let measured = results
        .iter()
        .filter_map(|results| Some((results.split, results.selected.or(results.last)?)));
    if let Some((split, _)) = measured.clone().find(|(split, _)| *split != "test") {
        let why = match split {
            "validation" => "validation samples, which also choose the epoch: such figures flatter",
            _ => "the training samples themselves: such figures say nothing about new data",
        };
        return format!("There is no test data for every run. Some figures are those of {why}.");
    }
    let half_width = measured
        .map(|(_, split)| sampling_error(&split))
        .fold(0.0, f64::max);
    let chance = decimal(half_width * 100.0, 1);
    format!(
        "With this many test samples, chance alone moves an accuracy by up to about ±{chance} points (95\u{202f}% interval of \
         a share); another seed moves it too."
    )
}

/// Half the width of the normal approximation's 95 % interval of a share.
fn sampling_error(split: &SplitMetrics) -> f64 {
    let share = split.accuracy.clamp(0.0, 1.0);
    1.96 * (share * (1.0 - share) / split.n.max(1) as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_half_on_a_hundred_samples() {
        let split = SplitMetrics {
            n: 100,
            accuracy: 0.5,
            ..SplitMetrics::default()
        };
        assert!((sampling_error(&split) - 0.098).abs() < 1e-12);
    }
}
