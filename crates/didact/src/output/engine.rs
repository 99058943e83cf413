//! What computes, as `--verbose` tells it.

use didact_kernels::{InstructionSet, fallbacks};
use didact_train::DeviceChoice;

use super::printer::Printer;
use super::results::counted;

/// Tells which instructions the kernels use, and by how many threads.
pub(crate) fn tell_engine(device: DeviceChoice, printer: Printer) {
    printer.detail(&engine(device, rayon::current_num_threads()));
}

/// Tells what ran without a kernel so far in this process.
pub(crate) fn tell_fallbacks(printer: Printer) {
    for block in fallbacks() {
        printer.detail(&fallback(&block));
    }
}

fn engine(device: DeviceChoice, threads: usize) -> String {
    let threads = counted(threads, "thread");
    match device {
        DeviceChoice::Cpu => format!("kernels: {}, {threads}", InstructionSet::in_use()),
        gpu => format!("kernels: those of Burn on {gpu}; {threads} of the processor"),
    }
}

fn fallback(block: &str) -> String {
    format!("no kernel for {block}: runs by Burn's Flex")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_the_processor_the_instruction_set_is_named() {
        let expected = format!("kernels: {}, 2 threads", InstructionSet::in_use());
        assert_eq!(engine(DeviceChoice::Cpu, 2), expected);
    }

    #[test]
    fn on_other_devices_there_are_no_kernels_of_ours() {
        let expected = "kernels: those of Burn on cuda:1; 1 thread of the processor";
        assert_eq!(engine(DeviceChoice::Cuda(1), 1), expected);
    }

    #[test]
    fn what_falls_back_is_a_line() {
        assert_eq!(
            fallback("Max { size: 3, stride: 2 } pooling on 9x9 pixels of 8 channels"),
            "no kernel for Max { size: 3, stride: 2 } pooling on 9x9 pixels of 8 channels: runs by Burn's Flex"
        );
    }
}
