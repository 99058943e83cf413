//! The run that a folder stands for.

use std::path::Path;

use didact_run::{CleaningFolder, RunFolder};

use crate::error::{Complaint, Result};
use crate::output::shell_word;

/// The run in a folder, or the one that a cleaning in it kept.
pub(crate) fn run_at(path: &Path) -> Result<RunFolder> {
    let Ok(cleaning) = CleaningFolder::open(path) else {
        return Ok(RunFolder::open(path)?);
    };
    if cleaning.summary().is_file() {
        return Ok(cleaning.delivered()?);
    }
    let what = format!("{} is not complete: it has no summary.json", path.display());
    let hint = format!(
        "go on with it first: didact clean --resume -o {}",
        shell_word(path)
    );
    Err(Complaint::new(what, hint).into())
}
