//! `didact predict`.

use std::path::PathBuf;

use clap::Args;
use didact_train::DeviceChoice;

const EXAMPLES: &str = "\
Examples:
  didact predict runs/first new/*.jpg > labels.csv
  didact predict runs/first cat.png --json
  didact predict cleaned/first-fold-1 --average cleaned/first-fold-2 new/*.jpg
";

/// Name the label of image files, with its probability
///
/// Prints a table `file,label,probability` with the selected weights of the run. Images are resized as those of the
/// training were. If a file cannot be read, nothing is predicted and all such files are named.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct PredictArguments {
    /// The run folder that `didact train` wrote, or the folder of `didact clean`
    pub(crate) run: PathBuf,
    /// PNG, JPEG, WebP or GIF files
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Average the probabilities with those of this run too; give it again for more runs
    ///
    /// The runs must take the same images and name the same classes: runs of several seeds, or the models of folds.
    #[arg(long, value_name = "RUN")]
    pub(crate) average: Vec<PathBuf>,
    /// Where to compute: cpu, cuda:0 or wgpu
    #[arg(long, default_value = "cpu")]
    pub(crate) device: DeviceChoice,
    /// Say on standard error what computes: instruction set, threads, and what runs without a kernel of didact's
    #[arg(long)]
    pub(crate) verbose: bool,
    /// Print one JSON object with the probabilities of all classes
    #[arg(long)]
    pub(crate) json: bool,
}
