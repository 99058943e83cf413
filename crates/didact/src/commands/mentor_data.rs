//! `didact mentor data`: examples for a mentor to learn from.

use std::fs;
use std::path::{Path, PathBuf};

use didact_curriculum::{
    MentorDescription, MentorExamples, MentorObservation, MentornetVariant, ObservedCut, PiecewiseCurriculum,
    data_driven_examples, predefined_examples,
};
use didact_mentor::{Duplicates, ExamplesOrigin, observe_run, read_dump, read_piecewise, write_examples};
use didact_train::method_spelling;
use serde::Serialize;

use crate::arguments::MentorDataArguments;
use crate::error::{Complaint, Result, Status};
use crate::output::{Printer, counted, refuse_existing};

#[derive(Serialize)]
struct Made {
    files: Vec<MadeFile>,
    /// Rows of the dump that a later row of the same sample replaced.
    replaced: usize,
}

#[derive(Serialize)]
struct MadeFile {
    file: PathBuf,
    curriculum: String,
    percentile: Option<f64>,
    training: usize,
    held_out: usize,
    mean_target: f64,
}

/// Examples on their way to a file.
struct Part {
    name: String,
    examples: MentorExamples,
    origin: ExamplesOrigin,
}

pub(crate) fn mentor_data(arguments: &MentorDataArguments, printer: Printer) -> Result<Status> {
    let (parts, replaced) = match (&arguments.curriculum, &arguments.piecewise) {
        (Some(curriculum), _) => (
            vec![written(
                arguments,
                &(*curriculum).into(),
                method_spelling(curriculum),
            )],
            0,
        ),
        (_, Some(path)) => {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            (
                vec![written(
                    arguments,
                    &read_piecewise(path)?,
                    format!("piecewise {name}"),
                )],
                0,
            )
        }
        _ => from_data(arguments)?,
    };
    let path = |part: &Part| arguments.output.join(&part.name);
    for part in &parts {
        if part.examples.training.is_empty() || part.examples.held_out.is_empty() {
            let what =
                "there are too few samples for a mentor: some are to learn from, and others to measure by";
            return Err(
                Complaint::new(what, "check more labels, or take more points with --sample-size").into(),
            );
        }
        refuse_existing(&path(part))?;
    }
    fs::create_dir_all(&arguments.output).map_err(|error| {
        let what = format!("cannot make the folder {}: {error}", arguments.output.display());
        Complaint::new(what, "name another folder with -o")
    })?;
    let mut made = Made {
        files: Vec::new(),
        replaced,
    };
    for part in &parts {
        write_examples(&path(part), &part.examples, &part.origin)?;
        let file = describe(part, path(part));
        printer.result(&format!(
            "wrote {} to learn from and {} to measure by to {}, mean target {:.3}\n",
            counted(file.training, "example"),
            file.held_out,
            file.file.display(),
            file.mean_target
        ))?;
        made.files.push(file);
    }
    printer.json(&made)?;
    Ok(Status::Done)
}

fn describe(part: &Part, file: PathBuf) -> MadeFile {
    let count = part.examples.all().count().max(1) as f64;
    MadeFile {
        file,
        curriculum: part.origin.curriculum.clone(),
        percentile: part.origin.percentile,
        training: part.examples.training.len(),
        held_out: part.examples.held_out.len(),
        mean_target: part.examples.all().map(|example| example.target).sum::<f64>() / count,
    }
}

fn variant(arguments: &MentorDataArguments) -> MentornetVariant {
    if arguments.compat {
        MentornetVariant::Compat
    } else {
        MentornetVariant::Fixed
    }
}

fn written(arguments: &MentorDataArguments, curriculum: &PiecewiseCurriculum, name: String) -> Part {
    let (size, seed) = (arguments.sample_size.get(), arguments.seed);
    let examples = predefined_examples(curriculum, size, arguments.classes.unwrap_or(1), seed);
    Part {
        name: "examples.parquet".to_owned(),
        examples: MentorExamples::split(examples, variant(arguments), seed),
        origin: ExamplesOrigin {
            curriculum: name,
            percentile: None,
            num_classes: arguments.classes.map(|classes| classes as usize),
        },
    }
}

/// One part for each percentile, and how many rows of a dump others replaced.
fn from_data(arguments: &MentorDataArguments) -> Result<(Vec<Part>, usize)> {
    let (observations, replaced) = match (&arguments.dump, &arguments.run) {
        (Some(path), _) => {
            let duplicates = if arguments.compat {
                Duplicates::Sample
            } else {
                Duplicates::SampleAndEpoch
            };
            let dump = read_dump(path, duplicates)?;
            (dump.observations, dump.replaced)
        }
        (None, Some(run)) => (of_run(arguments, run)?, 0),
        (None, None) => (Vec::new(), 0),
    };
    for (position, percentile) in arguments.percentiles.iter().enumerate() {
        if arguments.percentiles[..position].contains(percentile) {
            let what = format!("the percentile {percentile} is asked for twice");
            return Err(Complaint::new(what, "name each percentile once: it has a file of its own").into());
        }
    }
    let num_classes = classes(arguments, &observations)?;
    let cut = if arguments.compat {
        ObservedCut::All
    } else {
        ObservedCut::EachPercent
    };
    let part = |&percentile: &f64| {
        let share = percentile / 100.0;
        let examples = data_driven_examples(&observations, share, cut)?;
        Ok(Part {
            name: format!("percentile-{percentile}.parquet"),
            examples: MentorExamples::split(examples, variant(arguments), arguments.seed),
            origin: ExamplesOrigin {
                curriculum: MentorDescription::DATA_DRIVEN.to_owned(),
                percentile: Some(share),
                num_classes: Some(num_classes),
            },
        })
    };
    let parts: Result<Vec<Part>> = arguments.percentiles.iter().map(part).collect();
    Ok((parts?, replaced))
}

fn of_run(arguments: &MentorDataArguments, run: &Path) -> Result<Vec<MentorObservation>> {
    let observed = observe_run(run)?.epochs;
    let known = observed.len();
    if let Some(epoch) = arguments.epochs.iter().find(|epoch| epoch.get() as usize > known) {
        let what = format!("the run has {known} epochs, and no epoch {epoch}");
        return Err(Complaint::new(what, "leave --epochs out to take all of them").into());
    }
    let is_asked = |epoch: usize| {
        let asked = &arguments.epochs;
        asked.is_empty() || asked.iter().any(|asked| asked.get() as usize == epoch + 1)
    };
    let mut chosen = observed
        .into_iter()
        .enumerate()
        .filter(|(epoch, _)| is_asked(*epoch))
        .map(|(_, observations)| observations);
    // Of the same sample the authors' code keeps the last row, and every sample is in every epoch.
    Ok(if arguments.compat {
        chosen.next_back().unwrap_or_default()
    } else {
        chosen.flatten().collect()
    })
}

fn classes(arguments: &MentorDataArguments, observations: &[MentorObservation]) -> Result<usize> {
    let largest = observations
        .iter()
        .map(|found| found.given_label)
        .max()
        .unwrap_or_default();
    match arguments.classes {
        Some(classes) if largest >= classes => {
            let what = format!("there is a label {largest}, and --classes says that there are {classes}");
            Err(Complaint::new(
                what,
                "labels are counted from 0; leave --classes out to count them",
            )
            .into())
        }
        Some(classes) => Ok(classes as usize),
        None => Ok(largest as usize + 1),
    }
}
