//! Clippy with the workspace's lints, every warning an error.

use crate::cargo;
use crate::failure::Failure;

pub(super) fn run() -> Result<(), Failure> {
    cargo::run(
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ],
        &[],
    )
}
