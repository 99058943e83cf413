//! `didact mentor evaluate`.

use std::path::PathBuf;

use clap::Args;

use super::mentor_data_arguments::percentile;

const EXAMPLES: &str = "\
Differences count from a percentile of each epoch's losses, in the place of the moving one that a
student follows.

Examples:
  didact mentor evaluate mentor.safetensors runs/first
  didact mentor evaluate mentor.safetensors runs/first --percentile 60 --json
";

/// How well a mentor's weights tell wrong labels from right ones in a run
///
/// By epoch: the area under the receiver operating characteristic (0.5 is chance), the average precision of finding wrong
/// labels by their small weights (chance is their share), and the share of the weight that goes to wrong labels.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct MentorEvaluateArguments {
    /// The mentor
    pub(crate) mentor: PathBuf,
    /// A run whose ledger knows true labels (--true-labels, --noise, or --trusted with mentornet-data-driven)
    pub(crate) run: PathBuf,
    /// Percentile of an epoch's losses that differences count from, above 0 and below 100 [default: that of the mentor's
    /// examples, or the share of right labels]
    #[arg(long, value_name = "P", value_parser = percentile)]
    pub(crate) percentile: Option<f64>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}
