//! `didact curriculum plot`: weight against loss, as a picture.

use std::path::{Path, PathBuf};

use didact_mentor::read_mentor;
use didact_report::{Conditions, EpochWeights, Picture, WeightCurves, draw_weight_curves};
use serde::Serialize;

use crate::arguments::{CurriculumPlotArguments, SpeltCurriculum};
use crate::error::{Complaint, Result, Status};
use crate::output::{Printer, files_by_ending, write_pictures};

#[derive(Serialize)]
struct Plotted<'a> {
    files: Vec<PathBuf>,
    classes: u32,
    epochs: u32,
    noise_rate: f64,
    /// The horizontal place of every point.
    losses: Vec<f32>,
    curricula: Vec<PlottedCurriculum<'a>>,
}

#[derive(Serialize)]
struct PlottedCurriculum<'a> {
    name: &'a str,
    stages: Vec<PlottedStage<'a>>,
}

#[derive(Serialize)]
struct PlottedStage<'a> {
    epoch: u32,
    weights: &'a [f32],
    /// SuperLoss values, where the method has them.
    values: Option<&'a [f32]>,
}

/// What a picture can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Svg,
    Png,
}

pub(crate) fn curriculum_plot(arguments: &CurriculumPlotArguments, printer: Printer) -> Result<Status> {
    let files = arguments
        .output
        .as_deref()
        .map_or_else(|| Ok(Vec::new()), files)?;
    let conditions = conditions(arguments);
    let curves = arguments
        .curricula
        .iter()
        .map(|curriculum| curves(curriculum, &conditions))
        .collect::<Result<Vec<_>>>()?;
    if let Some(picture) = draw_weight_curves(&curves) {
        write(&picture, &files, printer)?;
    }
    printer.json(&Plotted {
        files: files.into_iter().map(|(path, _)| path).collect(),
        classes: arguments.classes,
        epochs: conditions.epochs.get(),
        noise_rate: arguments.noise_rate,
        losses: conditions.losses(),
        curricula: curves.iter().map(plotted).collect(),
    })?;
    Ok(Status::Done)
}

fn curves(curriculum: &SpeltCurriculum, conditions: &Conditions) -> Result<WeightCurves> {
    if curriculum.config.learns_from_trusted() {
        let what = format!(
            "{} has no weights before it has learnt from a run",
            curriculum.name
        );
        return Err(Complaint::new(
            what,
            "draw what a run taught it: `didact mentor plot RUN/mentor.safetensors`",
        )
        .into());
    }
    let conditions = Conditions {
        mentor: curriculum.config.mentor().map(read_mentor).transpose()?,
        ..conditions.clone()
    };
    Ok(WeightCurves::of(
        &curriculum.name,
        &curriculum.config,
        &conditions,
    )?)
}

fn conditions(arguments: &CurriculumPlotArguments) -> Conditions {
    Conditions {
        num_classes: arguments.classes as usize,
        epochs: arguments.epochs,
        largest_loss: arguments.largest_loss,
        noise_rate: Some(arguments.noise_rate),
        seed: arguments.seed,
        mentor: None,
    }
}

/// Which files to write, by the ending of the name.
fn files(output: &Path) -> Result<Vec<(PathBuf, Format)>> {
    let formats = [(Format::Svg, "svg"), (Format::Png, "png")];
    files_by_ending(
        output,
        &formats,
        2,
        (
            "is neither .svg nor .png",
            "end the name of the picture in .svg or .png, or in neither for both",
        ),
    )
}

/// Draws everything before anything is written.
fn write(picture: &Picture, files: &[(PathBuf, Format)], printer: Printer) -> Result<()> {
    let mut drawn = Vec::new();
    for (path, format) in files {
        drawn.push((
            path.as_path(),
            match format {
                Format::Svg => picture.svg().as_bytes().to_vec(),
                Format::Png => picture.png()?,
            },
        ));
    }
    write_pictures(&drawn, printer)
}

fn plotted(curves: &WeightCurves) -> PlottedCurriculum<'_> {
    PlottedCurriculum {
        name: curves.name(),
        stages: curves.stages().iter().map(plotted_stage).collect(),
    }
}

fn plotted_stage(stage: &EpochWeights) -> PlottedStage<'_> {
    PlottedStage {
        epoch: stage.epoch,
        weights: &stage.weights,
        values: stage.values.as_deref(),
    }
}
