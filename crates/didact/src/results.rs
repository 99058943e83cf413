//! The figures of a run as a small table.

use didact_run::{GroupSummary, LabelGroups, SplitMetrics, Summary};

/// A share in per cent, to a tenth.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
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
pub(crate) fn table(summary: &Summary) -> String {
    let Summary {
        selected_epoch,
        epochs_run,
        selected_by,
        ..
    } = summary;
    let mut text = format!("\nkept epoch {selected_epoch} of {epochs_run}, chosen by {selected_by}\n");
    if let Some(noise) = &summary.noise {
        text += &format!(
            "labels made wrong by {}: {}\n",
            noise.kind,
            percent(noise.realised)
        );
    }
    text += &test_rows(summary);
    text + &group_rows(summary)
}

fn test_rows(summary: &Summary) -> String {
    let (Some(selected), Some(last)) = (&summary.test, &summary.test_last) else {
        return "no test data: give --test DATA for figures that nothing was chosen by\n".to_owned();
    };
    let row = |name: &str, value: fn(&SplitMetrics) -> String| {
        format!("{name:<14}{:>12}{:>12}\n", value(selected), value(last))
    };
    let head = format!(
        "\n{:<14}{:>12}{:>12}\n",
        format!("test, n={}", selected.n),
        "kept epoch",
        "last epoch"
    );
    head + &row("accuracy", |split| percent(split.accuracy))
        + &row("MCC", |split| format!("{:.3}", split.mcc))
        + &row("loss", |split| format!("{:.3}", split.loss))
}

/// How clean and wrong labels were treated in the last epoch, where the truth is known.
fn group_rows(summary: &Summary) -> String {
    let Some(LabelGroups { clean, noisy }) = &summary.train.last else {
        return String::new();
    };
    let head = format!(
        "\n{:<14}{:>12}{:>12}{:>12}{:>12}\n",
        "last epoch", "samples", "weight", "confidence", "fitted"
    );
    let row = |name: &str, group: &GroupSummary| {
        let GroupSummary {
            n,
            weight,
            confidence,
            fitted,
        } = group;
        format!(
            "{name:<14}{n:>12}{weight:>12.3}{confidence:>12.3}{:>12}\n",
            percent(*fitted)
        )
    };
    let foot = "fitted: predicted as labelled; where the label is wrong, it was memorised\n";
    head + &row("clean labels", clean) + &row("wrong labels", noisy) + foot
}
