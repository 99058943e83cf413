//! `didact bench step`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::ProcessorArguments;
use crate::benchmark::Network;
use crate::settings::count;

const EXAMPLES: &str = "\
Networks, by number or by the name that --model has for them:
  N1  big-lenet   three convolutions without padding, SiLU and normalisation; 100 classes
  N2  vgg         six convolutions with ReLU, dropout; 10 classes
  N3  resnet-44   43 convolutions with normalisation and shortcuts; 10 classes

Examples:
  didact bench step --network N1
  didact bench step --against torch --python venv/bin/python
  didact bench step --against torch --python venv/bin/python --precision bf16 --json > bf16.json

Leave the machine alone meanwhile: anything else that runs shows in the figures.
";

/// How long one training step takes, beside PyTorch if asked
///
/// A step is forward, cross-entropy, backward and Adam on a batch of random images of 3 x 32 x 32, with the loss read
/// each time. Each side of each round runs in a process of its own, in turn, so that both see the same weather; the
/// medians over the rounds count. GFLOP/s are the network's multiply-adds, counted twice each, over the time: forward,
/// weight gradient and data gradient of every layer, but no data gradient of the first. PyTorch runs as fast as it can
/// in eager mode: channels last, and memory kept between steps; bf16 is its autocast.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct BenchStepArguments {
    /// A network to measure, may be given several times [default: all]
    #[arg(long, value_name = "NETWORK", hide_possible_values = true, ignore_case = true)]
    pub(crate) network: Vec<Network>,
    #[command(flatten)]
    pub(crate) step: StepArguments,
    /// Processes of each side
    #[arg(long, value_name = "N", default_value = "5", allow_negative_numbers = true,
        value_parser = count::<NonZeroUsize>)]
    pub(crate) rounds: NonZeroUsize,
    /// Measure another library beside didact
    #[arg(long, value_name = "PEER")]
    pub(crate) against: Option<Peer>,
    /// The Python that has the other library
    #[arg(long, value_name = "PYTHON", requires = "against", default_value = "python3")]
    pub(crate) python: PathBuf,
    /// Print one JSON object, with the time of every round
    #[arg(long)]
    pub(crate) json: bool,
}

/// What didact is measured against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Peer {
    /// PyTorch on the same processor.
    Torch,
}

/// One side of one round: prints one line of JSON
#[derive(Debug, Args)]
pub(crate) struct BenchStepSideArguments {
    #[arg(long)]
    pub(crate) network: Network,
    #[command(flatten)]
    pub(crate) step: StepArguments,
}

/// What is measured in each process.
#[derive(Clone, Debug, Args)]
pub(crate) struct StepArguments {
    /// Images in a batch
    #[arg(long, value_name = "N", default_value = "128", allow_negative_numbers = true,
        value_parser = count::<NonZeroUsize>)]
    pub(crate) batch_size: NonZeroUsize,
    /// Steps that are timed in each process, of which the median counts
    #[arg(long, value_name = "N", default_value = "20", allow_negative_numbers = true,
        value_parser = count::<NonZeroUsize>)]
    pub(crate) steps: NonZeroUsize,
    /// Steps before those, which are not timed
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) warm_up: usize,
    #[command(flatten)]
    pub(crate) processor: ProcessorArguments,
}

impl StepArguments {
    /// The same on the command line of a side; both sides have the same options.
    pub(crate) fn words(&self, network: Network) -> Vec<String> {
        let options = [
            ("--network", network.code().to_owned()),
            ("--batch-size", self.batch_size.to_string()),
            ("--steps", self.steps.to_string()),
            ("--warm-up", self.warm_up.to_string()),
            ("--precision", self.processor.precision_name().to_owned()),
            ("--threads", self.processor.threads().to_string()),
        ];
        options
            .into_iter()
            .flat_map(|(name, value)| [name.to_owned(), value])
            .collect()
    }
}
