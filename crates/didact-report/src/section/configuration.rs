//! Everything needed to repeat a run, and where its results lie.

use super::panels::heading;
use crate::number::{ABSENT, count, size};
use crate::page::{Block, Column, Section, Table};
use crate::record::{FileEntry, RunRecord, flattened};

/// Configurations, what differs between them, and the files.
pub(crate) fn configuration(runs: &[RunRecord]) -> Section {
    let mut blocks: Vec<Block> = differences(runs).into_iter().collect();
    for run in runs {
        blocks.extend(heading(run, runs));
        let version = run.summary.as_ref().map_or_else(String::new, |summary| {
            format!(" Made by didact {}.", summary.version)
        });
        blocks.push(Block::Paragraph(format!(
            "config.toml: everything needed to repeat the run.{version}"
        )));
        blocks.push(Block::Code(run.config.to_string()));
        blocks.push(Block::Table(files(run)));
    }
    Section {
        id: "configuration",
        title: "Configuration and files",
        blocks,
    }
}

/// The settings in which runs differ, if there are several.
fn differences(runs: &[RunRecord]) -> Option<Block> {
    if runs.len() < 2 {
        return None;
    }
    let settings: Vec<Vec<(String, String)>> = runs.iter().map(|run| flattened(&run.config)).collect();
    let mut keys: Vec<&String> = Vec::new();
    for (key, _) in settings.iter().flatten() {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let row = |key: &String| {
        let of_run = |settings: &Vec<(String, String)>| {
            let found = settings.iter().find(|(other, _)| other == key);
            found.map_or_else(|| ABSENT.to_owned(), |(_, value)| value.clone())
        };
        let cells: Vec<String> = settings.iter().map(of_run).collect();
        let alike = cells.iter().all(|cell| *cell == cells[0]);
        (!alike).then(|| std::iter::once(key.clone()).chain(cells).collect())
    };
    let rows: Vec<Vec<String>> = keys.into_iter().filter_map(row).collect();
    if rows.is_empty() {
        return Some(Block::Note(
            "The configurations of these runs are the same.".to_owned(),
        ));
    }
    let columns = std::iter::once("Setting")
        .chain(runs.iter().map(|run| run.name.as_str()))
        .map(Column::words);
    let caption = "The settings in which the runs differ; all others are the same".to_owned();
    Some(Block::Table(Table {
        caption,
        columns: columns.collect(),
        rows,
    }))
}

fn files(run: &RunRecord) -> Table {
    let row = |entry: &FileEntry| {
        let number = if entry.files == 1 {
            String::new()
        } else {
            format!(" ({} files)", count(entry.files))
        };
        let name = format!("{}{number}", entry.name);
        vec![name, content(&entry.name).to_owned(), size(entry.bytes)]
    };
    Table {
        caption: "Files in the run folder".to_owned(),
        columns: vec![
            Column::words("File"),
            Column::words("What it holds"),
            Column::numbers("Size"),
        ],
        rows: run.files.iter().map(row).collect(),
    }
}

fn content(name: &str) -> &'static str {
    match name {
        "config.toml" => "everything needed to repeat the run",
        "summary.json" => "the figures",
        "metrics.csv" => "losses and metrics, one row an epoch",
        "timings.csv" => "time and memory, one row an epoch",
        "evaluation.json" => "confusion matrices",
        "skipped.csv" => "unreadable items that were left out",
        "model.safetensors" => "the weights of the selected epoch",
        "last.safetensors" => "the weights after the last epoch",
        "probabilities.npy" => "predicted probabilities, averaged over epochs",
        "features.npy" => "the last hidden layer at the selected epoch",
        "ledger/" => "what happened to every sample, one file an epoch",
        "checkpoints/" => "what resuming needs",
        "decisions.sqlite" => "the reviewers' verdicts",
        _ => "",
    }
}
