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
    let rows = differing(&runs.iter().map(|run| flattened(&run.config)).collect::<Vec<_>>());
    if rows.is_empty() {
        return Some(Block::Note(
            "The configurations of these runs are the same.".to_owned(),
        ));
    }
    let names = runs.iter().map(|run| run.name.as_str());
    let columns = std::iter::once("Setting")
        .chain(names)
        .map(Column::words)
        .collect();
    let caption = "The settings in which the runs differ; all others are the same".to_owned();
    Some(Block::Table(Table {
        caption,
        columns,
        rows,
    }))
}

/// One row a key whose values are not all alike: the key, then the value in each configuration.
fn differing(configurations: &[Vec<(String, String)>]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (key, _) in configurations.iter().flatten() {
        let value = |settings: &Vec<(String, String)>| {
            let found = settings.iter().find(|(other, _)| other == key);
            found.map_or_else(|| ABSENT.to_owned(), |(_, value)| value.clone())
        };
        let values: Vec<String> = configurations.iter().map(value).collect();
        let alike = values.iter().all(|value| *value == values[0]);
        if !alike && rows.iter().all(|row| row[0] != *key) {
            rows.push(std::iter::once(key.clone()).chain(values).collect());
        }
    }
    rows
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_listed_and_what_is_absent_said() {
        let settings = |pairs: &[(&str, &str)]| {
            pairs
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect::<Vec<_>>()
        };
        let (one, other) = (
            settings(&[("seed", "1"), ("loss", "a")]),
            settings(&[("seed", "1"), ("loss", "b"), ("c", "d")]),
        );
        assert_eq!(differing(&[one, other]), [["loss", "a", "b"], ["c", ABSENT, "d"]]);
    }
}
