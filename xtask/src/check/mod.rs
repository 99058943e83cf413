//! The checks, cheapest first; the tests come last so that their results end the output.

mod confinement;
mod documentation;
mod features;
mod forbidden_text;
mod formatting;
mod licences;
mod lints;
mod runner;
mod tests;

pub(crate) use runner::{list, run};

use crate::failure::Failure;

/// One check.
struct Check {
    /// What to type after `cargo xtask check`.
    name: &'static str,
    /// What passes when it passes.
    promise: &'static str,
    run: fn() -> Result<(), Failure>,
}

const CHECKS: [Check; 8] = [
    Check {
        name: "formatting",
        promise: "the code is formatted",
        run: formatting::run,
    },
    Check {
        name: "forbidden-text",
        promise: "no machine path and no large file is tracked",
        run: forbidden_text::run,
    },
    Check {
        name: "unsafe-code",
        promise: "unsafe code is confined to didact-kernels",
        run: confinement::run,
    },
    Check {
        name: "licences",
        promise: "every dependency's licence is allowed",
        run: licences::run,
    },
    Check {
        name: "lints",
        promise: "clippy finds nothing",
        run: lints::run,
    },
    Check {
        name: "features",
        promise: "the GPU features compile",
        run: features::run,
    },
    Check {
        name: "documentation",
        promise: "the documentation builds without a warning",
        run: documentation::run,
    },
    Check {
        name: "tests",
        promise: "all tests pass",
        run: tests::run,
    },
];
