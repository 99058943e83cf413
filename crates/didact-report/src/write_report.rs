//! From run folders to a page.

use std::path::Path;

use askama::Template;
use didact_run::write_atomically;

use crate::error::ReportError;
use crate::page::{Report, Section};
use crate::record::RunRecord;
use crate::reported_run::ReportedRun;
use crate::section;
use crate::thumbnail::Thumbnails;

/// Writes the page about one run, or about several side by side, whole or not at all.
///
/// Runs that are still going are shown as far as they are, and the page says so. Ledgers are read one epoch at a
/// time, each twice.
///
/// # Errors
///
/// [`ReportError::NoRuns`]; [`ReportError::Run`] if a file of a run is unreadable or the page cannot be written;
/// [`ReportError::Contradiction`] if its figures contradict each other; [`ReportError::Thumbnail`] for pixels that do
/// not fit their size.
///
/// ```no_run
/// use std::path::Path;
/// use didact_report::{NoThumbnails, ReportedRun, write_report};
/// use didact_run::RunFolder;
///
/// let folder = RunFolder::open(Path::new("runs/plain"))?;
/// let run = ReportedRun { name: "plain".to_owned(), folder };
/// write_report(Path::new("runs/plain/report.html"), "Fashion-MNIST", &[run], &NoThumbnails)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_report(
    path: &Path,
    title: &str,
    runs: &[ReportedRun],
    thumbnails: &dyn Thumbnails,
) -> Result<(), ReportError> {
    if runs.is_empty() {
        return Err(ReportError::NoRuns);
    }
    let records: Vec<RunRecord> = runs.iter().map(RunRecord::read).collect::<Result<_, _>>()?;
    let report = Report {
        title,
        lead: lead(&records),
        sections: sections(&records, thumbnails)?,
        version: env!("CARGO_PKG_VERSION"),
    };
    let page = report.render()?;
    write_atomically(path, |file| file.write_all(page.as_bytes()))?;
    Ok(())
}

fn sections(runs: &[RunRecord], thumbnails: &dyn Thumbnails) -> Result<Vec<Section>, ReportError> {
    Ok(vec![
        section::outcome(runs),
        section::curves(runs),
        section::confidence(runs),
        section::difficulty(runs),
        section::treatment(runs),
        section::classes(runs)?,
        section::examples(runs, thumbnails)?,
        section::cost(runs),
        section::configuration(runs),
    ])
}

fn lead(runs: &[RunRecord]) -> String {
    match runs {
        [run] => match (run.newest_epoch(), run.selected_epoch()) {
            (Some(last), Some(selected)) => {
                format!(
                    "{}: {last} epochs of training, of which epoch {selected} was selected.",
                    run.name
                )
            }
            (Some(last), None) => format!("{}: {last} epochs of training so far.", run.name),
            _ => format!("{}: training has only begun.", run.name),
        },
        several => {
            let names: Vec<&str> = several.iter().map(|run| run.name.as_str()).collect();
            format!("{} runs side by side: {}.", several.len(), names.join(", "))
        }
    }
}
