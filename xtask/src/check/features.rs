//! The devices that are cargo features compile, though most machines cannot run them.

use crate::cargo;
use crate::failure::Failure;

const DEVICES: [&str; 2] = ["cuda", "wgpu"];

pub(super) fn run() -> Result<(), Failure> {
    DEVICES
        .iter()
        .try_for_each(|device| cargo::run(&["check", "-p", "didact", "--locked", "--features", device], &[]))
}
