//! `didact compare`: methods over noise, models and seeds, in one table.

use std::path::PathBuf;

use serde::Serialize;

use crate::arguments::CompareArguments;
use crate::comparison::{
    Capacity, Outcome, Plan, Remaking, SpecFile, State, carry_out, conclude, named, occupy,
};
use crate::error::{Result, Status};
use crate::interruption::on_ctrl_c;
use crate::output::{Printer, counted, lines, refuse_foreign, shell_word};
use crate::settings::all_threads;

pub(crate) fn compare(arguments: &CompareArguments, printer: Printer) -> Result<Status> {
    let spec = SpecFile::read(&arguments.spec)?;
    let output = arguments.output.as_path();
    let plan = Plan::new(&spec, output)?;
    if arguments.dry_run {
        return list(&plan, arguments, printer);
    }
    let _occupied = occupy(output)?;
    refuse_foreign(&output.join("report.html"))?;
    let threads = arguments.threads.or(spec.threads()).unwrap_or_else(all_threads);
    let capacity = Capacity::shared(arguments.jobs, threads);
    let interruption = on_ctrl_c(printer)?;
    let outcome = carry_out(&plan, output, capacity, interruption, printer)?;
    let command = format!(
        "didact compare {} -o {}",
        shell_word(&arguments.spec),
        shell_word(output)
    );
    let remaking = Remaking {
        command: &command,
        spec: spec.text(),
    };
    conclude(&plan, output, remaking, &outcome, printer)?;
    Ok(ended(&outcome, &command, printer))
}

/// How the command ended, and how to go on where it did not come to its end.
fn ended(outcome: &Outcome, command: &str, printer: Printer) -> Status {
    let failed = outcome.failed.len();
    let left = outcome.planned - outcome.done - failed;
    if left > 0 {
        printer.note(&format!("{} left; go on with: {command}", counted(left, "run")));
        return Status::Interrupted;
    }
    if failed > 0 {
        printer.note(&format!(
            "{} failed; try again with: {command}",
            counted(failed, "run")
        ));
        return Status::WrongInput;
    }
    Status::Done
}

/// What `--dry-run --json` prints.
#[derive(Serialize)]
struct Listing<'a> {
    runs: Vec<ListedRun<'a>>,
}

#[derive(Serialize)]
struct ListedRun<'a> {
    method: &'a str,
    noise: &'a str,
    model: &'a str,
    seed: u64,
    state: &'static str,
    run: PathBuf,
}

fn list(plan: &Plan, arguments: &CompareArguments, printer: Printer) -> Result<Status> {
    let mut rows = Vec::new();
    let mut runs = Vec::new();
    for run in &plan.runs {
        let row = &plan.rows[run.row];
        let state = match run.state()? {
            State::New => "to do",
            State::Begun => "begun",
            State::Done => "done",
            State::Broken(_) => "broken",
        };
        rows.push(format!("{state:<6} {}", named(row, run.seed)));
        runs.push(ListedRun {
            method: &row.method,
            noise: &row.noise,
            model: &row.model,
            seed: run.seed,
            state,
            run: run.place(&arguments.output),
        });
    }
    let done = runs.iter().filter(|run| run.state == "done").count();
    rows.push(format!("{}, {done} of them done", counted(runs.len(), "run")));
    printer.result(&lines(&rows))?;
    printer.json(&Listing { runs })?;
    Ok(Status::Done)
}
