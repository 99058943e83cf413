//! How far a run is, while it goes.

use std::time::Instant;

use didact_run::{EpochMetrics, EpochTiming};
use didact_train::{Observer, Plan, Step};
use indicatif::ProgressBar;

use super::bar::bar;
use super::engine::tell_fallbacks;
use super::printer::Printer;
use super::results::{counted, percent};

const TEMPLATE: &str = "{bar:24} {percent:>3} % · {eta} left · {wide_msg}";

/// Shows a run on standard error: a bar where a person watches, and one line an epoch everywhere.
pub(crate) struct Progress {
    printer: Printer,
    bar: ProgressBar,
    plan: Plan,
    epoch_begun: Instant,
    samples: usize,
}

impl Progress {
    pub(crate) fn new(printer: Printer) -> Self {
        let bar = bar(printer, TEMPLATE);
        bar.set_message("beginning");
        let plan = Plan {
            epochs_done: 0,
            epochs: 0,
            steps_per_epoch: 0,
            samples: 0,
            parameters: 0,
        };
        Self {
            printer,
            bar,
            plan,
            epoch_begun: Instant::now(),
            samples: 0,
        }
    }

    fn say(&self, line: &str) {
        self.bar.suspend(|| self.printer.note(line));
    }
}

impl Observer for Progress {
    fn begun(&mut self, plan: Plan) {
        self.plan = plan;
        self.bar
            .set_length(u64::from(plan.epochs) * plan.steps_per_epoch as u64);
        self.bar
            .set_position(u64::from(plan.epochs_done) * plan.steps_per_epoch as u64);
        self.bar.reset_eta();
        let Plan {
            epochs,
            samples,
            parameters,
            steps_per_epoch,
            epochs_done,
        } = plan;
        let from = if epochs_done > 0 {
            format!(", from epoch {}", epochs_done + 1)
        } else {
            String::new()
        };
        self.say(&format!(
            "training {parameters} parameters on {samples} samples, {} an epoch, {}{from}",
            counted(steps_per_epoch, "step"),
            counted(epochs as usize, "epoch"),
        ));
        self.epoch_begun = Instant::now();
    }

    fn warned(&mut self, warning: &str) {
        self.say(&format!("warning: {warning}"));
    }

    fn stepped(&mut self, step: Step) {
        self.samples += step.samples;
        let rate = self.samples as f64 / self.epoch_begun.elapsed().as_secs_f64().max(1e-9);
        let steps_before = u64::from(step.epoch - 1) * self.plan.steps_per_epoch as u64;
        self.bar.set_position(steps_before + step.done as u64);
        let (epoch, epochs, loss) = (step.epoch, self.plan.epochs, step.loss);
        self.bar.set_message(format!(
            "epoch {epoch}/{epochs} · loss {loss:.3} · {rate:.0} samples/s"
        ));
    }

    fn epoch_done(&mut self, metrics: &EpochMetrics, timing: &EpochTiming) {
        self.say(&line(metrics, timing, self.plan.epochs));
        // By then every block of the network has run.
        if metrics.epoch == self.plan.epochs_done + 1 {
            self.bar.suspend(|| tell_fallbacks(self.printer));
        }
        self.epoch_begun = Instant::now();
        self.samples = 0;
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// What an epoch came to, in one line.
fn line(metrics: &EpochMetrics, timing: &EpochTiming, epochs: u32) -> String {
    let (epoch, loss, width) = (metrics.epoch, metrics.train.loss, epochs.to_string().len());
    let splits = [
        ("train", Some(metrics.train)),
        ("validation", metrics.validation),
        ("test", metrics.test),
    ];
    let accuracies = splits
        .iter()
        .filter_map(|(name, split)| Some(format!("{name} {}", percent((*split)?.accuracy))));
    let accuracies = accuracies.collect::<Vec<_>>().join(", ");
    let (seconds, rate) = (timing.seconds, timing.samples_per_second);
    format!(
        "epoch {epoch:>width$}/{epochs}  loss {loss:.4}  accuracy {accuracies}  {seconds:.1} s, {rate:.0} samples/s"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use didact_run::SplitMetrics;

    #[test]
    fn an_epoch_is_one_line() {
        let split = |accuracy| SplitMetrics {
            accuracy,
            loss: 1.25,
            n: 8,
            ..SplitMetrics::default()
        };
        let metrics = EpochMetrics {
            epoch: 3,
            prediction_changes: None,
            estimated_noise_rate: None,
            learning_rate: 0.1,
            train: split(0.5),
            validation: None,
            test: Some(split(0.25)),
        };
        let timing = EpochTiming {
            epoch: 3,
            seconds: 2.0,
            samples_per_second: 4000.0,
            peak_rss_bytes: 0,
        };
        let expected = "epoch  3/20  loss 1.2500  accuracy train 50.0 %, test 25.0 %  2.0 s, 4000 samples/s";
        assert_eq!(line(&metrics, &timing, 20), expected);
    }
}
