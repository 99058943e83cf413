//! `didact bench epoch`.

use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

use clap::Args;
use didact_curriculum::CurriculumConfig;
use didact_data::Augmentation;

use super::ProcessorArguments;
use crate::benchmark::Network;
use crate::settings::{augmentation, count, method};

const EXAMPLES: &str = "\
Examples:
  didact bench epoch
  didact bench epoch --network vgg --augment tutorial --curriculum none
  didact bench epoch cifar-100-binary/ --json
";

/// How long an epoch of training takes, and what it is spent on
///
/// Trains for one epoch as `didact train` does, ledger, tables and checkpoint included, in a temporary run folder that
/// is removed afterwards. Every moment belongs to one of: steps; waiting for the loader; the curriculum; evaluation of
/// held-out samples; the ledger; the checkpoint with weights and tables; the rest. What happens once, after the last
/// epoch of a run, is told apart.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct BenchEpochArguments {
    /// Data to train on, as for `didact train` [default: random images of 3 x 32 x 32 in memory]
    pub(crate) data: Option<PathBuf>,
    /// The network: N1 (big-lenet), N2 (vgg) or N3 (resnet-44)
    #[arg(
        long,
        value_name = "NETWORK",
        default_value = "N1",
        hide_possible_values = true,
        ignore_case = true
    )]
    pub(crate) network: Network,
    /// Random images to train on
    #[arg(long, value_name = "N", default_value = "50000", conflicts_with = "data", allow_negative_numbers = true,
        value_parser = count::<NonZeroU32>)]
    pub(crate) samples: NonZeroU32,
    /// Random images to evaluate after the epoch
    #[arg(long, value_name = "N", default_value_t = 10_000, conflicts_with = "data")]
    pub(crate) test_samples: u32,
    /// How much each sample counts
    #[arg(long, value_name = "CURRICULUM", default_value = "superloss", value_parser = method::<CurriculumConfig>)]
    pub(crate) curriculum: CurriculumConfig,
    /// Random changes of training images: none, standard or tutorial
    #[arg(long, value_name = "PRESET", default_value = "standard", value_parser = augmentation)]
    pub(crate) augment: Augmentation,
    /// Images in a batch
    #[arg(long, value_name = "N", default_value = "128", allow_negative_numbers = true,
        value_parser = count::<NonZeroUsize>)]
    pub(crate) batch_size: NonZeroUsize,
    #[command(flatten)]
    pub(crate) processor: ProcessorArguments,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}
