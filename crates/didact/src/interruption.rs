//! Ctrl-C: the first asks the run to stop at the next batch, the second ends the program.

use std::sync::OnceLock;

use didact_train::Interruption;

use crate::error::Result;
use crate::output::Printer;

static INTERRUPTION: Interruption = Interruption::none();
static INSTALLED: OnceLock<()> = OnceLock::new();

/// The wish to stop that Ctrl-C utters from now on.
pub(crate) fn on_ctrl_c(printer: Printer) -> Result<&'static Interruption> {
    if INSTALLED.set(()).is_ok() {
        ctrlc::set_handler(move || heard(printer))?;
    }
    Ok(&INTERRUPTION)
}

fn heard(printer: Printer) {
    if INTERRUPTION.is_asked() {
        stop_at_once();
    }
    INTERRUPTION.ask();
    printer.note("stopping after this batch and saving; Ctrl-C again stops at once");
}

#[expect(clippy::exit, reason = "the second Ctrl-C does not wait for anything")]
fn stop_at_once() {
    std::process::exit(130);
}
