//! The processor, and the most it can do.

use std::fs;
use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use didact_kernels::Precision;
use serde::Serialize;

/// What a measurement was made on.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Machine {
    /// The processor's name for itself; empty where the system does not tell.
    pub(crate) cpu: String,
    /// How many threads it can run at once.
    pub(crate) threads: usize,
}

impl Machine {
    /// This one.
    pub(crate) fn this() -> Self {
        let information = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        Self {
            cpu: model_name(&information).unwrap_or_default().to_owned(),
            threads: available_parallelism().map_or(1, NonZeroUsize::get),
        }
    }
}

fn model_name(information: &str) -> Option<&str> {
    let line = information.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim())
}

/// The multiply-add rate that the processor reaches on numbers in its registers, in GFLOP/s.
pub(crate) fn peak_gflops(threads: NonZeroUsize, precision: Precision) -> f64 {
    didact_kernels::peak_gflops(threads.get(), precision)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_processor_is_named_as_linux_does() {
        let information = "processor\t: 0\nmodel name\t: A: Fast One\nmodel name\t: B\n";
        assert_eq!(model_name(information), Some("A: Fast One"));
        assert_eq!(model_name("processor\t: 0\n"), None);
    }
}
