//! `didact predict`: label and probability of image files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use didact_data::{BadItems, DataError, Dataset, SampleShape};
use didact_run::RunFolder;
use didact_train::{ModelDescription, Part};
use serde::Serialize;

use crate::arguments::PredictArguments;
use crate::error::{Complaint, Result, Status};
use crate::input::AveragedRuns;
use crate::output::{Printer, csv_field, shell_word, tell_engine, tell_fallbacks};

#[derive(Serialize)]
struct Answers {
    class_names: Vec<String>,
    predictions: Vec<Answer>,
}

#[derive(Serialize)]
struct Answer {
    file: PathBuf,
    label: String,
    probability: f32,
    /// In the order of the class names.
    probabilities: Vec<f32>,
}

pub(crate) fn predict(arguments: &PredictArguments, printer: Printer) -> Result<Status> {
    let runs = AveragedRuns::at(&arguments.run, &arguments.average)?;
    let predictor = runs.open(RunFolder::model, arguments.device)?;
    let description = predictor.description();
    refuse_features(description, &arguments.run)?;
    refuse_folders(&arguments.files)?;
    let images = Dataset::from_image_files(
        &arguments.files,
        description.input,
        &description.class_names,
        BadItems::Refuse,
    )
    .map_err(|error| unreadable(error, arguments.files.len()))?;
    tell_engine(arguments.device, printer);
    let predictions = predictor.predict(&Part::whole(Arc::new(images)))?;
    tell_fallbacks(printer);
    let rows = predictions
        .probabilities
        .chunks_exact(description.class_names.len());
    let answer = |(file, row): (&PathBuf, &[f32])| answer(file, row, &description.class_names);
    let answers: Vec<Answer> = arguments.files.iter().zip(rows).map(answer).collect();
    if printer.prints_text() {
        printer.result(&table(&answers))?;
    }
    printer.json(&Answers {
        class_names: description.class_names.clone(),
        predictions: answers,
    })?;
    Ok(Status::Done)
}

fn refuse_features(description: &ModelDescription, run: &Path) -> Result<()> {
    match description.input {
        SampleShape::Image { .. } => Ok(()),
        SampleShape::Features { count } => {
            let what = format!(
                "the model of {} takes rows of {count} features, not images",
                run.display()
            );
            Err(Complaint::new(
                what,
                "measure it on labelled rows with `didact evaluate RUN DATA`",
            )
            .into())
        }
    }
}

/// All files that cannot be read, in the words of this command.
fn unreadable(error: DataError, files: usize) -> anyhow::Error {
    let DataError::BadItems { count, first, .. } = error else {
        return error.into();
    };
    let mut rows = vec![format!("{count} of {files} files cannot be read:")];
    rows.extend(first.iter().map(|item| format!("  {item}")));
    if count > first.len() {
        rows.push(format!("  and {} more", count - first.len()));
    }
    let hint = "nothing was predicted; name image files only (PNG, JPEG, WebP or GIF)";
    Complaint::new(rows.join("\n"), hint).into()
}

fn refuse_folders(files: &[PathBuf]) -> Result<()> {
    match files.iter().find(|file| file.is_dir()) {
        None => Ok(()),
        Some(folder) => {
            let what = format!("{} is a folder; name image files", folder.display());
            let pattern = shell_word(folder);
            Err(Complaint::new(what, format!("for example {pattern}/*.png")).into())
        }
    }
}

fn answer(file: &Path, probabilities: &[f32], class_names: &[String]) -> Answer {
    // The first of equals, as everywhere else.
    let better = |best: (usize, f32), (class, &probability): (usize, &f32)| {
        if probability > best.1 {
            (class, probability)
        } else {
            best
        }
    };
    let (class, probability) = probabilities
        .iter()
        .enumerate()
        .fold((0, f32::NEG_INFINITY), better);
    Answer {
        file: file.to_owned(),
        label: class_names[class].clone(),
        probability,
        probabilities: probabilities.to_vec(),
    }
}

fn table(answers: &[Answer]) -> String {
    let row = |answer: &Answer| {
        let file = answer.file.display().to_string();
        format!(
            "{},{},{:.6}\n",
            csv_field(&file),
            csv_field(&answer.label),
            answer.probability
        )
    };
    format!(
        "file,label,probability\n{}",
        answers.iter().map(row).collect::<String>()
    )
}
