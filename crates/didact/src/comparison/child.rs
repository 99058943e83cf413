//! A run in a process of its own: its memory is the run's alone, and if it crashes the others go on.

use std::env;
use std::fs::{self, File, OpenOptions};
use std::num::NonZeroUsize;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::Duration;

use didact_run::{RunError, RunFolder, Summary, write_atomically};
use didact_train::Interruption;

use super::planned_run::{PlannedRun, State};
use crate::error::{Result, described};

/// How long to wait before looking again.
const LOOK: Duration = Duration::from_millis(20);

/// How a run ended.
#[derive(Clone, Debug)]
pub(super) enum Ending {
    /// It is complete.
    Done {
        summary: Box<Summary>,
        /// What its process warned of, such as a curriculum that lets nothing in for a while.
        warnings: Vec<String>,
    },
    /// It was asked to stop, and saved.
    Stopped,
    /// It cannot be finished, and why.
    Failed(String),
}

/// Begins or resumes a run, and waits for its end.
pub(super) fn run_to_end(run: &PlannedRun, threads: NonZeroUsize, interruption: &Interruption) -> Ending {
    attempt(run, threads, interruption).unwrap_or_else(|error| Ending::Failed(described(&error)))
}

fn attempt(run: &PlannedRun, threads: NonZeroUsize, interruption: &Interruption) -> Result<Ending> {
    if wait_for_other(run, interruption)? == Wish::Stop {
        return Ok(Ending::Stopped);
    }
    let state = run.state()?;
    if let State::Broken(why) = state {
        return Ok(Ending::Failed(why));
    }
    if state != State::Done {
        let settings = run.settings()?;
        if let Some(parent) = run.request().parent() {
            fs::create_dir_all(parent)?;
        }
        write_atomically(&run.request(), |file| file.write_all(settings.as_bytes()))?;
        let mut child = command(run, &state, threads)?.spawn()?;
        let status = wait(&mut child, interruption)?;
        if !status.success() {
            return Ok(stopped_or_failed(run, status, interruption));
        }
    }
    let folder = RunFolder::open(&run.folder)?;
    Ok(Ending::Done {
        summary: Box::new(folder.read_json(&folder.summary())?),
        warnings: warnings(run),
    })
}

/// What the person at the keyboard wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    GoOn,
    Stop,
}

/// Waits while another process writes the run: that of a comparison that was killed goes on without it.
fn wait_for_other(run: &PlannedRun, interruption: &Interruption) -> Result<Wish> {
    let Ok(folder) = RunFolder::open(&run.folder) else {
        return Ok(Wish::GoOn);
    };
    loop {
        match folder.claim() {
            Ok(_) => return Ok(Wish::GoOn),
            Err(RunError::InUse { .. }) if interruption.is_asked() => return Ok(Wish::Stop),
            Err(RunError::InUse { .. }) => sleep(10 * LOOK),
            Err(error) => return Err(error.into()),
        }
    }
}

fn command(run: &PlannedRun, state: &State, threads: NonZeroUsize) -> Result<Command> {
    let mut command = Command::new(env::current_exe()?);
    command.arg("train").arg("--config").arg(run.request());
    command.arg("-o").arg(&run.folder);
    command.arg("--threads").arg(threads.to_string());
    if *state == State::Begun {
        command.arg("--resume");
    }
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log(run)?);
    apart(&mut command);
    Ok(command)
}

fn log(run: &PlannedRun) -> Result<File> {
    Ok(OpenOptions::new().create(true).append(true).open(run.log())?)
}

/// Waits for the process; passes on, once, that it should stop.
fn wait(child: &mut Child, interruption: &Interruption) -> Result<ExitStatus> {
    let mut is_told = false;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if interruption.is_asked() && !is_told {
            is_told = true;
            ask_to_stop(child);
        }
        sleep(LOOK);
    }
}

/// The lines of the log that warn, each once however often the run was resumed.
fn warnings(run: &PlannedRun) -> Vec<String> {
    let text = fs::read_to_string(run.log()).unwrap_or_default();
    let mut warnings: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| line.starts_with("warning: ")) {
        if warnings.iter().all(|warning| warning != line) {
            warnings.push(line.to_owned());
        }
    }
    warnings
}

fn stopped_or_failed(run: &PlannedRun, status: ExitStatus, interruption: &Interruption) -> Ending {
    if interruption.is_asked() && status.code() == Some(130) {
        return Ending::Stopped;
    }
    let text = fs::read_to_string(run.log()).unwrap_or_default();
    let said = text.rfind("error: ").map_or("", |at| text[at..].trim_end());
    let log = run.log().display().to_string();
    Ending::Failed(if said.is_empty() || status.code() != Some(1) {
        format!("error: the run ended with {status}\nhint: see {log}")
    } else {
        said.to_owned()
    })
}

/// Puts the process out of reach of the terminal's Ctrl-C: it is told once, by us, and a second Ctrl-C is not for it.
#[cfg(unix)]
fn apart(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

/// The console tells every process itself.
#[cfg(not(unix))]
fn apart(_command: &mut Command) {}

#[cfg(unix)]
fn ask_to_stop(child: &Child) {
    use nix::sys::signal::{Signal, kill};
    use nix::unistd::Pid;
    // One that has just ended cannot be told, and need not be.
    if let Ok(id) = child.id().try_into() {
        let _ = kill(Pid::from_raw(id), Signal::SIGINT);
    }
}

#[cfg(not(unix))]
fn ask_to_stop(_child: &Child) {}
