//! The figures of a run as a small table.

use didact_run::{GroupSummary, LabelGroups, SplitMetrics, Summary};

/// A share in per cent, to a tenth.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.1} %", rounded(100.0 * share, 10.0))
}

/// A figure to a thousandth.
pub(crate) fn thousandths(figure: f64) -> String {
    format!("{:.3}", rounded(figure, 1000.0))
}

/// Rounded, and never to a zero with a minus.
fn rounded(figure: f64, parts: f64) -> f64 {
    (figure * parts).round() / parts + 0.0
}

/// A number of things, in the singular where it is one.
pub(crate) fn counted(number: usize, thing: &str) -> String {
    if number == 1 {
        format!("1 {thing}")
    } else {
        format!("{number} {thing}s")
    }
}

/// What a run came to.
pub(crate) fn run_table(summary: &Summary) -> String {
    let Summary {
        selected_epoch,
        epochs_run,
        selected_by,
        ..
    } = summary;
    let mut rows = vec![String::new()];
    rows.push(format!(
        "kept epoch {selected_epoch} of {epochs_run}, chosen by {selected_by}"
    ));
    if let Some(noise) = &summary.noise {
        rows.push(format!(
            "labels made wrong by {}: {}",
            noise.kind,
            percent(noise.realised)
        ));
    }
    rows.extend(test_rows(summary));
    rows.extend(group_rows(summary));
    lines(&rows)
}

/// Rows as text, each with its line end.
pub(crate) fn lines(rows: &[String]) -> String {
    rows.iter().flat_map(|row| [row.as_str(), "\n"]).collect()
}

fn test_rows(summary: &Summary) -> Vec<String> {
    let (Some(selected), Some(last)) = (&summary.test, &summary.test_last) else {
        return vec!["no test data: give --test DATA for figures that nothing was chosen by".to_owned()];
    };
    let head = format!("test, n={}", selected.n);
    let row = |name: &str, value: fn(&SplitMetrics) -> String| {
        format!("{name:<14}{:>12}{:>12}", value(selected), value(last))
    };
    vec![
        String::new(),
        format!("{head:<14}{:>12}{:>12}", "kept epoch", "last epoch"),
        row("accuracy", |split| percent(split.accuracy)),
        row("MCC", |split| thousandths(split.mcc)),
        row("loss", |split| thousandths(split.loss)),
    ]
}

/// How clean and wrong labels were treated in the last epoch, where wrong labels are known.
fn group_rows(summary: &Summary) -> Vec<String> {
    let Some(LabelGroups { clean, noisy }) = &summary.train.last else {
        return Vec::new();
    };
    if noisy.n == 0 {
        return Vec::new();
    }
    let row = |name: &str, group: &GroupSummary| {
        let GroupSummary {
            n,
            weight,
            confidence,
            fitted,
        } = group;
        format!(
            "{name:<14}{n:>12}{weight:>12.3}{confidence:>12.3}{:>12}",
            percent(*fitted)
        )
    };
    vec![
        String::new(),
        format!(
            "{:<14}{:>12}{:>12}{:>12}{:>12}",
            "last epoch", "samples", "weight", "confidence", "fitted"
        ),
        row("clean labels", clean),
        row("wrong labels", noisy),
        "fitted: predicted as labelled; where the label is wrong, it was memorised".to_owned(),
    ]
}
