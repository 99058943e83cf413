//! Lines for the person at the terminal. A closed pipe is no reason to fail a check.

use std::io::Write;

/// Prints a line to standard output.
pub(crate) fn line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Prints a line to standard error.
pub(crate) fn error(text: &str) {
    let _ = writeln!(std::io::stderr(), "error: {text}");
}
