//! How the processor is used.

use std::num::NonZeroUsize;

use clap::Args;
use didact_kernels::Precision;

use crate::settings::{all_threads, threads, word_parser};

/// How the processor is used.
#[derive(Clone, Debug, Args)]
pub(crate) struct ProcessorArguments {
    /// How numbers are multiplied: f32, or bf16 with sums in f32
    #[arg(long, default_value = "f32", value_parser = word_parser::<Precision>(&["f32", "bf16"]))]
    pub(crate) precision: Precision,
    /// Threads of the processor [default: all]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = threads)]
    threads: Option<NonZeroUsize>,
}

impl ProcessorArguments {
    /// The threads asked for, or all.
    pub(crate) fn threads(&self) -> NonZeroUsize {
        self.threads.unwrap_or_else(all_threads)
    }

    /// How the precision is spelt.
    pub(crate) fn precision_name(&self) -> &'static str {
        match self.precision {
            Precision::F32 => "f32",
            Precision::Bf16 => "bf16",
        }
    }
}
