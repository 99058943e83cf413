//! How good given and corrected labels are.

use didact_run::{CleanSummary, CleanerRecord, LabelFigures, RoundSummary};

use crate::number::{count, decimal, percent};
use crate::page::{Block, Column, Section, Table};

/// The labels of every round, and what the cleaner counted by.
pub(super) fn labels(summary: &CleanSummary, records: &[CleanerRecord]) -> Section {
    let fitting = if summary.rounds.iter().any(|round| round.fit.is_some()) {
        " Those that fit were, with the labels they were given, and are judged by cleaners that learnt from the other half of \
         them, so their row tells what to expect of the samples that were corrected."
    } else {
        ""
    };
    let mut blocks = vec![Block::Paragraph(format!(
        "As given and as corrected, on samples whose true labels are known. The samples that report were never shown to a \
         model.{fitting} AUROC: how often a wrong label looks more doubtful than a right one. Brier: mean squared distance of \
         the probabilities from the truth, 0 at best."
    ))];
    blocks.push(Block::Table(table(summary)));
    blocks.push(Block::Table(rounds(summary)));
    blocks.extend(records.iter().filter_map(weights));
    Section {
        id: "labels",
        title: "Labels",
        blocks,
    }
}

/// How good labels are after every round.
pub(super) fn table(summary: &CleanSummary) -> Table {
    let names = [
        "Samples",
        "Right as given",
        "Right as corrected",
        "Right among those that count",
        "AUROC",
        "Average precision",
        "Brier",
    ];
    let mut columns = vec![Column::words("Round and samples")];
    columns.extend(names.map(Column::numbers));
    let rows = summary.rounds.iter().flat_map(|round| {
        let of = [
            ("that report", &round.report),
            ("that fit", &round.fit),
            ("that were corrected", &round.worked),
        ];
        let row = |(name, figures): (&str, &Option<LabelFigures>)| {
            let figures = figures.as_ref()?;
            Some(cells(format!("{}, {name}", round.round), figures))
        };
        of.into_iter().filter_map(row).collect::<Vec<_>>()
    });
    Table {
        caption: "How good labels are".to_owned(),
        columns,
        rows: rows.collect(),
    }
}

fn cells(name: String, figures: &LabelFigures) -> Vec<String> {
    let of = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| decimal(value, 3));
    vec![
        name,
        count(figures.n as u64),
        percent(figures.given_accuracy),
        percent(figures.corrected_accuracy),
        percent(figures.kept_accuracy),
        of(figures.area_under_roc),
        of(figures.average_precision),
        decimal(figures.brier, 3),
    ]
}

fn rounds(summary: &CleanSummary) -> Table {
    let row = |round: &RoundSummary| {
        let since = round
            .changed_since_last
            .map_or_else(|| "–".to_owned(), |changed| count(changed as u64));
        vec![
            round.round.to_string(),
            count(round.corrected as u64),
            count(round.left_out as u64),
            since,
        ]
    };
    Table::of_numbers(
        "What rounds changed",
        &[
            "Round",
            "Labels corrected",
            "Samples left out",
            "Labels changed since the round before",
        ],
        summary.rounds.iter().map(row).collect(),
    )
}

/// How much every opinion counted, where opinions were pooled.
fn weights(record: &CleanerRecord) -> Option<Block> {
    let rows: Vec<Vec<String>> = record
        .views
        .iter()
        .flat_map(|view| {
            let model = view
                .fold
                .map_or_else(|| "model".to_owned(), |fold| format!("model without fold {fold}"));
            view.pool
                .iter()
                .map(move |pool| vec![format!("{model}: {}", pool.source), decimal(pool.weight, 3)])
        })
        .collect();
    (!rows.is_empty()).then(|| {
        let caption = format!(
            "Round {}: what counted how much; by Bayes' rule 1, and 0 what a first model predicts before it is led back",
            record.round
        );
        Block::Table(Table::of_numbers(caption, &["Opinion", "Weight"], rows))
    })
}
