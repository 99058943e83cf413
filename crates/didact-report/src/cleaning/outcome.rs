//! The models before and after.

use didact_run::{CleanSummary, ModelRow, SplitMetrics};

use crate::number::{count, decimal, duration, percent};
use crate::page::{Block, Card, Column, Section, Table};

const ABSENT: &str = "–";

/// The figures a person looks for first, and the table of models.
pub(super) fn outcome(summary: &CleanSummary) -> Section {
    Section {
        id: "outcome",
        title: "What it came to",
        blocks: vec![
            Block::Cards(cards(summary)),
            Block::Paragraph(reading(summary)),
            Block::Table(table(summary)),
        ],
    }
}

fn cards(summary: &CleanSummary) -> Vec<Card> {
    let accuracy = |row: Option<&ModelRow>| {
        let report = row.and_then(|row| row.report);
        report.map_or_else(|| ABSENT.to_owned(), |metrics| percent(metrics.accuracy))
    };
    let kept = summary
        .models
        .iter()
        .find(|row| row.folder.as_ref() == Some(&summary.delivered));
    let card = |title: &str, figure: String, label: &str, detail: String| Card {
        title: title.to_owned(),
        figure,
        label: label.to_owned(),
        detail,
    };
    let last = summary.rounds.last();
    let figures = last.and_then(|round| round.report.as_ref().or(round.worked.as_ref()));
    let labels = figures.map_or_else(
        || ABSENT.to_owned(),
        |figures| percent(figures.corrected_accuracy),
    );
    let given = figures.map_or_else(String::new, |figures| {
        format!("{} as given", percent(figures.given_accuracy))
    });
    vec![
        card("labels", labels, "right as corrected", given),
        card(
            "first model",
            accuracy(summary.models.first()),
            "accuracy",
            "on labels as given".to_owned(),
        ),
        card(
            "kept model",
            accuracy(kept),
            "accuracy",
            "on corrected labels".to_owned(),
        ),
    ]
}

fn reading(summary: &CleanSummary) -> String {
    let samples = &summary.samples;
    format!(
        "Of {} samples {} had labels to be corrected. {} trusted ones taught the cleaner, {} chose epochs and the model that \
         was kept, and {} report: the figures here are of those, which were used for nothing else. Chosen by {}. All in all {}.",
        count(samples.all as u64),
        count(samples.worked as u64),
        count(samples.fit as u64),
        count(samples.select as u64),
        count(samples.report as u64),
        summary.selected_by,
        duration(summary.seconds),
    )
}

fn table(summary: &CleanSummary) -> Table {
    let names = [
        "Accuracy",
        "MCC",
        "After the last epoch",
        "On the selecting samples",
        "Epochs",
        "Parameters",
        "Seconds an epoch",
    ];
    let mut columns = vec![Column::words("Model")];
    columns.extend(names.map(Column::numbers));
    Table {
        caption: "Models, on the samples that report".to_owned(),
        columns,
        rows: summary.models.iter().map(|row| cells(row, summary)).collect(),
    }
}

fn cells(row: &ModelRow, summary: &CleanSummary) -> Vec<String> {
    let of = |value: Option<String>| value.unwrap_or_else(|| ABSENT.to_owned());
    let kept = if row.folder.as_ref() == Some(&summary.delivered) {
        " (kept)"
    } else {
        ""
    };
    let accuracy = |metrics: Option<SplitMetrics>| of(metrics.map(|metrics| percent(metrics.accuracy)));
    vec![
        format!("{}{kept}", row.name),
        accuracy(row.report),
        of(row.report.map(|metrics| decimal(metrics.mcc, 3))),
        accuracy(row.report_last),
        of(row.select_accuracy.map(percent)),
        of(row.epochs.map(|[run, selected]| format!("{selected} of {run}"))),
        count(row.parameters),
        of(row.seconds_per_epoch.map(|seconds| decimal(seconds, 1))),
    ]
}
