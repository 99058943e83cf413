//! What was trained on what, and what came out.

use super::facts::facts;
use super::results::{Results, results_table, unlike};
use crate::number::{ABSENT, count, percent};
use crate::page::{Block, Card, Section};
use crate::record::RunRecord;

/// The headline: result, comparison, and what was trained on what.
pub(crate) fn outcome(runs: &[RunRecord]) -> Section {
    let results: Vec<Results> = runs.iter().map(Results::of).collect();
    let mut blocks: Vec<Block> = runs.iter().filter_map(unfinished).collect();
    blocks.extend(unlike(runs, &results));
    blocks.push(Block::Cards(runs.iter().zip(&results).map(card).collect()));
    blocks.extend(results_table(runs, &results));
    blocks.push(facts(runs));
    Section {
        id: "outcome",
        title: "What came out",
        blocks,
    }
}

fn unfinished(run: &RunRecord) -> Option<Block> {
    if run.summary.is_some() {
        return None;
    }
    let so_far = match run.newest_epoch() {
        None => "no epoch is finished yet".to_owned(),
        Some(epoch) => format!("figures are those of epoch {epoch}, the newest"),
    };
    let name = &run.name;
    Some(Block::Note(format!(
        "{name} is still going, or was interrupted: there is no summary.json yet, no epoch is selected, and {so_far}."
    )))
}

fn card((run, results): (&RunRecord, &Results)) -> Card {
    let chosen = results.selected.or(results.last);
    let (when, epoch) = match (results.selected, run.selected_epoch()) {
        (Some(_), Some(epoch)) => ("selected", Some(epoch)),
        _ => ("newest", run.newest_epoch()),
    };
    let at = epoch.map_or_else(String::new, |epoch| format!(", {when} epoch {epoch}"));
    Card {
        title: run.name.clone(),
        figure: chosen.map_or_else(|| ABSENT.to_owned(), |split| percent(split.accuracy)),
        label: format!("{} accuracy{at}{}", results.split, measured(results)),
        detail: results.memorised(run),
    }
}

/// How many samples a figure was measured on; while there is no selected epoch the detail says so.
fn measured(results: &Results) -> String {
    results
        .selected
        .map_or_else(String::new, |split| format!(", on {} samples", count(split.n)))
}
