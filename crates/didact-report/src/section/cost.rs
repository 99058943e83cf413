//! What it cost.

use didact_run::EpochTiming;

use super::panels::Panels;
use crate::chart::{Point, Series, Stroke, Unit};
use crate::number::{ABSENT, count, duration, memory};
use crate::page::{Block, Printed, Section, Table};
use crate::record::RunRecord;

/// Time, speed and memory.
pub(crate) fn cost(runs: &[RunRecord]) -> Section {
    let heads = [
        "Run",
        "Total time",
        "Time per epoch",
        "Training samples per second",
        "Largest memory",
    ];
    let rows = runs.iter().map(row).collect();
    let caption = "Time includes evaluation and writing; samples per second count training alone";
    let mut blocks = vec![Block::Table(Table::of_numbers(caption, &heads, rows))];
    if runs.iter().any(|run| run.timings.len() > 1) {
        blocks.push(Block::Figures(vec![
            picture(runs, "Time of an epoch", "seconds", |timing| timing.seconds),
            picture(runs, "Speed of training", "samples per second", |timing| {
                timing.samples_per_second
            }),
            picture(runs, "Largest memory so far", "MiB", |timing| {
                timing.peak_rss_bytes as f64 / 1_048_576.0
            }),
        ]));
    }
    blocks.extend(runs.iter().filter(|run| !run.timings.is_empty()).map(by_epoch));
    Section {
        id: "cost",
        title: "Cost",
        blocks,
    }
}

fn row(run: &RunRecord) -> Vec<String> {
    let timings = &run.timings;
    let so_far: f64 = timings.iter().map(|timing| timing.seconds).sum();
    let cells = match (&run.summary, timings.last()) {
        (Some(summary), _) => [
            duration(summary.seconds.total),
            duration(summary.seconds.per_epoch),
            count(summary.samples_per_second.max(0.0).round() as u64),
            memory(summary.peak_rss_bytes),
        ],
        (None, Some(newest)) => [
            format!("{} so far", duration(so_far)),
            duration(so_far / timings.len() as f64),
            count(newest.samples_per_second.max(0.0).round() as u64),
            memory(newest.peak_rss_bytes),
        ],
        (None, None) => [ABSENT; 4].map(str::to_owned),
    };
    std::iter::once(run.name.clone()).chain(cells).collect()
}

fn picture(
    runs: &[RunRecord],
    title: &str,
    axis_name: &str,
    value: fn(&EpochTiming) -> f64,
) -> crate::page::Figure {
    let line = |(position, run): (usize, &RunRecord)| Series {
        name: run.name.clone(),
        stroke: Stroke::of_run(position),
        points: run
            .timings
            .iter()
            .map(|timing| Point::bare(timing.epoch, value(timing)))
            .collect(),
    };
    let lines: Vec<Series> = runs.iter().enumerate().map(line).collect();
    Panels {
        title,
        axis_name,
        unit: Unit::Number,
        caption: "",
    }
    .draw_together(&lines, Series::range(&lines).with(0.0))
}

fn by_epoch(run: &RunRecord) -> Block {
    let row = |timing: &EpochTiming| {
        vec![
            timing.epoch.to_string(),
            duration(timing.seconds),
            count(timing.samples_per_second.max(0.0).round() as u64),
            memory(timing.peak_rss_bytes),
        ]
    };
    let heads = [
        "Epoch",
        "Time",
        "Training samples per second",
        "Largest memory so far",
    ];
    let rows = run.timings.iter().map(row).collect();
    let title = format!("{}: cost by epoch", run.name);
    Block::Folded {
        printed: Printed::Closed,
        blocks: vec![Block::Table(Table::of_numbers(title.clone(), &heads, rows))],
        title,
    }
}
