//! `didact bench epoch`: how long an epoch of training takes, and what it is spent on.

use std::num::NonZeroU32;

use didact_run::{RunFolder, Summary};
use didact_train::{
    Ending, Phase, Prepared, Sources, Stopwatch, TestChoice, TrainConfig, Trainer, ValidationChoice,
};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::arguments::BenchEpochArguments;
use crate::benchmark::{IMAGES, Machine, synthetic};
use crate::error::{Result, Status};
use crate::interruption::on_ctrl_c;
use crate::output::{Printer, Progress, aligned, counted, lines, percent};
use crate::settings::TrainSettings;
use crate::training;

#[derive(Serialize)]
struct EpochResult {
    network: &'static str,
    model: &'static str,
    samples: usize,
    seconds: f64,
    images_per_second: f64,
    peak_rss_bytes: u64,
    phases: Map<String, Value>,
    steps_share_without_evaluation: f64,
    conclusion_seconds: f64,
    precision: &'static str,
    threads: usize,
    machine: Machine,
    #[serde(skip)]
    stopwatch: Stopwatch,
}

pub(crate) fn bench_epoch(arguments: &BenchEpochArguments, printer: Printer) -> Result<Status> {
    training::use_threads(arguments.processor.threads());
    let (config, data) = prepared(arguments)?;
    let samples = data.train.len();
    let place = tempfile::tempdir()?;
    let path = place.path().join("run");
    let mut trainer = Trainer::begin(config, data, &path)?;
    if let Ending::Interrupted { .. } = trainer.run(&mut Progress::new(printer), on_ctrl_c(printer)?)? {
        return Ok(Status::Interrupted);
    }
    let folder = RunFolder::open(&path)?;
    let result = result(
        arguments,
        samples,
        (*trainer.stopwatch(), folder.read_json(&folder.summary())?),
    );
    printer.result(&text(&result))?;
    printer.json(&result)?;
    Ok(Status::Done)
}

/// One epoch on the data given, or on random images with a test part of their own.
fn prepared(arguments: &BenchEpochArguments) -> Result<(TrainConfig, Prepared)> {
    let settings = TrainSettings {
        data: Some(arguments.data.clone().unwrap_or_else(|| "synthetic".into())),
        model: Some(arguments.network.model()?),
        curriculum: Some(arguments.curriculum.clone()),
        augment: Some(arguments.augment.clone()),
        batch_size: Some(arguments.batch_size),
        threads: Some(arguments.processor.threads()),
        precision: Some(arguments.processor.precision),
        epochs: Some(NonZeroU32::MIN),
        ..TrainSettings::default()
    };
    if arguments.data.is_some() {
        let config = settings.resolve(IMAGES)?;
        let data = Prepared::new(Sources::open(&config)?, &config)?;
        return Ok((config, data));
    }
    let random = TrainSettings {
        validation: Some(ValidationChoice::None),
        test: Some(TestChoice::None),
        ..settings
    };
    let config = random.resolve(IMAGES)?;
    let data = Prepared::new(random_images(arguments)?, &config)?;
    Ok((config, data))
}

fn random_images(arguments: &BenchEpochArguments) -> Result<Sources> {
    let num_classes = arguments.network.num_classes();
    let test = (arguments.test_samples > 0).then(|| synthetic(1, arguments.test_samples, num_classes));
    Ok(Sources {
        data: synthetic(0, arguments.samples.get(), num_classes)?,
        true_labels: None,
        trusted: None,
        validation: None,
        test: test.transpose()?,
    })
}

fn result(
    arguments: &BenchEpochArguments,
    samples: usize,
    (stopwatch, summary): (Stopwatch, Summary),
) -> EpochResult {
    let spent = |phase| stopwatch.spent(phase).as_secs_f64();
    let seconds: f64 = epoch_phases().map(spent).sum();
    let phases = epoch_phases().map(|phase| {
        let value = json!({"seconds": spent(phase), "share": spent(phase) / seconds});
        (phase.name().to_owned(), value)
    });
    EpochResult {
        network: arguments.network.code(),
        model: arguments.network.name(),
        samples,
        seconds,
        images_per_second: summary.samples_per_second,
        peak_rss_bytes: summary.peak_rss_bytes,
        phases: phases.collect(),
        steps_share_without_evaluation: spent(Phase::Steps) / (seconds - spent(Phase::Evaluation)),
        conclusion_seconds: spent(Phase::Conclusion),
        precision: arguments.processor.precision_name(),
        threads: arguments.processor.threads().get(),
        machine: Machine::this(),
        stopwatch,
    }
}

/// What an epoch is spent on: everything but what happens once a run.
fn epoch_phases() -> impl Iterator<Item = Phase> {
    Phase::ALL.into_iter().filter(|phase| *phase != Phase::Conclusion)
}

fn text(result: &EpochResult) -> String {
    let EpochResult {
        network,
        model,
        samples,
        seconds,
        precision,
        threads,
        ..
    } = result;
    let threads = counted(*threads, "thread");
    let head = format!("an epoch of {network} {model} on {samples} images, {precision}, {threads}");
    let row = |name: &str, spent: f64| vec![name.to_owned(), format!("{spent:.2}"), percent(spent / seconds)];
    let spent = |phase: Phase| result.stopwatch.spent(phase).as_secs_f64();
    let mut table = vec![["", "seconds", "share"].map(str::to_owned).to_vec()];
    table.extend(epoch_phases().map(|phase| row(phase.name(), spent(phase))));
    table.push(row("the epoch", *seconds));
    let mut rows = vec![String::new(), head, String::new()];
    rows.extend(aligned(&table));
    rows.extend([
        String::new(),
        format!(
            "without evaluation, {} are steps",
            percent(result.steps_share_without_evaluation)
        ),
        format!(
            "{:.0} images/s in training; {:.0} MB at most",
            result.images_per_second,
            result.peak_rss_bytes as f64 / 1e6
        ),
        format!(
            "once, after the last epoch of a run: {:.2} s",
            result.conclusion_seconds
        ),
    ]);
    lines(&rows)
}
