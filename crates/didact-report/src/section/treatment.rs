//! How clean and wrong labels are treated.

use didact_run::{GroupSummary, LabelGroups};

use super::panels::titled;
use crate::chart::{Histogram, HistogramSeries, Range, Stroke, share_range};
use crate::number::{ABSENT, count, decimal, percent};
use crate::page::{Block, Column, Figure, Section, Table};
use crate::record::{FocusEpoch, RunRecord, Yardstick};

/// How much clean and wrong labels count, and how many are learnt.
pub(crate) fn treatment(runs: &[RunRecord]) -> Section {
    let rows: Vec<Vec<String>> = runs.iter().flat_map(rows_of).collect();
    let mut blocks = Vec::new();
    if !rows.is_empty() {
        blocks.push(Block::Table(table(rows)));
    }
    blocks.push(Block::Paragraph(reading(runs)));
    let figures = histograms(runs);
    if figures.is_empty() {
        blocks = vec![Block::Paragraph("There is no ledger yet.".to_owned())];
    } else {
        blocks.push(Block::Figures(figures));
    }
    Section {
        id: "treatment",
        title: "How clean and wrong labels are treated",
        blocks,
    }
}

fn reading(runs: &[RunRecord]) -> String {
    let parts = if runs.iter().any(RunRecord::knows_truth) {
        ", clean and wrong labels each adding up to 100\u{202f}%"
    } else {
        ""
    };
    format!(
        "The share of samples at each weight{parts}. Where every sample weighs the same, confidence is shown instead."
    )
}

fn table(rows: Vec<Vec<String>>) -> Table {
    let words = ["Run", "Epoch", "Given label"].map(Column::words);
    let numbers = ["Samples", "Mean weight", "Mean confidence", "Predicted as given"].map(Column::numbers);
    let caption =
        "Weight, confidence and fit of training samples. A wrong label that is predicted is memorised.";
    Table {
        caption: caption.to_owned(),
        columns: words.into_iter().chain(numbers).collect(),
        rows,
    }
}

fn rows_of(run: &RunRecord) -> Vec<Vec<String>> {
    let epochs: Vec<(String, Option<LabelGroups>)> = match &run.summary {
        Some(summary) => vec![
            (
                format!("{}, selected", summary.selected_epoch),
                summary.train.selected,
            ),
            (format!("{}, last", summary.epochs_run), summary.train.last),
        ],
        None => run.samples.iter().map(|samples| newest(&samples.focus)).collect(),
    };
    let rows = epochs
        .into_iter()
        .filter_map(|(epoch, groups)| Some((epoch, groups?)))
        .filter(|(_, groups)| groups.clean.n + groups.noisy.n > 0);
    let row = |epoch: &str, label: &str, group: GroupSummary| row(run, [epoch, label], group);
    rows.flat_map(|(epoch, groups)| {
        [
            row(&epoch, "clean", groups.clean),
            row(&epoch, "wrong", groups.noisy),
        ]
    })
    .collect()
}

fn newest(focus: &FocusEpoch) -> (String, Option<LabelGroups>) {
    (format!("{}, newest", focus.epoch), focus.groups())
}

fn row(run: &RunRecord, [epoch, label]: [&str; 2], group: GroupSummary) -> Vec<String> {
    let mut cells = vec![
        run.name.clone(),
        epoch.to_owned(),
        label.to_owned(),
        count(group.n),
    ];
    if group.n == 0 {
        cells.extend([ABSENT, ABSENT, ABSENT].map(str::to_owned));
    } else {
        cells.extend([
            decimal(group.weight, 3),
            decimal(group.confidence, 3),
            percent(group.fitted),
        ]);
    }
    cells
}

fn histograms(runs: &[RunRecord]) -> Vec<Figure> {
    let of_runs: Vec<(&RunRecord, Yardstick, Vec<HistogramSeries>)> =
        runs.iter().filter_map(series).collect();
    let values = of_runs
        .iter()
        .flat_map(|(_, _, series)| series)
        .flat_map(|series| series.values.iter().copied());
    let range = Range::of(values).with(0.0);
    let shares = share_range(range, of_runs.iter().flat_map(|(_, _, series)| series));
    let figure = |(run, yardstick, series): &(&RunRecord, Yardstick, Vec<HistogramSeries>)| {
        let axis_name = match yardstick {
            Yardstick::Weight => "weight of a sample",
            Yardstick::Confidence => "confidence σ of a sample",
        };
        let title = titled(&format!("Distribution of {}", yardstick.name()), run, runs);
        let chart = Histogram {
            title: &title,
            axis_name,
            range,
            shares,
            series,
        }
        .draw();
        Figure {
            title,
            chart,
            caption: caption(run),
        }
    };
    of_runs.iter().map(figure).collect()
}

fn caption(run: &RunRecord) -> String {
    let epoch = run.samples.as_ref().map_or(0, |samples| samples.focus.epoch);
    let which = if run.selected_epoch() == Some(epoch) {
        "selected"
    } else {
        "newest"
    };
    format!("Training samples in epoch {epoch}, the {which} one.")
}

fn series(run: &RunRecord) -> Option<(&RunRecord, Yardstick, Vec<HistogramSeries>)> {
    let samples = run.samples.as_ref()?;
    let (focus, yardstick) = (&samples.focus, samples.examples.yardstick);
    let values = match yardstick {
        Yardstick::Weight => &focus.weight,
        Yardstick::Confidence => &focus.confidence,
    };
    let group = |name: &str, stroke, noisy: Option<bool>| {
        let of_group = values
            .iter()
            .zip(&focus.noisy)
            .filter(|(_, found)| **found == noisy);
        let values = of_group.map(|(&value, _)| f64::from(value)).collect();
        HistogramSeries {
            name: name.to_owned(),
            stroke,
            values,
        }
    };
    let groups = [
        group("clean", Stroke::CLEAN, Some(false)),
        group("wrong", Stroke::WRONG, Some(true)),
        group("truth unknown", Stroke::TEST, None),
    ];
    Some((
        run,
        yardstick,
        groups
            .into_iter()
            .filter(|group| !group.values.is_empty())
            .collect(),
    ))
}
