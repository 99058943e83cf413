//! `didact evaluate`: how well a run does on labelled data it has not seen.

use std::sync::Arc;

use didact_data::{Dataset, OpenOptions, Part as DataPart, has_test_part};
use didact_labels::metrics::{ClassificationReport, ReportedClasses};
use didact_run::{RunFolder, SplitMetrics, Summary};
use didact_train::{Part, Predictions, Predictor, TrainConfig, TrainError};

use crate::arguments::{EvaluateArguments, bad_items};
use crate::error::{Complaint, Result, Status};
use crate::input::refuse_leak;
use crate::output::{Printer, percent, shell_word};

pub(crate) fn evaluate(arguments: &EvaluateArguments, printer: Printer) -> Result<Status> {
    let folder = RunFolder::open(&arguments.run).map_err(TrainError::from)?;
    let summary = summary(&folder)?;
    let config: TrainConfig = folder.read_config()?;
    let selected = Predictor::open(&folder.model(), arguments.device)?;
    let last = Predictor::open(&folder.last_model(), arguments.device)?;
    let data = open(arguments, &selected)?;
    refuse_leak(&config, &data)?;
    let part = Part::whole(Arc::new(data));
    let [selected, last] = [selected.predict(&part)?, last.predict(&part)?];
    printer.result(&text(&part, &selected, &last)?)?;
    printer.json(&Summary {
        test: Some(selected.metrics),
        test_last: Some(last.metrics),
        ..summary
    })?;
    Ok(Status::Done)
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

fn open(arguments: &EvaluateArguments, predictor: &Predictor) -> Result<Dataset> {
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
    Ok(format!(
        "{:<16}{:>12}{:>12}\n",
        format!("{} samples", part.len()),
        "kept epoch",
        "last epoch"
    ) + &row("accuracy", |split| percent(split.accuracy))
        + &row("top-5 accuracy", |split| percent(split.top5_accuracy))
        + &row("MCC", |split| format!("{:.3}", split.mcc))
        + &row("loss", |split| format!("{:.3}", split.loss))
        + &format!("\n{report}"))
}
