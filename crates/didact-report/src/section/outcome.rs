//! What was trained on what, and what came out.

use super::results::{Results, results_table};
use crate::number::{ABSENT, count, figure, percent};
use crate::page::{Block, Card, Column, Section, Table};
use crate::record::RunRecord;

/// The headline: result, comparison, and what was trained on what.
pub(crate) fn outcome(runs: &[RunRecord]) -> Section {
    let results: Vec<Results> = runs.iter().map(Results::of).collect();
    let mut blocks: Vec<Block> = runs.iter().filter_map(unfinished).collect();
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
        label: format!("{} accuracy{at}", results.split),
        detail: results.memorised(run),
    }
}

fn facts(runs: &[RunRecord]) -> Block {
    let facts: [(&str, fn(&RunRecord) -> Option<String>); 10] = [
        ("Model", |run| spelt(run, "model", |summary| &summary.model)),
        ("Parameters", |run| Some(count(run.summary.as_ref()?.parameters))),
        ("Loss", |run| spelt(run, "loss", |summary| &summary.loss)),
        ("Curriculum", |run| {
            spelt(run, "curriculum", |summary| &summary.curriculum)
        }),
        ("Injected label noise", noise),
        ("Training samples", training_samples),
        ("Epochs", |run| run.newest_epoch().map(|epoch| epoch.to_string())),
        ("Epoch chosen by", |run| {
            Some(run.summary.as_ref()?.selected_by.clone())
        }),
        ("Seed", |run| {
            Some(
                run.summary
                    .as_ref()
                    .map_or_else(|| run.setting("seed"), |summary| Some(summary.seed.to_string()))?,
            )
        }),
        ("Device", |run| spelt(run, "device", |summary| &summary.device)),
    ];
    let columns = std::iter::once("")
        .chain(runs.iter().map(|run| run.name.as_str()))
        .map(Column::words);
    let rows = facts.iter().map(|(name, fact)| {
        let cells = runs
            .iter()
            .map(|run| fact(run).unwrap_or_else(|| ABSENT.to_owned()));
        std::iter::once((*name).to_owned()).chain(cells).collect()
    });
    Block::Table(Table {
        caption: "What was trained on what".to_owned(),
        columns: columns.collect(),
        rows: rows.collect(),
    })
}

fn spelt(run: &RunRecord, key: &str, of_summary: fn(&didact_run::Summary) -> &String) -> Option<String> {
    run.summary
        .as_ref()
        .map(of_summary)
        .cloned()
        .or_else(|| run.setting(key))
}

fn noise(run: &RunRecord) -> Option<String> {
    let Some(summary) = &run.summary else {
        return run.setting("noise");
    };
    let Some(noise) = &summary.noise else {
        return Some("none".to_owned());
    };
    let asked = noise
        .asked
        .map_or_else(String::new, |rate| format!(", asked {}", percent(rate)));
    Some(format!(
        "{}{asked}, realised {}",
        noise.kind,
        percent(noise.realised)
    ))
}

fn training_samples(run: &RunRecord) -> Option<String> {
    let n = run.summary.as_ref().map(|summary| summary.train.metrics.n);
    let n = n.or_else(|| run.metrics.last().map(|row| row.train.n))?;
    let left_out = if run.skipped > 0 {
        format!("; {} unreadable items left out", count(run.skipped))
    } else {
        String::new()
    };
    let loss = run
        .summary
        .as_ref()
        .map(|summary| figure(summary.train.metrics.loss));
    let loss = loss.map_or_else(String::new, |loss| {
        format!("; mean loss {loss} nats at the selected epoch")
    });
    Some(format!("{}{left_out}{loss}", count(n)))
}
