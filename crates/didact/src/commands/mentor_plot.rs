//! `didact mentor plot`: weight against difference and loss, as a picture or an animation.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use didact_mentor::read_mentor;
use didact_report::{MentorMaps, MentorView, ReportError, animate_mentors, draw_mentors};
use serde::Serialize;

use crate::arguments::MentorPlotArguments;
use crate::error::{Complaint, Result, Status};
use crate::output::{Printer, files_by_ending, write_pictures};

#[derive(Serialize)]
struct Plotted<'a> {
    files: Vec<PathBuf>,
    /// Percents of the run.
    epochs: &'a [u32],
    loss_bound: f64,
    label: Option<u32>,
    /// The places of a grid's columns.
    differences: Vec<f64>,
    /// The places of a grid's rows.
    losses: Vec<f64>,
    mentors: Vec<PlottedMentor<'a>>,
}

#[derive(Serialize)]
struct PlottedMentor<'a> {
    name: &'a str,
    grids: Vec<PlottedGrid>,
}

#[derive(Serialize)]
struct PlottedGrid {
    epoch: u32,
    weights: Vec<Vec<f32>>,
}

/// What a picture can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Svg,
    Png,
    Gif,
}

pub(crate) fn mentor_plot(arguments: &MentorPlotArguments, printer: Printer) -> Result<Status> {
    let files = arguments
        .output
        .as_deref()
        .map_or_else(|| Ok(Vec::new()), files)?;
    let view = view(arguments);
    let mut mentors = Vec::new();
    for (path, name) in arguments.mentors.iter().zip(names(&arguments.mentors)) {
        mentors.push(MentorMaps::of(&name, &read_mentor(path)?, &view).map_err(with_hint)?);
    }
    write(&mentors, &files, printer)?;
    printer.json(&Plotted {
        files: files.into_iter().map(|(path, _)| path).collect(),
        epochs: &view.percents,
        loss_bound: view.loss_bound,
        label: view.label,
        differences: view.differences(),
        losses: view.losses(),
        mentors: mentors.iter().map(plotted).collect(),
    })?;
    Ok(Status::Done)
}

/// Percents in ascending order, each once.
fn view(arguments: &MentorPlotArguments) -> MentorView {
    let percents: BTreeSet<u32> = arguments.epochs.iter().copied().collect();
    MentorView {
        percents: percents.into_iter().collect(),
        loss_bound: arguments.loss_bound,
        label: arguments.label,
    }
}

/// The names of the files without folder and ending, or the whole paths where those are not different.
fn names(mentors: &[PathBuf]) -> Vec<String> {
    let short = |path: &PathBuf| {
        path.file_stem()
            .map_or_else(|| path.display().to_string(), |stem| stem.display().to_string())
    };
    let names: Vec<String> = mentors.iter().map(short).collect();
    let different = names.iter().collect::<BTreeSet<_>>().len() == names.len();
    if different {
        return names;
    }
    mentors.iter().map(|path| path.display().to_string()).collect()
}

fn with_hint(error: ReportError) -> anyhow::Error {
    let hint = match &error {
        ReportError::OutOfRange {
            parameter: "an epoch",
            ..
        } => "--epochs takes percents of the run, such as 0,20,50,99",
        ReportError::OutOfRange { .. } => "--loss-bound takes the largest loss to draw, such as 5",
        ReportError::MentorLabel { .. } => {
            "--label is for mentors trained with --label-aware, and counts their classes from 0"
        }
        _ => return error.into(),
    };
    Complaint::new(error.to_string(), hint).into()
}

/// Which files to write, by the ending of the name.
fn files(output: &Path) -> Result<Vec<(PathBuf, Format)>> {
    let formats = [(Format::Svg, "svg"), (Format::Png, "png"), (Format::Gif, "gif")];
    files_by_ending(
        output,
        &formats,
        2,
        (
            "is none of .svg, .png and .gif",
            "end the name in .svg or .png for a picture, in .gif for an animation, or in none of them for both pictures",
        ),
    )
}

/// Draws everything before anything is written.
fn write(mentors: &[MentorMaps], files: &[(PathBuf, Format)], printer: Printer) -> Result<()> {
    let mut drawn = Vec::new();
    for (path, format) in files {
        drawn.push((path.as_path(), drawn_as(mentors, *format)?));
    }
    write_pictures(&drawn, printer)
}

fn drawn_as(mentors: &[MentorMaps], format: Format) -> Result<Vec<u8>> {
    let picture = || draw_mentors(mentors).ok_or_else(|| Complaint::new("nothing to draw", "name a mentor"));
    Ok(match format {
        Format::Svg => picture()?.svg().as_bytes().to_vec(),
        Format::Png => picture()?.png()?,
        Format::Gif => animate_mentors(mentors)?,
    })
}

fn plotted(maps: &MentorMaps) -> PlottedMentor<'_> {
    let grid = |grid: didact_report::WeightGrid| PlottedGrid {
        epoch: grid.percent,
        weights: grid.weights,
    };
    PlottedMentor {
        name: maps.name(),
        grids: maps.grids().into_iter().map(grid).collect(),
    }
}
