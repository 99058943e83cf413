//! Training curves.

use didact_run::{EpochMetrics, SplitMetrics};

use super::panels::Panels;
use crate::chart::{Point, Series, Stroke, Unit};
use crate::number::{ABSENT, decimal, figure, percent};
use crate::page::{Block, Figure, Printed, Section, Table};
use crate::record::RunRecord;

type Value = fn(&SplitMetrics) -> Option<f64>;

const LOSS: (Panels<'static>, Value) = (
    Panels {
        title: "Loss of the task",
        axis_name: "mean loss (nats)",
        unit: Unit::Number,
        caption: "",
    },
    |split| Some(split.loss),
);
const ACCURACY: (Panels<'static>, Value) = (
    Panels {
        title: "Accuracy",
        axis_name: "accuracy",
        unit: Unit::Percent,
        caption: "",
    },
    |split| Some(split.accuracy),
);
const CORRELATION: (Panels<'static>, Value) = (
    Panels {
        title: "Matthews correlation",
        axis_name: "MCC (−1 to 1)",
        unit: Unit::Number,
        caption: "",
    },
    |split| Some(split.mcc),
);
const SUPERLOSS: (Panels<'static>, Value) = (
    Panels {
        title: "SuperLoss value (not the loss of the task)",
        axis_name: "mean SuperLoss value (nats)",
        unit: Unit::Number,
        caption: "It is normally negative, on a scale of its own, and cannot be compared with the loss of the task.",
    },
    |split| split.superloss,
);

/// The figures of every epoch.
pub(crate) fn curves(runs: &[RunRecord]) -> Section {
    let mut blocks = vec![Block::Paragraph(reading(runs))];
    if runs.len() > 1 {
        blocks.extend(together(runs));
    }
    let groups = [LOSS, ACCURACY, CORRELATION, SUPERLOSS];
    blocks.extend(arranged(
        runs,
        groups.map(|(panels, value)| panels.draw(runs, |run| lines(run, value))),
    ));
    blocks.extend(runs.iter().filter(|run| !run.metrics.is_empty()).map(numbers));
    Section {
        id: "curves",
        title: "Training curves",
        blocks,
    }
}

fn reading(runs: &[RunRecord]) -> String {
    if runs.iter().all(|run| run.metrics.is_empty()) {
        return "No epoch is finished yet.".to_owned();
    }
    "Training figures are measured during the epoch, on augmented samples and against the labels that are trained \
     on; validation and test figures after it. A training accuracy that keeps rising while test accuracy falls is memorising. The \
     dotted upright line marks the selected epoch."
        .to_owned()
}

/// Several metrics of a run side by side, or each metric's runs side by side.
fn arranged(runs: &[RunRecord], groups: [Vec<Figure>; 4]) -> Vec<Block> {
    let groups: Vec<Vec<Figure>> = if runs.len() > 1 {
        groups.into()
    } else {
        vec![groups.into_iter().flatten().collect()]
    };
    groups
        .into_iter()
        .filter(|figures| !figures.is_empty())
        .map(Block::Figures)
        .collect()
}

fn lines(run: &RunRecord, value: Value) -> Vec<Series> {
    let line = |name: &str, stroke, split: fn(&EpochMetrics) -> Option<&SplitMetrics>| {
        let point = |row: &EpochMetrics| Some(Point::bare(row.epoch, value(split(row)?)?));
        Series {
            name: name.to_owned(),
            stroke,
            points: run.metrics.iter().filter_map(point).collect(),
        }
    };
    let lines = [
        line("train", Stroke::TRAIN, |row| Some(&row.train)),
        line("validation", Stroke::VALIDATION, |row| row.validation.as_ref()),
        line("test", Stroke::TEST, |row| row.test.as_ref()),
    ];
    lines.into_iter().filter(|line| !line.points.is_empty()).collect()
}

/// Test accuracy of all runs in one picture, else validation accuracy.
fn together(runs: &[RunRecord]) -> Option<Block> {
    let on_test = accuracies(runs, |row| row.test.as_ref());
    let (title, lines) = if on_test.len() > 1 {
        ("Test accuracy of all runs", on_test)
    } else {
        (
            "Validation accuracy of all runs",
            accuracies(runs, |row| row.validation.as_ref()),
        )
    };
    let panels = Panels {
        title,
        axis_name: "accuracy",
        unit: Unit::Percent,
        caption: "",
    };
    let drawn = |lines: &[Series]| Block::Figures(vec![panels.draw_together(lines, Series::range(lines))]);
    (lines.len() > 1).then(|| drawn(&lines))
}

/// One line a run in which the split was measured.
fn accuracies(runs: &[RunRecord], split: fn(&EpochMetrics) -> Option<&SplitMetrics>) -> Vec<Series> {
    let point = |row: &EpochMetrics| Some(Point::bare(row.epoch, split(row)?.accuracy));
    let line = |(position, run): (usize, &RunRecord)| Series {
        name: run.name.clone(),
        stroke: Stroke::of_run(position),
        points: run.metrics.iter().filter_map(point).collect(),
    };
    runs.iter()
        .enumerate()
        .map(line)
        .filter(|line| !line.points.is_empty())
        .collect()
}

fn numbers(run: &RunRecord) -> Block {
    let heads = [
        "Epoch",
        "Learning rate",
        "Train loss",
        "accuracy",
        "MCC",
        "SuperLoss value",
        "Validation loss",
        "accuracy",
        "MCC",
        "Test loss",
        "accuracy",
        "top 5",
        "MCC",
    ];
    let rows = run.metrics.iter().map(row).collect();
    let caption = format!("{}: figures by epoch", run.name);
    Block::Folded {
        printed: Printed::Closed,
        title: format!("{}: the figures behind the curves", run.name),
        blocks: vec![Block::Table(Table::of_numbers(caption, &heads, rows))],
    }
}

fn row(row: &EpochMetrics) -> Vec<String> {
    let absent = || ABSENT.to_owned();
    let split_cells = |split: Option<&SplitMetrics>| {
        split.map_or_else(
            || [absent(), absent(), absent()],
            |split| [figure(split.loss), percent(split.accuracy), decimal(split.mcc, 3)],
        )
    };
    let mut cells = vec![row.epoch.to_string(), figure(row.learning_rate)];
    cells.extend(split_cells(Some(&row.train)));
    cells.push(row.train.superloss.map_or_else(absent, figure));
    cells.extend(split_cells(row.validation.as_ref()));
    let [loss, accuracy, correlation] = split_cells(row.test.as_ref());
    let top5 = row.test.map_or_else(absent, |split| percent(split.top5_accuracy));
    cells.extend([loss, accuracy, top5, correlation]);
    cells
}
