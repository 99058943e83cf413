//! The models before and after.

use didact_run::{CleanSummary, CleanerRecord, ModelRow, RoundSummary, SplitMetrics, ViewRecord};

use crate::number::{count, decimal, duration, percent};
use crate::page::{Block, Card, Column, Section, Table};

const ABSENT: &str = "–";

/// The figures a person looks for first, and the table of models.
pub(super) fn outcome(summary: &CleanSummary, records: &[CleanerRecord]) -> Section {
    Section {
        id: "outcome",
        title: "What it came to",
        blocks: vec![
            Block::Cards(cards(summary)),
            Block::Paragraph(reading(summary)),
            Block::Table(table(summary, records)),
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
    // Those that fit are what the samples to be corrected were to the first model.
    let of = [
        (
            "samples that fit, judged unseen",
            last.and_then(|round| round.fit.as_ref()),
        ),
        (
            "samples that report",
            last.and_then(|round| round.report.as_ref()),
        ),
        (
            "samples to be corrected",
            last.and_then(|round| round.worked.as_ref()),
        ),
    ];
    let figures = of.into_iter().find_map(|(who, figures)| Some((who, figures?)));
    let labels = figures.map_or_else(
        || ABSENT.to_owned(),
        |(_, figures)| percent(figures.corrected_accuracy),
    );
    let given = figures.map_or_else(String::new, |(who, figures)| {
        format!("{} as given; {who}", percent(figures.given_accuracy))
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
    let reporting = match samples.report {
        0 => "Nothing reports, so no model has an accuracy here.".to_owned(),
        report => format!(
            "{} report: the models' figures here are of those, which were used for nothing else.",
            count(report as u64)
        ),
    };
    format!(
        "Of {} samples {} had labels to be corrected. {} trusted ones taught the cleaner, and {} chose epochs and the model \
         that was kept. {reporting} Chosen by {}. All in all {}.",
        count(samples.all as u64),
        count(samples.worked as u64),
        count(samples.fit as u64),
        count(samples.select as u64),
        summary.selected_by,
        duration(summary.seconds),
    )
}

/// Every model, and every cleaner that is a network.
pub(super) fn table(summary: &CleanSummary, records: &[CleanerRecord]) -> Table {
    let names = [
        "Accuracy",
        "MCC",
        "After the last epoch",
        "On the selecting samples",
        "Epochs",
        "Parameters",
        "Seconds an epoch",
    ];
    let mut columns = vec![Column::words("Model"), Column::words("Network")];
    columns.extend(names.map(Column::numbers));
    let models = summary.models.iter().map(|row| cells(row, summary));
    let cleaners = summary.rounds.iter().zip(records).flat_map(|(round, record)| {
        let views = record.views.iter().filter(|view| view.parameters.is_some());
        views.map(move |view| cleaner_cells(round, record, view))
    });
    Table {
        caption:
            "Models, on the samples that report; of a label cleaner, how many corrected labels are right"
                .to_owned(),
        columns,
        rows: models.chain(cleaners).collect(),
    }
}

/// The row of a cleaner that is a network. Where there are several, the accuracy is that of what they say together.
fn cleaner_cells(round: &RoundSummary, record: &CleanerRecord, view: &ViewRecord) -> Vec<String> {
    let of = |value: Option<String>| value.unwrap_or_else(|| ABSENT.to_owned());
    let fold = view
        .fold
        .map_or_else(String::new, |fold| format!(" without fold {fold}"));
    let epochs = view.epochs.len();
    let kept = view
        .kept_epoch
        .and_then(|kept| view.epochs.get(kept as usize - 1));
    let all_epochs: usize = record.views.iter().map(|view| view.epochs.len()).sum();
    vec![
        format!("label cleaner, round {}{fold}", round.round),
        "features and label".to_owned(),
        of(round
            .report
            .as_ref()
            .map(|figures| percent(figures.corrected_accuracy))),
        ABSENT.to_owned(),
        ABSENT.to_owned(),
        of(kept.map(|kept| percent(kept.accuracy))),
        of(view.kept_epoch.map(|kept| format!("{kept} of {epochs}"))),
        of(view.parameters.map(|parameters| count(parameters as u64))),
        decimal(record.seconds / all_epochs.max(1) as f64, 1),
    ]
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
        row.model.clone(),
        accuracy(row.report),
        of(row.report.map(|metrics| decimal(metrics.mcc, 3))),
        accuracy(row.report_last),
        of(row.select_accuracy.map(percent)),
        of(row.epochs.map(|[run, selected]| format!("{selected} of {run}"))),
        count(row.parameters),
        of(row.seconds_per_epoch.map(|seconds| decimal(seconds, 1))),
    ]
}
