//! What a cleaning came to, as a small table.

use didact_run::{CleanSummary, LabelFigures, ModelRow};

use super::aligned::aligned;
use super::results::{lines, percent, thousandths};

/// The labels of every round, and the models.
pub(crate) fn clean_table(summary: &CleanSummary) -> String {
    let mut rows = vec![String::new()];
    for round in &summary.rounds {
        rows.push(format!(
            "round {}: {} of {} labels corrected, {} samples left out",
            round.round, round.corrected, summary.samples.worked, round.left_out
        ));
        let of = [
            ("samples that report", &round.report),
            ("samples that fit, judged unseen", &round.fit),
            ("samples to be corrected", &round.worked),
        ];
        rows.extend(
            of.into_iter()
                .filter_map(|(name, figures)| Some(labels(name, figures.as_ref()?))),
        );
    }
    rows.push(String::new());
    // All models of a cleaning are of one network.
    let network = summary.models.first().map_or("", |row| row.model.as_str());
    let names = ["accuracy", "MCC", "last epoch", "parameters", "s an epoch"];
    let head: Vec<String> = std::iter::once(network).chain(names).map(str::to_owned).collect();
    let table: Vec<Vec<String>> = std::iter::once(head)
        .chain(summary.models.iter().map(|row| model(row, summary)))
        .collect();
    lines(&rows) + &lines(&aligned(&table))
}

fn labels(name: &str, figures: &LabelFigures) -> String {
    let found = figures.area_under_roc.map_or_else(String::new, |area| {
        format!(", wrong ones found with AUROC {}", thousandths(area))
    });
    format!(
        "  {name} ({}): {} right as given, {} as corrected{found}",
        figures.n,
        percent(figures.given_accuracy),
        percent(figures.corrected_accuracy)
    )
}

fn model(row: &ModelRow, summary: &CleanSummary) -> Vec<String> {
    let is_kept = row.folder.as_ref() == Some(&summary.delivered);
    let mark = if is_kept { " (kept)" } else { "" };
    let of = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    vec![
        format!("{}{mark}", row.name),
        of(row.report.map(|metrics| percent(metrics.accuracy))),
        of(row.report.map(|metrics| thousandths(metrics.mcc))),
        of(row.report_last.map(|metrics| percent(metrics.accuracy))),
        row.parameters.to_string(),
        of(row.seconds_per_epoch.map(|seconds| format!("{seconds:.1}"))),
    ]
}
