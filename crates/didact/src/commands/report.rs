//! `didact report`: one page about one run or several, or about a cleaning.

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
use crate::output::{Pictures, Printer, write_clean_page, write_page};
use crate::settings::CleanSettings;

#[derive(Serialize)]
struct Written {
    report: PathBuf,
}

pub(crate) fn report(arguments: ReportArguments, printer: Printer) -> Result<Status> {
    if let [path] = arguments.runs.as_slice()
        && let Ok(cleaning) = CleaningFolder::open(path)
    {
        return report_cleaning(&cleaning, arguments.output, printer);
    }
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
        (None, runs) => {
            let what = format!("{} runs need a file to be written to", runs.len());
            return Err(Complaint::new(what, "name it with -o, for example -o both.html").into());
        }
    };
    write_page(&report, &folders, Pictures::OfTheirData, printer)?;
    printer.result(&format!("wrote {}\n", report.display()))?;
    printer.json(&Written { report })?;
    Ok(Status::Done)
}

/// The page about a cleaning, with pictures from the data that its settings name.
fn report_cleaning(folder: &CleaningFolder, output: Option<PathBuf>, printer: Printer) -> Result<Status> {
    run_at(folder.path())?;
    let summary: CleanSummary = CleaningFolder::read_json(&folder.summary())?;
    let config = CleanSettings::read(&folder.config())?.resolve(SampleShape::Features { count: 1 })?;
    let data = CleaningData::sources(&config)?.data;
    let report = output.unwrap_or_else(|| folder.report());
    write_clean_page(folder, &report, &summary, Arc::new(data))?;
    printer.result(&format!("wrote {}\n", report.display()))?;
    printer.json(&Written { report })?;
    Ok(Status::Done)
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
