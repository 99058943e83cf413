//! What was trained on what.

use didact_run::Summary;

use crate::number::{ABSENT, count, figure, percent};
use crate::page::{Block, Column, Table};
use crate::record::RunRecord;

/// One row of the table: its name, and how to say it of a run.
struct Fact {
    name: &'static str,
    of: fn(&RunRecord) -> Option<String>,
}

const FACTS: [Fact; 11] = [
    Fact {
        name: "Data",
        of: |run| run.setting("data"),
    },
    Fact {
        name: "Model",
        of: |run| spelt(run, "model", |summary| summary.model.clone()),
    },
    Fact {
        name: "Parameters",
        of: |run| Some(count(run.summary.as_ref()?.parameters)),
    },
    Fact {
        name: "Loss",
        of: |run| spelt(run, "loss", |summary| summary.loss.clone()),
    },
    Fact {
        name: "Curriculum",
        of: |run| spelt(run, "curriculum", |summary| summary.curriculum.clone()),
    },
    Fact {
        name: "Injected label noise",
        of: noise,
    },
    Fact {
        name: "Training samples",
        of: training_samples,
    },
    Fact {
        name: "Epochs",
        of: |run| Some(run.newest_epoch()?.to_string()),
    },
    Fact {
        name: "Epoch chosen by",
        of: |run| Some(run.summary.as_ref()?.selected_by.clone()),
    },
    Fact {
        name: "Seed",
        of: |run| spelt(run, "seed", |summary| summary.seed.to_string()),
    },
    Fact {
        name: "Device",
        of: |run| spelt(run, "device", |summary| summary.device.clone()),
    },
];

/// The table of what was trained on what, one column a run; what is known of no run is left out.
pub(crate) fn facts(runs: &[RunRecord]) -> Block {
    let columns = std::iter::once("")
        .chain(runs.iter().map(|run| run.name.as_str()))
        .map(Column::words);
    let rows = FACTS.iter().map(|fact| {
        let cells: Vec<Option<String>> = runs.iter().map(fact.of).collect();
        let known = cells.iter().any(Option::is_some);
        let cells = cells
            .into_iter()
            .map(|cell| cell.unwrap_or_else(|| ABSENT.to_owned()));
        known.then(|| std::iter::once(fact.name.to_owned()).chain(cells).collect())
    });
    let caption = "What was trained on what".to_owned();
    Block::Table(Table {
        caption,
        columns: columns.collect(),
        rows: rows.flatten().collect(),
    })
}

/// A fact of the summary, or while there is none the setting.
fn spelt(run: &RunRecord, key: &str, of_summary: fn(&Summary) -> String) -> Option<String> {
    run.summary
        .as_ref()
        .map_or_else(|| run.setting(key), |summary| Some(of_summary(summary)))
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
    let summary = run.summary.as_ref().map(|summary| &summary.train.metrics);
    let mut words = vec![count(summary.map_or_else(
        || run.metrics.last().map(|row| row.train.n),
        |train| Some(train.n),
    )?)];
    if run.skipped > 0 {
        words.push(format!("{} unreadable items left out", count(run.skipped)));
    }
    words.extend(summary.map(|train| format!("mean loss {} nats at the selected epoch", figure(train.loss))));
    Some(words.join("; "))
}
