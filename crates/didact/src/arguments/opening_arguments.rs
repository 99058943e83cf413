//! How data are opened, for commands that open data without training.

use std::path::PathBuf;

use clap::Args;
use didact_data::{BadItems, Format, MemoryBudget, OpenOptions};

use crate::settings::format_parser;

/// How data are opened.
#[derive(Debug, Args)]
pub(crate) struct OpeningArguments {
    /// The format of DATA, if it is not to be found by looking
    #[arg(long, value_parser = format_parser())]
    format: Option<Format>,
    /// Labels for data without: one integer or name a row in file-name order, or rows `file,label`
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
    /// Most memory for decoded images
    #[arg(long, value_name = "MIB", default_value_t = 2048)]
    memory_budget: u64,
}

impl OpeningArguments {
    /// The same, as the library wants it.
    pub(crate) fn options(&self) -> OpenOptions {
        OpenOptions {
            format: self.format,
            labels: self.labels.clone(),
            memory_budget: MemoryBudget(self.memory_budget.saturating_mul(1 << 20)),
            ..OpenOptions::default()
        }
    }
}

/// What `--skip-bad` stands for.
pub(crate) fn bad_items(skip_bad: bool) -> BadItems {
    if skip_bad {
        BadItems::Skip
    } else {
        BadItems::Refuse
    }
}
