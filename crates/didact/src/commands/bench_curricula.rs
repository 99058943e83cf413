//! `didact bench curricula`: what weighing the samples costs.

use std::hint::black_box;
use std::time::Instant;

use didact_curriculum::{
    Batch, CurriculumConfig, EpochEnd, Mentor, MentorExamples, MentorObservation, MentorTraining,
    PredefinedCurriculum, Progress, Setting, catalogue, predefined_examples,
};
use didact_random::{Purpose, Stream};
use didact_train::{method_spelling, parse_method};
use rand::RngExt;
use serde::Serialize;

use super::bench_step_side::measure;
use crate::arguments::BenchCurriculaArguments;
use crate::benchmark::{Machine, Network, median};
use crate::error::Result;
use crate::error::Status;
use crate::output::{Printer, aligned, lines};
use crate::training;

const NUM_CLASSES: u32 = 100;
/// The share of labels that are wrong in the losses that are weighed.
const NOISE_RATE: f64 = 0.4;

#[derive(Serialize)]
struct CurriculaResult {
    step_ms: f64,
    batch_size: usize,
    samples: u32,
    curricula: Vec<Cost>,
    machine: Machine,
}

#[derive(Serialize)]
struct Cost {
    curriculum: String,
    nanoseconds_per_sample: f64,
    share_of_step: f64,
}

pub(crate) fn bench_curricula(arguments: &BenchCurriculaArguments, printer: Printer) -> Result<Status> {
    training::use_threads(arguments.step.processor.threads());
    printer.note("a step of big-lenet");
    let step_ms = measure(Network::BigLenet, &arguments.step)?.median_ms;
    let batch_size = arguments.step.batch_size.get();
    let mut curricula = Vec::new();
    for config in asked(arguments)? {
        let curriculum = method_spelling(&config);
        printer.note(&curriculum);
        let nanoseconds = nanoseconds_per_sample(&config, arguments)?;
        curricula.push(Cost {
            curriculum,
            nanoseconds_per_sample: nanoseconds,
            share_of_step: nanoseconds * batch_size as f64 / (step_ms * 1e6),
        });
    }
    let result = CurriculaResult {
        step_ms,
        batch_size,
        samples: arguments.samples.get(),
        curricula,
        machine: Machine::this(),
    };
    printer.result(&text(&result))?;
    printer.json(&result)?;
    Ok(Status::Done)
}

fn asked(arguments: &BenchCurriculaArguments) -> Result<Vec<CurriculumConfig>> {
    if !arguments.curriculum.is_empty() {
        return Ok(arguments.curriculum.clone());
    }
    let all = catalogue().iter().map(|entry| {
        // The losses of the earlier run, and the mentor, are made up here.
        let has_teacher = entry
            .parameters
            .iter()
            .any(|parameter| parameter.name == "teacher");
        let teacher = if has_teacher { ":teacher=earlier-run" } else { "" };
        parse_method(&format!("{}{teacher}", entry.name))
    });
    Ok(all.collect::<std::result::Result<_, _>>()?)
}

/// A mentor that has learnt next to nothing: its weights cost as much as any.
fn any_mentor() -> Result<Mentor> {
    let training = MentorTraining {
        steps: 1,
        restarts: 1,
        ..MentorTraining::default()
    };
    let examples = predefined_examples(&PredefinedCurriculum::SelfPaced.into(), 100, 1, 0);
    let examples = MentorExamples::split(examples, training.variant, 0);
    let learnt = training.train(&examples, &mut |_, _| ())?;
    Ok(Mentor::new(
        learnt,
        ("self-paced".to_owned(), None),
        training,
        &examples,
    ))
}

