//! `didact mentor data`.

use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

use clap::{ArgGroup, Args};
use didact_curriculum::PredefinedCurriculum;

use crate::settings::{method, seed_parser};

const EXAMPLES: &str = "\
Curricula that are written down: baseline, self-paced, hard-example-mining, focal:gamma=2,
spcl-linear:gamma=1, mentornet-predefined:gamma=1. They are sampled on a grid over loss, difference
from the moving percentile, and percent of the run. --piecewise reads one of your own, such as

  [[piece]]
  from = 0               # percent of the run
  name = \"baseline\"
  [[piece]]
  from = 20
  name = \"spcl-linear\"
  gamma = 2.0

Curricula from data: --run takes a run whose ledger knows true labels (--true-labels, --noise, or
--trusted with mentornet-data-driven); --dump a table `sample_id epoch noisy_label clean_label loss`,
parted by spaces, commas or tabs, with a header or without, epochs counted in percent of the run.

Examples:
  didact mentor data --curriculum mentornet-predefined -o predefined
  didact mentor data --run runs/first --percentiles 60,90 -o from-data
  didact mentor train predefined/examples.parquet -o predefined.safetensors
";

/// Make examples for a mentor to learn from: a written curriculum, or what a run knows of wrong labels
///
/// Writes DIR/examples.parquet for a written curriculum, DIR/percentile-P.parquet for each percentile of data.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, group = ArgGroup::new("origin").required(true))]
pub(crate) struct MentorDataArguments {
    /// A curriculum that is written down, such as spcl-linear:gamma=2
    #[arg(long, value_name = "NAME", group = "origin", value_parser = written)]
    pub(crate) curriculum: Option<PredefinedCurriculum>,
    /// A TOML file with a curriculum of your own
    #[arg(long, value_name = "FILE", group = "origin")]
    pub(crate) piecewise: Option<PathBuf>,
    /// A run whose ledger knows true labels
    #[arg(long, value_name = "RUN", group = "origin")]
    pub(crate) run: Option<PathBuf>,
    /// A table of losses with noisy and clean labels
    #[arg(long, value_name = "FILE", group = "origin")]
    pub(crate) dump: Option<PathBuf>,
    /// Points of the grid to take of a written curriculum
    #[arg(long, value_name = "N", default_value = "100000", conflicts_with_all = ["run", "dump"])]
    pub(crate) sample_size: NonZeroUsize,
    /// Percentiles of the losses that differences count from, above 0 and below 100, one file each
    #[arg(long, value_name = "P,P", value_delimiter = ',', default_value = "40,50,60,75,80,90",
        value_parser = percentile, conflicts_with_all = ["curriculum", "piecewise"])]
    pub(crate) percentiles: Vec<f64>,
    /// Epochs of the run to learn from, counted from 1 [default: all]
    #[arg(long, value_name = "N,N", value_delimiter = ',', conflicts_with_all = ["curriculum", "piecewise", "dump"])]
    pub(crate) epochs: Vec<NonZeroU32>,
    /// Number of classes, for a mentor that tells them apart [default: as many as the data has]
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    pub(crate) classes: Option<u32>,
    /// As the authors' code does it: one percentile for all epochs, one row for each sample, one row lost
    #[arg(long)]
    pub(crate) compat: bool,
    /// Seed of the choice of points and of the order
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = seed_parser())]
    pub(crate) seed: u64,
    /// The folder to write; its files must not exist yet
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: PathBuf,
    /// Print one JSON object: the files, with the number of examples and their mean target
    #[arg(long)]
    pub(crate) json: bool,
}

fn written(text: &str) -> Result<PredefinedCurriculum, String> {
    let curriculum: PredefinedCurriculum = method(text)?;
    curriculum.check().map_err(|error| error.to_string())?;
    Ok(curriculum)
}

/// A percentile, in percent.
pub(super) fn percentile(text: &str) -> Result<f64, String> {
    let percentile: f64 = text
        .trim()
        .parse()
        .map_err(|_| format!("`{text}` is not a number"))?;
    if percentile > 0.0 && percentile < 100.0 {
        Ok(percentile)
    } else {
        Err(format!("{percentile} is not above 0 and below 100"))
    }
}
