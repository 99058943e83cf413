//! The only place that writes to standard output and standard error.

use std::io::{self, IsTerminal, Write};

use anyhow::Context as _;
use serde::Serialize;

use crate::error::{Result, Status, described, is_broken_pipe};

const STANDARD_OUTPUT: &str = "cannot write to standard output";

/// What standard output is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum OutputFormat {
    /// Text for a person.
    #[default]
    Text,
    /// Exactly one JSON object.
    Json,
}

impl OutputFormat {
    /// What `--json` stands for.
    pub(crate) fn from_flag(json: bool) -> Self {
        if json { Self::Json } else { Self::Text }
    }
}

/// How much is told beside results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Verbosity {
    /// What goes on.
    #[default]
    Usual,
    /// Also what computes.
    Verbose,
}

impl Verbosity {
    /// What `--verbose` stands for.
    pub(crate) fn from_flag(verbose: bool) -> Self {
        if verbose { Self::Verbose } else { Self::Usual }
    }
}

/// Writes results, notes and errors where they belong.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Printer {
    format: OutputFormat,
    verbosity: Verbosity,
}

impl Printer {
    pub(crate) fn new(format: OutputFormat, verbosity: Verbosity) -> Self {
        Self { format, verbosity }
    }

    /// Whether standard output is for text: long results need not be made otherwise.
    pub(crate) fn prints_text(self) -> bool {
        self.format == OutputFormat::Text
    }

    /// A result in words: on standard output, unless that is kept for JSON.
    pub(crate) fn result(self, text: &str) -> Result<()> {
        match self.format {
            OutputFormat::Text => io::stdout()
                .lock()
                .write_all(text.as_bytes())
                .context(STANDARD_OUTPUT),
            OutputFormat::Json => io::stderr()
                .lock()
                .write_all(text.as_bytes())
                .context("cannot write to standard error"),
        }
    }

    /// The JSON object of a command, if it was asked for.
    pub(crate) fn json(self, value: &impl Serialize) -> Result<()> {
        if self.format == OutputFormat::Text {
            return Ok(());
        }
        let mut output = io::stdout().lock();
        serde_json::to_writer_pretty(&mut output, value)
            .map_err(io::Error::from)
            .context(STANDARD_OUTPUT)?;
        output.write_all(b"\n").context(STANDARD_OUTPUT)
    }

    /// A line about what is going on, on standard error. That it cannot be written stops nothing.
    #[expect(clippy::unused_self, reason = "only who holds a printer may write")]
    pub(crate) fn note(self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// A line on standard error that only `--verbose` shows.
    pub(crate) fn detail(self, text: &str) {
        if self.verbosity == Verbosity::Verbose {
            self.note(text);
        }
    }

    /// An error, and the status it leads to.
    pub(crate) fn error(self, error: &anyhow::Error) -> Status {
        if is_broken_pipe(error) {
            return Status::Done;
        }
        self.note(&described(error));
        Status::WrongInput
    }

    /// An error that does not end the command.
    pub(crate) fn warning(self, what: &str, error: &anyhow::Error) {
        self.note(&format!("warning: {what}\n{}", described(error)));
    }

    /// Whether a person watches standard error.
    #[expect(clippy::unused_self, reason = "the printer answers for both streams")]
    pub(crate) fn is_watched(self) -> bool {
        io::stderr().is_terminal()
    }
}