/// The median over the epochs of a run of nothing but weighing.
fn nanoseconds_per_sample(config: &CurriculumConfig, arguments: &BenchCurriculaArguments) -> Result<f64> {
    let (samples, epochs) = (arguments.samples.get(), arguments.epochs.get());
    let difficulties: Vec<Option<f32>> = losses(0, epochs, samples).into_iter().map(Some).collect();
    let mentor = any_mentor()?;
    let mut curriculum = config.init(&Setting {
        num_classes: Some(NUM_CLASSES as usize),
        num_samples: samples as usize,
        epochs,
        seed: 0,
        difficulties: Some(&difficulties),
        mentor: Some(&mentor),
    })?;
    let rows: Vec<u32> = (0..samples).collect();
    let ids: Vec<u64> = rows.iter().map(|&row| u64::from(row)).collect();
    let labels: Vec<u32> = rows.iter().map(|row| row % NUM_CLASSES).collect();
    let batch_size = arguments.step.batch_size.get();
    let steps_per_epoch = rows.len().div_ceil(batch_size) as u64;
    let mut times = Vec::new();
    for epoch in 0..epochs {
        let losses = losses(epoch, epochs, samples);
        let begun = Instant::now();
        let positions = (0..rows.len()).step_by(batch_size);
        for (step, from) in positions.enumerate() {
            let range = from..(from + batch_size).min(rows.len());
            let batch = Batch {
                losses: &losses[range.clone()],
                ids: &ids[range.clone()],
                rows: &rows[range.clone()],
                labels: &labels[range],
                progress: Progress {
                    epoch,
                    epochs,
                    step: u64::from(epoch) * steps_per_epoch + step as u64,
                    steps: u64::from(epochs) * steps_per_epoch,
                },
                noise_rate: Some(NOISE_RATE),
            };
            black_box(curriculum.weigh(&batch)?);
        }
        times.push(begun.elapsed().as_secs_f64() * 1e9 / f64::from(samples));
        // A mentor that learns from the run would else weigh nothing here; its learning is not timed.
        curriculum.epoch_ended(&EpochEnd {
            epoch,
            epochs,
            trusted: &observed(&losses),
        })?;
    }
    Ok(median(&times))
}

/// What is known of a few samples: those with the larger losses are wrong.
fn observed(losses: &[f32]) -> Vec<MentorObservation> {
    let observe = |&loss: &f32| MentorObservation {
        percent: 0,
        given_label: 0,
        is_right: f64::from(loss) < f64::from(NUM_CLASSES).ln(),
        loss: f64::from(loss),
    };
    losses.iter().take(1000).map(observe).collect()
}

/// Losses as they are in training: at first all about those of guessing, in the end low where labels are right and high
/// where they are wrong.
fn losses(epoch: u32, epochs: u32, samples: u32) -> Vec<f32> {
    let guessing = f64::from(NUM_CLASSES).ln();
    let learnt = f64::from(epoch) / f64::from(epochs.max(2) - 1);
    let mut random = Stream::new(0, Purpose::Benchmark).at([1, u64::from(epoch)]);
    let mut loss = || {
        let is_wrong = random.random::<f64>() < NOISE_RATE;
        let target = if is_wrong { 1.5 * guessing } else { 0.2 * guessing };
        let spread = 0.5 + random.random::<f64>();
        (((1.0 - learnt) * guessing + learnt * target) * spread) as f32
    };
    (0..samples).map(|_| loss()).collect()
}

fn text(result: &CurriculaResult) -> String {
    let mut table = vec![
        ["curriculum", "ns a sample", "of a step"]
            .map(str::to_owned)
            .to_vec(),
    ];
    table.extend(result.curricula.iter().map(|cost| {
        vec![
            cost.curriculum.clone(),
            format!("{:.1}", cost.nanoseconds_per_sample),
            format!("{:.3} %", 100.0 * cost.share_of_step),
        ]
    }));
    let head = format!(
        "weighing {} samples in batches of {}; a step of big-lenet takes {:.1} ms",
        result.samples, result.batch_size, result.step_ms
    );
    let mut rows = vec![String::new(), head, String::new()];
    rows.extend(aligned(&table));
    lines(&rows)
}
