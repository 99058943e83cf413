//! How a command ends, and how an error is told.

use std::error::Error;
use std::fmt;
use std::io;
use std::process::ExitCode;

use didact_clean::CleanError;
use didact_data::DataError;
use didact_mentor::MentorFileError;
use didact_report::ReportError;
use didact_run::RunError;
use didact_train::{MethodError, TrainError};

/// What a command returns; any error of the libraries fits in.
pub(crate) type Result<T> = anyhow::Result<T>;

/// How a command ended. Scripts rely on the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Everything asked for is done: 0.
    Done,
    /// The input or the data is wrong: 1.
    WrongInput,
    /// Stopped by Ctrl-C, as shells number it: 130.
    Interrupted,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::WrongInput => 1,
            Status::Interrupted => 130,
        })
    }
}

/// An error of the command line's own, with what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    what: String,
    hint: Option<String>,
}

impl Complaint {
    /// What is wrong, and what to do next.
    pub(crate) fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            hint: Some(hint.into()),
        }
    }

    /// What is wrong, where a hint cannot always be given.
    pub(crate) fn with_hint(what: impl Into<String>, hint: Option<String>) -> Self {
        Self {
            what: what.into(),
            hint,
        }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.what)
    }
}

impl Error for Complaint {}

/// An error in words: what is wrong, its causes, and what to do next.
pub(crate) fn described(error: &anyhow::Error) -> String {
    let mut rows = vec![format!("error: {error}")];
    rows.extend(error.chain().skip(1).map(|cause| format!("  because: {cause}")));
    rows.extend(hint(error).map(|hint| format!("hint: {hint}")));
    rows.join("\n")
}

/// Whether whoever read standard output went away, as `head` does: no mistake of anyone.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn hint(error: &anyhow::Error) -> Option<String> {
    error.chain().find_map(|cause| {
        let complaint = cause
            .downcast_ref::<Complaint>()
            .and_then(|complaint| complaint.hint.clone());
        let train = || cause.downcast_ref::<TrainError>().and_then(TrainError::hint);
        let clean = || cause.downcast_ref::<CleanError>().and_then(CleanError::hint);
        let data = || cause.downcast_ref::<DataError>().and_then(DataError::hint);
        let method = || cause.downcast_ref::<MethodError>().and_then(MethodError::hint);
        let mentor = || {
            cause
                .downcast_ref::<MentorFileError>()
                .and_then(MentorFileError::hint)
        };
        let run = || run_error(cause).and_then(run_hint);
        complaint
            .or_else(train)
            .or_else(clean)
            .or_else(data)
            .or_else(method)
            .or_else(mentor)
            .or_else(run)
    })
}

/// The error about a run folder, whichever library passed it on.
fn run_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a RunError> {
    match (error.downcast_ref(), error.downcast_ref()) {
        (Some(TrainError::Run(error) | TrainError::Mentor(MentorFileError::Run(error))), _)
        | (_, Some(ReportError::Run(error))) => Some(error),
        _ => match error.downcast_ref() {
            Some(CleanError::Run(error) | CleanError::Train(TrainError::Run(error))) => Some(error),
            _ => error.downcast_ref(),
        },
    }
}

fn run_hint(error: &RunError) -> Option<String> {
    Some(match error {
        RunError::Exists { .. } => {
            "name another folder with -o, or go on with a stopped run by --resume".to_owned()
        }
        RunError::NotARun { .. } => "a run folder is what `didact train DATA -o RUN` writes".to_owned(),
        RunError::NotACleaning { .. } => {
            "the folder of a cleaning is what `didact clean DATA --trusted FILE -o DIR` writes".to_owned()
        }
        RunError::Write { source, .. } => match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on the disk".to_owned(),
            _ => "check that the folder is there and may be written to".to_owned(),
        },
        _ => return None,
    })
}
