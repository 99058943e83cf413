//! rustfmt.

use crate::cargo;
use crate::failure::Failure;

pub(super) fn run() -> Result<(), Failure> {
    cargo::run(&["fmt", "--all", "--check"], &[])
}
