//! `didact evaluate`: how well a run, or the average of several, does on labelled data it has not seen.

use std::sync::Arc;

use didact_data::{Dataset, OpenOptions, Part as DataPart, has_test_part};
use didact_labels::metrics::{ClassificationReport, ReportedClasses};
use didact_run::{RunFolder, SplitMetrics, Summary};
use didact_train::{Ensemble, Part, Predictions, TrainConfig, TrainError, refuse_seen};

use crate::arguments::{EvaluateArguments, bad_items};
use crate::error::{Complaint, Result, Status};
use crate::input::AveragedRuns;
use crate::output::{
    Printer, percent, shell_word, tell_engine, tell_fallbacks, tell_unlabelled, thousandths,
};

pub(crate) fn evaluate(arguments: &EvaluateArguments, printer: Printer) -> Result<Status> {
    let runs = AveragedRuns::at(&arguments.run, &arguments.average)?;
    let of_first = summary(&runs.first)?;
    for other in &runs.others {
        summary(other)?;
    }
    let selected = runs.open(RunFolder::model, arguments.device)?;
    let last = runs.open(RunFolder::last_model, arguments.device)?;
    tell_engine(arguments.device, printer);
    let data = open(arguments, &selected)?;
    let part = Part::of_labelled(Arc::new(data));
    for folder in runs.all() {
        check_unseen(folder, &part, printer)?;
    }
    tell_unlabelled(part.num_left_out_unlabelled(), printer);
    let [selected, last] = [selected.predict(&part)?, last.predict(&part)?];
    tell_fallbacks(printer);
    printer.result(&text(&part, &selected, &last)?)?;
    printer.json(&Summary {
        test: Some(selected.metrics),
        test_last: Some(last.metrics),
        ..of_first
    })?;
    Ok(Status::Done)
}

/// Refuses samples that the run was trained or selected on. That its data are gone is no reason to measure nothing.
fn check_unseen(folder: &RunFolder, part: &Part, printer: Printer) -> Result<()> {
    let config: TrainConfig = folder.read_config()?;
    let run = folder.path().display();
    match refuse_seen(&config, part) {
        Ok(()) => Ok(()),
        Err(error @ TrainError::Leak { .. }) => {
            let hint = format!("evaluate on data that the run in {run} has not seen");
            Err(Complaint::new(error.to_string(), hint).into())
        }
        Err(error) => {
            printer.note(&format!(
                "whether the run in {run} has seen these samples could not be checked: {error}"
            ));
            Ok(())
        }
    }
}

fn summary(folder: &RunFolder) -> Result<Summary> {
    if folder.summary().is_file() {
        return Ok(folder.read_json(&folder.summary())?);
    }
    let run = shell_word(folder.path());
    let what = format!(
        "{} is not complete: it has no summary.json",
        folder.path().display()
    );
    Err(Complaint::new(
        what,
        format!("go on with it first: didact train --resume -o {run}"),
    )
    .into())
}

fn open(arguments: &EvaluateArguments, predictor: &Ensemble) -> Result<Dataset> {
    let description = predictor.description();
    let part = if has_test_part(&arguments.data) {
        DataPart::Test
    } else {
        DataPart::Auto
    };
    let options = OpenOptions {
        class_names: Some(description.class_names.clone()),
        shape: Some(description.input),
        bad_items: bad_items(arguments.skip_bad),
        part,
        ..arguments.opening.options()
    };
    Ok(Dataset::open(&arguments.data, &options)?)
}

fn text(part: &Part, selected: &Predictions, last: &Predictions) -> Result<String> {
    let row = |name: &str, value: fn(&SplitMetrics) -> String| {
        format!(
            "{name:<16}{:>12}{:>12}\n",
            value(&selected.metrics),
            value(&last.metrics)
        )
    };
    let report = ClassificationReport::new(
        &selected.confusion,
        part.dataset.class_names(),
        ReportedClasses::Occurring,
    )?;
    let top5 = if part.dataset.num_classes() > 5 {
        row("top-5 accuracy", |split| percent(split.top5_accuracy))
    } else {
        String::new()
    };
    Ok(format!(
        "{:<16}{:>12}{:>12}\n",
        format!("{} samples", part.len()),
        "kept epoch",
        "last epoch"
    ) + &row("accuracy", |split| percent(split.accuracy))
        + &top5
        + &row("MCC", |split| thousandths(split.mcc))
        + &row("loss", |split| thousandths(split.loss))
        + &format!("\n{report}"))
}
