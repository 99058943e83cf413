//! `didact mentor evaluate`: whether a mentor tells wrong labels from right ones.

use didact_curriculum::{MentorDescription, MentorObservation};
use didact_mentor::{EpochJudgement, judge, observe_run, read_mentor};
use serde::Serialize;

use crate::arguments::MentorEvaluateArguments;
use crate::error::{Result, Status};
use crate::output::{Printer, aligned, lines};

#[derive(Serialize)]
struct Evaluated<'a> {
    mentor: &'a MentorDescription,
    percentile: f64,
    epochs: Vec<EpochJudgement>,
}

pub(crate) fn mentor_evaluate(arguments: &MentorEvaluateArguments, printer: Printer) -> Result<Status> {
    let mentor = read_mentor(&arguments.mentor)?;
    let observed = observe_run(&arguments.run)?;
    let given = arguments.percentile.map(|percentile| percentile / 100.0);
    let share = given
        .or(mentor.description.percentile)
        .unwrap_or_else(|| share_of_right(&observed.epochs));
    let epochs = judge(&mentor, &observed.epochs, share);
    printer.result(&text(&epochs, share))?;
    let most = |share: fn(&EpochJudgement) -> f64| epochs.iter().map(share).fold(0.0, f64::max);
    let (outside, guessed) = (most(|epoch| 1.0 - epoch.known), most(|epoch| epoch.guessed));
    if outside > 0.5 || guessed > 0.05 {
        printer.note(&format!(
            "warning: in some epoch {:.0} % of the losses are outside what the mentor was taught, and {:.0} % of the weights \
             are guesses",
            100.0 * outside,
            100.0 * guessed
        ));
    }
    printer.json(&Evaluated {
        mentor: &mentor.description,
        percentile: share,
        epochs,
    })?;
    Ok(Status::Done)
}

fn share_of_right(epochs: &[Vec<MentorObservation>]) -> f64 {
    let all = epochs.iter().flatten();
    let right = all.clone().filter(|found| found.is_right).count();
    right as f64 / all.count().max(1) as f64
}

fn text(epochs: &[EpochJudgement], share: f64) -> String {
    let head = [
        "epoch",
        "AUROC",
        "average precision",
        "chance",
        "weight to wrong",
        "right weigh",
        "wrong weigh",
    ];
    let mut table = vec![head.map(str::to_owned).to_vec()];
    let number = |number: Option<f64>| number.map_or_else(|| "-".to_owned(), |number| format!("{number:.3}"));
    table.extend(epochs.iter().map(|epoch| {
        vec![
            epoch.epoch.to_string(),
            number(epoch.area_under_roc),
            number(epoch.average_precision),
            number(Some(epoch.noise_rate)),
            number(epoch.wrong_share_of_weight),
            number(epoch.weight_of_right),
            number(epoch.weight_of_wrong),
        ]
    }));
    let head = format!(
        "wrong labels by small weights; differences count from the {:.0} % percentile of an epoch's losses",
        100.0 * share
    );
    let mut rows = vec![head, String::new()];
    rows.extend(aligned(&table));
    lines(&rows)
}
