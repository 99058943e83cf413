//! Runs cargo in the repository root, with the cargo that runs us.

use std::process::Command;

use crate::console;
use crate::failure::Failure;
use crate::repository;

/// Runs cargo with its output on the terminal; `environment` is added to ours.
pub(crate) fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Result<(), Failure> {
    console::line(&format!("$ {}", spelt(arguments, environment)));
    let status = command(arguments)
        .envs(environment.iter().copied())
        .status()
        .map_err(|error| Failure::new(format!("cannot start cargo: {error}")))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "`{}` ended with {status}",
        spelt(arguments, environment)
    )))
}

/// Standard output of cargo.
pub(crate) fn output(arguments: &[&str]) -> Result<String, Failure> {
    repository::output(command(arguments), &spelt(arguments, &[]))
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(repository::root());
    command
}

/// The command as a person would type it.
fn spelt(arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let mut words: Vec<String> = environment
        .iter()
        .map(|(name, value)| format!("{name}='{value}'"))
        .collect();
    words.push("cargo".into());
    words.extend(arguments.iter().map(ToString::to_string));
    words.join(" ")
}
