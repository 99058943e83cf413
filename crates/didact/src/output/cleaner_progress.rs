//! How far a label cleaner is, while it learns.

use std::time::{Duration, Instant};

use didact_run::CleanerEpoch;
use indicatif::{HumanDuration, ProgressBar};

use super::bar::bar;
use super::printer::Printer;
use super::results::percent;

const TEMPLATE: &str = "{bar:24} {percent:>3} % · {wide_msg}";
/// Most learn within seconds, of which nobody needs a line an epoch.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// Shows it on standard error: a bar where a person watches, and a line now and then elsewhere.
pub(crate) struct CleanerProgress {
    printer: Printer,
    bar: ProgressBar,
    begun: Instant,
    /// Epochs since then; those before a stop say nothing of how fast it is now.
    heard: u32,
    last_line: Instant,
}

impl CleanerProgress {
    /// Of a label cleaner that began to learn then.
    pub(crate) fn new(printer: Printer, begun: Instant) -> Self {
        let bar = bar(printer, TEMPLATE);
        Self {
            printer,
            bar,
            begun,
            heard: 0,
            last_line: begun,
        }
    }

    /// An epoch is done, of so many at most: patience may end it sooner.
    pub(crate) fn epoch_done(&mut self, done: CleanerEpoch, most: u32) {
        self.bar.set_length(most.into());
        self.bar.set_position(done.epoch.into());
        self.heard += 1;
        let line = line(done, most);
        if !self.printer.is_watched() && self.last_line.elapsed() >= BETWEEN_LINES {
            self.printer.note(&line);
            self.last_line = Instant::now();
        }
        let left = left(self.begun.elapsed(), self.heard, most.saturating_sub(done.epoch));
        self.bar
            .set_message(format!("{:#} left at most · {line}", HumanDuration(left)));
    }
}

impl Drop for CleanerProgress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// How long the epochs to come take, if they take as long as those that were heard of.
fn left(elapsed: Duration, heard: u32, to_come: u32) -> Duration {
    elapsed / heard.max(1) * to_come
}

fn line(done: CleanerEpoch, most: u32) -> String {
    let (epoch, width) = (done.epoch, most.to_string().len());
    format!(
        "epoch {epoch:>width$}/{most}  loss {:.4}  accuracy {} on the samples that select",
        done.loss,
        percent(done.accuracy)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_told_by_the_epochs_that_were_heard_of() {
        let seconds = Duration::from_secs;
        assert_eq!(left(seconds(30), 1, 99), seconds(2970));
        assert_eq!(left(seconds(30), 3, 0), seconds(0));
    }

    #[test]
    fn a_line_says_what_the_samples_that_select_say() {
        let done = CleanerEpoch {
            epoch: 7,
            loss: 0.25,
            accuracy: 0.713,
            brier: 0.4,
        };
        assert_eq!(
            line(done, 100),
            "epoch   7/100  loss 0.2500  accuracy 71.3 % on the samples that select"
        );
    }
}
