//! The classes: how many samples each has, and which are mistaken for which.

use std::fmt::Write as _;

use super::confusion::confusions;
use super::panels::titled;
use crate::chart::{BarChart, BarGroup};
use crate::error::ReportError;
use crate::number::count;
use crate::page::{Block, Figure, Section};
use crate::record::{RunRecord, SampleHistory};

/// More classes than this are shown by their ends only.
const SHOWN: usize = 24;

/// Class distribution, confusion matrix, classification report.
pub(crate) fn classes(runs: &[RunRecord]) -> Result<Section, ReportError> {
    let mut blocks = Vec::new();
    let figures = distributions(runs);
    if !figures.is_empty() {
        blocks.push(Block::Figures(figures));
    }
    blocks.extend(confusions(runs)?);
    Ok(Section {
        id: "classes",
        title: "Classes",
        blocks,
    })
}

/// One picture a run, or one for all if their training samples have the same labels.
fn distributions(runs: &[RunRecord]) -> Vec<Figure> {
    let counts = || {
        runs.iter()
            .filter_map(|run| run.samples.as_ref())
            .map(|samples| &samples.class_counts)
    };
    let alike = counts().all(|of_run| Some(of_run) == counts().next());
    let title = "Training samples of each class";
    if alike {
        let first = runs.iter().find_map(|run| Some((run, run.samples.as_ref()?)));
        return first
            .map(|(run, samples)| distribution(run, samples, title.to_owned()))
            .into_iter()
            .collect();
    }
    let of_run = |run| Some(distribution(run, run.samples.as_ref()?, titled(title, run, runs)));
    runs.iter().filter_map(of_run).collect()
}

fn distribution(run: &RunRecord, samples: &SampleHistory, title: String) -> Figure {
    let known = samples.truth.known;
    let names: &[&str] = if known > 0 {
        &["given label", "true label"]
    } else {
        &["given label"]
    };
    let mut counts: Vec<(u32, [u64; 2])> = samples
        .class_counts
        .iter()
        .map(|(&class, &counts)| (class, counts))
        .collect();
    let mut caption = String::new();
    let num_classes = counts.len();
    if num_classes > SHOWN {
        counts.sort_by_key(|&(class, [given, _])| (std::cmp::Reverse(given), class));
        counts.drain(SHOWN / 2..num_classes - SHOWN / 2);
        caption = format!(
            "The {} largest and the {} smallest of {num_classes} classes. ",
            SHOWN / 2,
            SHOWN / 2
        );
    }
    if known > 0 && known < samples.num_samples {
        let _ = write!(
            caption,
            "True labels are known for {} samples only.",
            count(known as u64)
        );
    }
    let group = |&(class, counts): &(u32, [u64; 2])| BarGroup {
        name: run.class_name(class),
        counts: counts[..names.len()].to_vec(),
    };
    let groups: Vec<BarGroup> = counts.iter().map(group).collect();
    let chart = BarChart {
        title: &title,
        axis_name: "number of samples",
        series: names,
        groups: &groups,
    }
    .draw();
    Figure {
        title,
        chart,
        caption: caption.trim_end().to_owned(),
    }
}
