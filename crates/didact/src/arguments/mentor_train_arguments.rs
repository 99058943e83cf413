//! `didact mentor train`.

use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

use clap::Args;

use crate::settings::seed_parser;

const EXAMPLES: &str = "\
A mentor is a network of 757 numbers: loss, difference and percent of the run go in, a weight comes
out. Targets that are nothing but 0 and 1 are learnt by cross-entropy, others by squared error.

Examples:
  didact mentor data --curriculum spcl-linear -o spcl
  didact mentor train spcl/examples.parquet -o spcl.safetensors
  didact train DATA --curriculum mentornet:mentor=spcl.safetensors -o runs/mentored
";

/// Teach a mentor the weights of examples
///
/// Trains several times from other beginnings, keeps the one that is least wrong on the examples held out, and tells how
/// wrong that is.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct MentorTrainArguments {
    /// Examples of `didact mentor data`
    #[arg(value_name = "EXAMPLES")]
    pub(crate) examples: PathBuf,
    /// The mentor to write; it must not exist yet
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Tell the mentor the given label, so that rare and difficult classes may have larger losses
    #[arg(long)]
    pub(crate) label_aware: bool,
    /// The authors' network and rate: the output's bias in its weights, the numbers of epochs not learnt, a rate of 0.1
    #[arg(long)]
    pub(crate) compat: bool,
    /// Steps of each training
    #[arg(long, value_name = "N", default_value = "30000")]
    pub(crate) steps: NonZeroU32,
    /// Examples in a step
    #[arg(long, value_name = "N", default_value = "32")]
    pub(crate) batch_size: NonZeroUsize,
    /// Rate at first; it falls by a tenth every thousand steps [default: 0.01, or 0.1 with --compat]
    #[arg(long, value_name = "RATE")]
    pub(crate) learning_rate: Option<f64>,
    /// Trainings, of which the best is kept
    #[arg(long, value_name = "N", default_value = "3")]
    pub(crate) restarts: NonZeroU32,
    /// Seed of beginnings and order
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = seed_parser())]
    pub(crate) seed: u64,
    /// Print one JSON object: what the mentor was taught, and how wrong every training ended
    #[arg(long)]
    pub(crate) json: bool,
}
