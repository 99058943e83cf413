//! `didact clean`.

use std::path::PathBuf;

use clap::Args;

use crate::settings::CleanSettings;

const EXAMPLES: &str = "\
Examples:
  didact clean photos/ --trusted checked.csv -o cleaned
      checked.csv has rows `file,label` of the samples somebody checked; a tenth of them reports
  didact clean images/ --labels noisy.csv --trusted clean.csv --trusted-split in-order:fit=8000,select=1000 -o cleaned
      labels in files, one a row; clean.csv has those of the first 10,000 images
  didact clean photos/ --trusted checked.csv --cleaner network --rounds 3 --retrain scratch:mixup=0.2 -o cleaned
      another cleaner, up to three rounds, mixup in the end
  didact clean photos/ --folds 5 -o cleaned
      nothing was checked: labels are judged by models that have not seen them
  didact clean --resume -o cleaned
      go on after Ctrl-C or a power cut, to the same final bits
  didact predict cleaned FILE...
      what the model that was kept says of new images

DIR/corrected.csv has the labels, DIR/report.html what became of them.
";

/// Correct labels with a trusted few, and train on them
///
/// Trains a first model on the labels as given, learns from the trusted samples what the true label of a sample is, corrects the
/// others, and trains again on trusted and corrected labels. The trusted samples that report are used for nothing else.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES, after_help = "Examples: didact clean --help")]
pub(crate) struct CleanArguments {
    #[command(flatten)]
    pub(crate) settings: CleanSettings,

    /// The folder to write; it must not exist yet
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: PathBuf,
    /// Go on with the cleaning in DIR where it was stopped, with the settings it has
    ///
    /// Only --threads and --memory-budget may differ; other options must agree with DIR/cleaning.toml.
    #[arg(long)]
    pub(crate) resume: bool,
    /// Settings from a TOML file with the same keys as the options, those of training in a table `training`; options win
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Say on standard error what computes: instruction set, threads, and what runs without a kernel of didact's
    #[arg(long)]
    pub(crate) verbose: bool,
    /// Print DIR/summary.json on standard output, and everything else on standard error
    #[arg(long)]
    pub(crate) json: bool,
}
