//! rustdoc: broken links and malformed pages are errors.

use crate::cargo;
use crate::failure::Failure;

pub(super) fn run() -> Result<(), Failure> {
    cargo::run(
        &["doc", "--workspace", "--no-deps", "--locked"],
        &[("RUSTDOCFLAGS", "-D warnings")],
    )
}
