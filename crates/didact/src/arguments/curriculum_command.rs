//! `didact curriculum`.

use clap::{Args, Subcommand};

/// Curricula: how much a sample counts
#[derive(Debug, Subcommand)]
pub(crate) enum CurriculumCommand {
    List(CurriculumListArguments),
}

/// Every curriculum with its parameters, their ranges and defaults
#[derive(Debug, Args)]
pub(crate) struct CurriculumListArguments {
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}
