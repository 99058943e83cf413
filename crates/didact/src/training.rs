//! A run from its configuration to its summary, with all that is shown on the way.

use std::num::NonZeroUsize;

use didact_run::{RunError, RunFolder, Summary};
use didact_train::{Ending, TrainError, Trainer};

use crate::error::Result;
use crate::interruption::on_ctrl_c;
use crate::output::{Printer, Progress, counted};

/// Sizes the pool that all crates share. A later call changes nothing, as in quickstart's second run.
pub(crate) fn use_threads(threads: NonZeroUsize) {
    let _ = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.get())
        .build_global();
}

/// Trains to the end or to Ctrl-C; the summary if it came to the end. `resuming` is the command that goes on.
pub(crate) fn finish(
    mut trainer: Trainer,
    folder: &RunFolder,
    resuming: &str,
    printer: Printer,
) -> Result<Option<Summary>> {
    let interruption = on_ctrl_c(printer)?;
    let result = trainer.run(&mut Progress::new(printer), interruption);
    let result = result.inspect_err(|error| tell_how_to_go_on(error, resuming, printer));
    match result? {
        Ending::Finished => Ok(Some(folder.read_json(&folder.summary())?)),
        Ending::Interrupted { epochs_done } => {
            let epochs = counted(epochs_done as usize, "whole epoch");
            printer.note(&format!("stopped after {epochs}; go on with: {resuming}"));
            Ok(None)
        }
    }
}

/// Says how to go on if nothing is wrong with the run but the place it is written to.
pub(crate) fn tell_how_to_go_on(error: &TrainError, resuming: &str, printer: Printer) {
    if let TrainError::Run(RunError::Write { .. }) = error {
        printer.note(&format!(
            "the run is kept as far as it was saved; once it can be written to, go on with: {resuming}"
        ));
    }
}
