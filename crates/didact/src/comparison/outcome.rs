//! Doing what is not done yet.

use std::path::{Path, PathBuf};

use didact_train::Interruption;
use serde::Serialize;

use super::child::Ending;
use super::pace::{Pace, named};
use super::plan::Plan;
use super::planned_run::{PlannedRun, State};
use super::queue::{Capacity, Event, run_all};
use super::same_data::refuse_changed_data;
use super::watch::Watch;
use crate::error::Result;
use crate::output::{Printer, counted};

/// What became of the runs.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Outcome {
    /// Runs asked for.
    pub(crate) planned: usize,
    /// Runs that are complete.
    pub(crate) done: usize,
    /// Runs that cannot be finished.
    pub(crate) failed: Vec<Failure>,
}

/// A run that cannot be finished.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Failure {
    /// Where it lies, seen from the folder of the comparison.
    pub(crate) run: PathBuf,
    /// Why.
    pub(crate) error: String,
}

impl Outcome {
    fn add(&mut self, run: &PlannedRun, output: &Path, ending: Ending) {
        match ending {
            Ending::Done { .. } => self.done += 1,
            Ending::Failed(error) => self.failed.push(Failure {
                run: run.place(output),
                error,
            }),
            Ending::Stopped => {}
        }
    }
}

/// Does what is not done yet.
///
/// # Errors
///
/// If a folder holds something else than its run, or a run on other data; then nothing is begun.
pub(crate) fn carry_out(
    plan: &Plan,
    output: &Path,
    capacity: Capacity,
    interruption: &Interruption,
    printer: Printer,
) -> Result<Outcome> {
    let Survey { due, broken, begun } = survey(plan)?;
    refuse_changed_data(begun.into_iter())?;
    let mut outcome = Outcome {
        planned: plan.runs.len(),
        done: plan.runs.len() - due.len() - broken.len(),
        failed: Vec::new(),
    };
    let (runs, done) = (counted(outcome.planned, "run"), outcome.done);
    printer.note(&format!("{runs}, {done} of them done"));
    for (run, why) in broken {
        let name = named(&plan.rows[run.row], run.seed);
        printer.note(&format!("{name}: failed\n{why}"));
        outcome.add(run, output, Ending::Failed(why));
    }
    let mut pace = Pace::new(due.len(), capacity);
    let mut watch = Watch::new(printer, due.len());
    run_all(&due, capacity, interruption, |run, event| {
        let name = named(&plan.rows[run.row], run.seed);
        match event {
            Event::Begun => watch.begun(name),
            Event::Ended(ending) => {
                watch.ended(&name, &pace.told(&ending));
                outcome.add(run, output, ending);
            }
        }
    });
    Ok(outcome)
}

/// How far all runs are.
#[derive(Default)]
struct Survey<'a> {
    /// Those that are not complete.
    due: Vec<&'a PlannedRun>,
    /// Those that cannot be read, and why.
    broken: Vec<(&'a PlannedRun, String)>,
    /// Those of which there is something, complete or not.
    begun: Vec<&'a PlannedRun>,
}

/// All runs are looked at before any is begun.
fn survey(plan: &Plan) -> Result<Survey<'_>> {
    let mut survey = Survey::default();
    for run in &plan.runs {
        match run.state()? {
            State::New => survey.due.push(run),
            State::Begun => {
                survey.due.push(run);
                survey.begun.push(run);
            }
            State::Done => survey.begun.push(run),
            State::Broken(why) => survey.broken.push((run, why)),
        }
    }
    Ok(survey)
}
