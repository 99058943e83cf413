//! The classes before and after.

use didact_run::CleanSummary;

use super::transition_picture::hundredths;
use crate::chart::{BarChart, BarGroup, HeatMap};
use crate::error::ReportError;
use crate::page::{Block, Figure, Section};
use crate::record::RunRecord;
use crate::section::confusions;

/// More classes than this have no picture of their own.
const SHOWN: usize = 24;

/// Class distribution, transition matrix, and the classification report of the model that was kept.
pub(super) fn classes(summary: &CleanSummary, kept: &[RunRecord]) -> Result<Section, ReportError> {
    let mut blocks = Vec::new();
    if summary.class_names.len() <= SHOWN {
        blocks.push(Block::Figures(vec![distribution(summary), transition(summary)]));
    } else {
        let note = "There are too many classes for pictures of each; the matrix is in transition_matrix.csv.";
        blocks.push(Block::Note(note.to_owned()));
    }
    blocks.extend(confusions(kept)?);
    Ok(Section {
        id: "classes",
        title: "Classes",
        blocks,
    })
}

fn distribution(summary: &CleanSummary) -> Figure {
    let counts = summary.given_counts.iter().zip(&summary.corrected_counts);
    let group = |(name, (&given, &corrected)): (&String, (&u64, &u64))| BarGroup {
        name: name.clone(),
        counts: vec![given, corrected],
    };
    let groups: Vec<BarGroup> = summary.class_names.iter().zip(counts).map(group).collect();
    let title = "Samples of each class, as given and as corrected".to_owned();
    let chart = BarChart {
        title: &title,
        axis_name: "number of samples",
        series: &["as given", "as corrected"],
        groups: &groups,
    }
    .draw();
    let caption =
        "Of the samples that models learn from; those that were left out are in the first bars only.";
    Figure {
        title,
        chart,
        caption: caption.to_owned(),
    }
}

fn transition(summary: &CleanSummary) -> Figure {
    let counts = hundredths(&summary.transition_matrix);
    let title = "Which class is given as which".to_owned();
    let chart = HeatMap {
        title: &title,
        sides: ["true class", "given as"],
        names: &summary.class_names,
        counts: &counts,
    }
    .draw();
    let caption = match summary.samples.fit {
        0 => {
            "Of a hundred samples of a class, estimated from what models predict of samples they have not seen."
        }
        _ => "Of a hundred samples of a class, counted on the trusted samples that fit.",
    };
    Figure {
        title,
        chart,
        caption: caption.to_owned(),
    }
}
