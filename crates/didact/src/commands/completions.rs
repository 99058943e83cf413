//! `didact completions`: a script for a shell.

use clap::CommandFactory as _;

use crate::arguments::CompletionsArguments;
use crate::cli::Cli;
use crate::error::{Result, Status};
use crate::output::Printer;

pub(crate) fn completions(arguments: &CompletionsArguments, printer: Printer) -> Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "didact", &mut script);
    printer.result(&String::from_utf8_lossy(&script))?;
    Ok(Status::Done)
}
