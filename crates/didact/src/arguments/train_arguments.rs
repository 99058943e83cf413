//! `didact train`.

use std::path::PathBuf;

use clap::Args;

use crate::settings::TrainSettings;

const EXAMPLES: &str = "\
Methods are spelt NAME:key=value,key=value, as in superloss:lambda=0.25,expectation=exponential.

Examples:
  didact train photos/ -o runs/first
      class folders, SuperLoss, and a tenth of the data to choose the epoch
  didact train photos/ -o runs/plain --curriculum none --seed 1
      the same without a curriculum, to compare: didact report runs/first runs/plain -o both.html
  didact train cifar-100-binary/ --noise symmetric:0.4 --augment tutorial --epochs 10 -o runs/noisy
      an experiment with noise of a known rate; the report shows clean and wrong labels apart
  didact train table.csv --model mlp:hidden=64 --early-stopping 5 -o runs/table
      features in columns, labels in the column called label, target or class, otherwise in the last one
  didact train --resume -o runs/first
      go on after Ctrl-C, a power cut or a full disk, to the same final bits
  didact train photos/ --config runs/first/config.toml --seed 2 -o runs/second
      the settings of another run, with another seed

Ctrl-C finishes the batch, saves, and exits with 130.
";

/// Train a network on labels that may be wrong
///
/// Writes the run folder RUN: the weights, the figures of every epoch, the ledger of what happened to every sample,
/// and report.html. Nothing is written before data and settings are known to be good.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES, after_help = "Examples: didact train --help")]
pub(crate) struct TrainArguments {
    #[command(flatten)]
    pub(crate) settings: TrainSettings,

    /// The run folder to write; it must not exist yet
    #[arg(short, long, value_name = "RUN")]
    pub(crate) output: PathBuf,
    /// Go on with the run in RUN where it was stopped, with the settings it has
    ///
    /// Only --threads and --memory-budget may differ; other options must agree with RUN/config.toml.
    #[arg(long)]
    pub(crate) resume: bool,
    /// Settings from a TOML file with the same keys as the options; options win
    ///
    /// A method is a string, as on the command line, or a table with `name`. RUN/config.toml of another run will do.
    /// Paths in it are relative to the current folder.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Say on standard error what computes: instruction set, threads, and what runs without a kernel of didact's
    #[arg(long)]
    pub(crate) verbose: bool,
    /// Print RUN/summary.json on standard output, and everything else on standard error
    #[arg(long)]
    pub(crate) json: bool,
}
