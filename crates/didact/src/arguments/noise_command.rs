//! `didact noise`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use didact_labels::NoiseConfig;

use crate::settings::seed_parser;

const EXAMPLES: &str = "\
LABELS has one label a row, or rows `file,label`; labels are numbers or names, with or without a header.

Kinds:
  symmetric:RATE            to any other class, uniformly
  symmetric-inclusive:RATE  to any class, the true one too: RATE (1 - 1/K) become wrong
  exact-per-class:RATE      exactly that share of each class, the first ones in order
  pair:RATE                 to the next class
  asymmetric:FILE           confusions listed as `true,given,rate`
  transition:FILE           a matrix, one row per true class

Example:
  didact noise inject labels.csv --noise symmetric:0.4 --seed 7 -o noisy.csv
  didact train photos/ --labels noisy.csv -o runs/noisy
";

/// Label noise, made on purpose
#[derive(Debug, Subcommand)]
pub(crate) enum NoiseCommand {
    Inject(NoiseInjectArguments),
}

/// Make some labels of a label file wrong, with the true ones kept beside
///
/// Writes a table `id,given_label,true_label` and tells which share really became wrong. The same seed makes the same
/// labels wrong, also where others join or leave (all kinds but exact-per-class).
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct NoiseInjectArguments {
    /// The label file
    pub(crate) labels: PathBuf,
    /// Which noise, such as symmetric:0.4
    #[arg(long, value_name = "KIND:RATE")]
    pub(crate) noise: NoiseConfig,
    /// Seed of the noise
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true,
        value_parser = seed_parser())]
    pub(crate) seed: u64,
    /// The classes in their order, separated by commas, or how many there are [default: those in LABELS]
    #[arg(long, value_name = "NAMES|K")]
    pub(crate) classes: Option<String>,
    /// The file to write; it must not exist yet
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Print one JSON object with kind, rate asked for, rate realised, and the matrix of true against given labels
    #[arg(long)]
    pub(crate) json: bool,
}
