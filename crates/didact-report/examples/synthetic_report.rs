//! Writes a page about synthetic runs, to look at: `cargo run -p didact-report --example synthetic_report`.
//!
//! The pages are `target/synthetic-report/report.html` and `one.html` unless another new folder is named.

#[path = "../tests/synthetic/mod.rs"]
#[expect(dead_code, unused_imports, reason = "the tests use all of it")]
mod synthetic;

use std::error::Error;
use std::path::PathBuf;

use didact_report::{ReportedRun, write_report};
use didact_run::RunError;
use synthetic::{Curriculum, Gradients, State, SyntheticRun, write_run};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from("target/synthetic-report"), PathBuf::from);
    let run = |name: &str, curriculum| {
        let run = SyntheticRun {
            num_samples: 2000,
            epochs: 12,
            ..SyntheticRun::small(curriculum)
        };
        let folder = write_run(&folder.join(name), &run, State::Finished)?;
        Ok::<_, RunError>(ReportedRun {
            name: name.to_owned(),
            folder,
        })
    };
    let runs = [
        run("plain", Curriculum::Plain)?,
        run("superloss", Curriculum::SuperLoss)?,
    ];
    write_report(
        &folder.join("report.html"),
        "Synthetic runs, 40 % wrong labels",
        &runs,
        &Gradients,
    )?;
    write_report(
        &folder.join("one.html"),
        "A synthetic run",
        &runs[1..],
        &Gradients,
    )?;
    Ok(())
}
