//! The devices that are cargo features compile, though most machines cannot run them.

use crate::cargo;
use crate::failure::Failure;

/// The devices, and what their check needs in the environment.
///
/// Burn's `cuda` builds on an LLVM that its build script downloads. A machine that documents or checks needs none of it:
/// under the name of docs.rs the script leaves the download out, and all Rust code is checked the same.
const DEVICES: [(&str, &[(&str, &str)]); 2] = [("cuda", &[("DOCS_RS", "1")]), ("wgpu", &[])];

pub(super) fn run() -> Result<(), Failure> {
    DEVICES.iter().try_for_each(|(device, environment)| {
        cargo::run(
            &["check", "-p", "didact", "--locked", "--features", device],
            environment,
        )
    })
}
