//! The project's own chores.
//!
//! ```text
//! cargo xtask check            every check, cheapest first, stopping at the first failure
//! cargo xtask check NAME...    only these
//! cargo xtask check --list     their names
//! ```
//!
//! Without dependencies, so that the first check starts within seconds on a new machine.

mod cargo;
mod check;
mod console;
mod failure;
mod repository;
mod spdx;

use std::process::ExitCode;

use failure::Failure;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console::error(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Result<(), Failure> {
    match words {
        ["check", "--list"] => {
            check::list();
            Ok(())
        }
        ["check", names @ ..] => check::run(names),
        _ => Err(Failure::new("usage: cargo xtask check [--list | NAME...]")),
    }
}
