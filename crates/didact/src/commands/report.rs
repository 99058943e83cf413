//! `didact report`: one page about one run or several, or about cleanings.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use didact_clean::CleaningData;
use didact_data::SampleShape;
use didact_run::{CleanSummary, CleaningFolder, RunFolder};
use didact_train::TrainError;
use serde::Serialize;

use crate::arguments::ReportArguments;
use crate::error::{Complaint, Result, Status};
use crate::input::run_at;
use crate::output::{Pictures, Printer, write_clean_page, write_cleanings_page, write_page};
use crate::settings::CleanSettings;

#[derive(Serialize)]
struct Written {
    report: PathBuf,
}

pub(crate) fn report(arguments: ReportArguments, printer: Printer) -> Result<Status> {
    let cleanings = arguments
        .runs
        .iter()
        .filter_map(|path| CleaningFolder::open(path).ok());
    let cleanings: Vec<CleaningFolder> = cleanings.collect();
    match cleanings.as_slice() {
        [] => report_runs(arguments, printer),
        [cleaning] if arguments.runs.len() == 1 => report_cleaning(cleaning, arguments.output, printer),
        _ if cleanings.len() == arguments.runs.len() => report_cleanings(arguments, cleanings, printer),
        _ => Err(Complaint::new(
            "runs and cleanings do not go on one page",
            "name runs only, or cleanings only; the models of a cleaning are runs: CLEANING/first",
        )
        .into()),
    }
}

fn report_runs(arguments: ReportArguments, printer: Printer) -> Result<Status> {
    let folders = arguments
        .runs
        .iter()
        .map(|path| RunFolder::open(path))
        .collect::<std::result::Result<Vec<_>, _>>();
    let folders = folders.map_err(TrainError::from)?;
    refuse_twice(&arguments.runs)?;
    let report = match (arguments.output, folders.as_slice()) {
        (Some(path), _) => path,
        (None, [run]) => run.report(),
        (None, runs) => return Err(needs_a_file(runs.len(), "runs")),
    };
    write_page(&report, &folders, Pictures::OfTheirData, printer)?;
    tell(report, printer)
}

fn needs_a_file(count: usize, of_what: &str) -> anyhow::Error {
    let what = format!("{count} {of_what} need a file to be written to");
    Complaint::new(what, "name it with -o, for example -o both.html").into()
}

fn tell(report: PathBuf, printer: Printer) -> Result<Status> {
    printer.result(&format!("wrote {}\n", report.display()))?;
    printer.json(&Written { report })?;
    Ok(Status::Done)
}

/// One page about several cleanings.
fn report_cleanings(
    arguments: ReportArguments,
    folders: Vec<CleaningFolder>,
    printer: Printer,
) -> Result<Status> {
    refuse_twice(&arguments.runs)?;
    for path in &arguments.runs {
        run_at(path)?;
    }
    let Some(report) = arguments.output else {
        return Err(needs_a_file(folders.len(), "cleanings"));
    };
    let names = arguments.runs.iter().map(|path| path.display().to_string());
    let cleanings: Vec<(String, CleaningFolder)> = names.zip(folders).collect();
    write_cleanings_page(&report, &cleanings)?;
    tell(report, printer)
}

/// The page about a cleaning, with pictures from the data that its settings name.
fn report_cleaning(folder: &CleaningFolder, output: Option<PathBuf>, printer: Printer) -> Result<Status> {
    run_at(folder.path())?;
    let summary: CleanSummary = CleaningFolder::read_json(&folder.summary())?;
    let config = CleanSettings::read(&folder.config())?.resolve(SampleShape::Features { count: 1 })?;
    let data = CleaningData::sources(&config)?.data;
    let report = output.unwrap_or_else(|| folder.report());
    write_clean_page(folder, &report, &summary, Arc::new(data))?;
    tell(report, printer)
}

/// Refuses the same run twice, which could not be told apart on the page.
fn refuse_twice(runs: &[PathBuf]) -> Result<()> {
    let mut seen = HashSet::new();
    for run in runs {
        if !seen.insert(fs::canonicalize(run)?) {
            let what = format!("{} is named twice", run.display());
            return Err(Complaint::new(what, "name every run once").into());
        }
    }
    Ok(())
}
