//! What is written when the runs have ended.

use std::path::{Path, PathBuf};

use didact_report::{ComparedMethod, Comparison, ComparisonRow, Remake, SeededRun, write_comparison};
use didact_run::{RunFolder, write_atomically};
use serde::Serialize;

use super::csv::csv;
use super::markdown::{markdown, seeds};
use super::outcome::Outcome;
use super::plan::Plan;
use super::planned_run::{PlannedRun, State};
use super::terminal::terminal;
use crate::error::Result;
use crate::output::{Printer, lines, refuse_foreign};

/// `comparison.json`.
#[derive(Serialize)]
struct Written<'a> {
    version: &'static str,
    rows: &'a [ComparisonRow],
    runs: &'a Outcome,
    command: &'a str,
    /// The page, if a run is complete.
    report: Option<PathBuf>,
}

/// What remakes the comparison.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Remaking<'a> {
    /// The command as it is typed.
    pub(crate) command: &'a str,
    /// The file of methods.
    pub(crate) spec: &'a str,
}

/// Writes the table in all its forms and the page, from the runs that are complete; nothing where none is.
pub(crate) fn conclude(
    plan: &Plan,
    output: &Path,
    remaking: Remaking<'_>,
    outcome: &Outcome,
    printer: Printer,
) -> Result<()> {
    let comparison = Comparison::read(compared(plan))?;
    let report = (outcome.done > 0).then(|| output.join("report.html"));
    let written = Written {
        version: env!("CARGO_PKG_VERSION"),
        rows: comparison.rows(),
        runs: outcome,
        command: remaking.command,
        report: report.clone(),
    };
    if let Some(report) = report {
        write_table(&comparison, output, remaking.command)?;
        write(
            &output.join("comparison.json"),
            &(serde_json::to_string_pretty(&written)? + "\n"),
        )?;
        // The table stands without the page.
        if let Err(error) = write_page(&comparison, &report, output, remaking) {
            printer.warning("there is no page", &error);
        }
        printer.result(&(terminal(&comparison) + &files(output)))?;
    }
    printer.json(&written)
}

fn write_table(comparison: &Comparison, output: &Path, command: &str) -> Result<()> {
    write(&output.join("table.md"), &markdown(comparison, command))?;
    write(&output.join("table.csv"), &csv(comparison))
}

fn write_page(comparison: &Comparison, page: &Path, output: &Path, remaking: Remaking<'_>) -> Result<()> {
    refuse_foreign(page)?;
    let remake = Remake {
        title: title(output),
        command: remaking.command.to_owned(),
        seeds: seeds(comparison),
        spec: remaking.spec.to_owned(),
    };
    Ok(write_comparison(page, comparison, &remake)?)
}

/// The rows with those of their runs that are complete.
fn compared(plan: &Plan) -> Vec<ComparedMethod> {
    let complete = |run: &PlannedRun| {
        let is_done = run.state().is_ok_and(|state| state == State::Done);
        let (seed, folder) = (run.seed, RunFolder::open(&run.folder).ok()?);
        is_done.then_some(SeededRun { seed, folder })
    };
    let rows = plan.rows.iter().enumerate();
    rows.map(|(position, row)| ComparedMethod {
        method: row.method.clone(),
        role: row.role,
        noise: row.noise.clone(),
        model: row.model.clone(),
        seeds: plan.runs_of(position).map(|run| run.seed).collect(),
        runs: plan.runs_of(position).filter_map(complete).collect(),
    })
    .collect()
}

fn write(path: &Path, text: &str) -> Result<()> {
    Ok(write_atomically(path, |file| file.write_all(text.as_bytes()))?)
}

fn title(output: &Path) -> String {
    let name = output.file_name().map(|name| name.to_string_lossy().into_owned());
    name.map_or_else(|| "Comparison".to_owned(), |name| format!("Comparison: {name}"))
}

fn files(output: &Path) -> String {
    let at = |name: &str| output.join(name).display().to_string();
    lines(&[
        String::new(),
        format!("table   {}, table.csv, comparison.json", at("table.md")),
        format!("report  {}", at("report.html")),
    ])
}
