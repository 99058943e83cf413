//! `didact evaluate`.

use std::path::PathBuf;

use clap::Args;
use didact_train::DeviceChoice;

use super::OpeningArguments;

const EXAMPLES: &str = "\
Examples:
  didact evaluate runs/first test-photos/
  didact evaluate runs/first test-photos/ --labels checked.csv
  didact evaluate runs/first test-photos/ --json > figures.json
  didact evaluate runs/seed-1 test-photos/ --average runs/seed-2 --average runs/seed-3
";

/// Measure a trained network on labelled data it has not seen
///
/// Prints loss, accuracy, top-5 accuracy and Matthews' correlation for the selected and the last weights, and a
/// classification report as scikit-learn prints it. Data the run was trained or selected on is refused. If DATA holds
/// a training and a test part, the test part is taken.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EvaluateArguments {
    /// The run folder that `didact train` wrote, or the folder of `didact clean`
    pub(crate) run: PathBuf,
    /// Labelled data in any format that `didact train` reads
    pub(crate) data: PathBuf,
    #[command(flatten)]
    pub(crate) opening: OpeningArguments,
    /// Leave out samples that cannot be read instead of refusing the data
    #[arg(long)]
    pub(crate) skip_bad: bool,
    /// Average the probabilities with those of this run too; give it again for more runs
    ///
    /// DATA must be new to all of them. The loss of an average is plain cross-entropy. In --json all but `test` and
    /// `test_last` is RUN's.
    #[arg(long, value_name = "RUN")]
    pub(crate) average: Vec<PathBuf>,
    /// Where to compute: cpu, cuda:0 or wgpu
    #[arg(long, default_value = "cpu")]
    pub(crate) device: DeviceChoice,
    /// Say on standard error what computes: instruction set, threads, and what runs without a kernel of didact's
    #[arg(long)]
    pub(crate) verbose: bool,
    /// Print one JSON object in the schema of RUN/summary.json, with `test` and `test_last` measured on DATA
    #[arg(long)]
    pub(crate) json: bool,
}
