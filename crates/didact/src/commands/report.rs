//! `didact report`: one page about one run or several.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

use didact_run::RunFolder;
use didact_train::TrainError;
use serde::Serialize;

use crate::arguments::ReportArguments;
use crate::error::{Complaint, Result, Status};
use crate::output::{Pictures, Printer, write_page};

#[derive(Serialize)]
struct Written {
    report: PathBuf,
}

pub(crate) fn report(arguments: ReportArguments, printer: Printer) -> Result<Status> {
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
