//! Unit tests, integration tests and doctests: README's command.

use crate::cargo;
use crate::failure::Failure;

pub(super) fn run() -> Result<(), Failure> {
    cargo::run(&["test", "--workspace", "--locked"], &[])
}
