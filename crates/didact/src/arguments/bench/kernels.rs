//! `didact bench kernels`.

use std::num::NonZeroUsize;

use clap::Args;

use super::ProcessorArguments;
use crate::benchmark::Network;
use crate::settings::count;

/// How fast each convolution of a network is, in each direction
///
/// Times every shape of convolution by itself: forward, and the gradients of its input and of its weights, without
/// bias, activation or normalisation. The share is that of the multiply-add rate that the processor reaches on numbers
/// in its registers, measured in the same run.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  didact bench kernels --network N3 --threads 1")]
pub(crate) struct BenchKernelsArguments {
    /// A network to take the layers of, may be given several times [default: all]
    #[arg(long, value_name = "NETWORK", hide_possible_values = true, ignore_case = true)]
    pub(crate) network: Vec<Network>,
    /// Images in a batch
    #[arg(long, value_name = "N", default_value = "128", allow_negative_numbers = true,
        value_parser = count::<NonZeroUsize>)]
    pub(crate) batch_size: NonZeroUsize,
    /// Times each is run, of which the median counts
    #[arg(long, value_name = "N", default_value = "15", allow_negative_numbers = true,
        value_parser = count::<NonZeroUsize>)]
    pub(crate) repetitions: NonZeroUsize,
    #[command(flatten)]
    pub(crate) processor: ProcessorArguments,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}
