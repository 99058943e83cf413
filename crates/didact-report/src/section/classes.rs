//! The classes: how many samples each has, and which are mistaken for which.

use super::confusion::confusion_blocks;
use super::panels::{heading, titled};
use crate::chart::{BarChart, BarGroup};
use crate::error::ReportError;
use crate::number::count;
use crate::page::{Block, Figure, Section};
use crate::record::RunRecord;

/// More classes than this are shown by their ends only.
const SHOWN: usize = 24;

/// Class distribution, confusion matrix, classification report.
pub(crate) fn classes(runs: &[RunRecord]) -> Result<Section, ReportError> {
    let figures: Vec<Figure> = runs.iter().filter_map(|run| distribution(run, runs)).collect();
    let mut blocks = Vec::new();
    if !figures.is_empty() {
        blocks.push(Block::Figures(figures));
    }
    for run in runs {
        blocks.extend(heading(run, runs));
        blocks.extend(confusion_blocks(run)?);
    }
    Ok(Section {
        id: "classes",
        title: "Classes",
        blocks,
    })
}

fn distribution(run: &RunRecord, runs: &[RunRecord]) -> Option<Figure> {
    let samples = run.samples.as_ref()?;
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
        caption.push_str(&format!(
            "True labels are known for {} samples only.",
            count(known as u64)
        ));
    }
    let group = |&(class, counts): &(u32, [u64; 2])| BarGroup {
        name: run.class_name(class),
        counts: counts[..names.len()].to_vec(),
    };
    let groups: Vec<BarGroup> = counts.iter().map(group).collect();
    let title = titled("Training samples of each class", run, runs);
    let chart = BarChart {
        title: &title,
        axis_name: "number of samples",
        series: names,
        groups: &groups,
    }
    .draw();
    Some(Figure {
        title,
        chart,
        caption: caption.trim_end().to_owned(),
    })
}
