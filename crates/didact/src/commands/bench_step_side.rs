//! One side of a round of `didact bench step`.

use std::sync::Arc;
use std::time::Instant;

use didact_curriculum::{CurriculumConfig, Progress};
use didact_train::{Interface, Learner, LearnerSetting, Lesson, TrainConfig, peak_rss_bytes};

use crate::arguments::{BenchStepSideArguments, StepArguments};
use crate::benchmark::{IMAGES, Measured, Network, first_batch, median, synthetic};
use crate::error::{Result, Status};
use crate::output::Printer;
use crate::settings::TrainSettings;
use crate::training;

const LEARNING_RATE: f64 = 1e-3;

pub(crate) fn bench_step_side(arguments: &BenchStepSideArguments, printer: Printer) -> Result<Status> {
    training::use_threads(arguments.step.processor.threads());
    let measured = measure(arguments.network, &arguments.step)?;
    printer.result(&(serde_json::to_string(&measured)? + "\n"))?;
    Ok(Status::Done)
}

/// Steps of a network, timed in this process.
pub(super) fn measure(network: Network, arguments: &StepArguments) -> Result<Measured> {
    let config = config(network, arguments)?;
    let num_classes = network.num_classes();
    let dataset = Arc::new(synthetic(0, arguments.batch_size.get() as u32, num_classes)?);
    let batch = first_batch(&dataset)?;
    let interface = Interface {
        input: IMAGES,
        num_classes,
    };
    let setting = LearnerSetting {
        interface,
        num_samples: dataset.len(),
        class_names: &[],
        difficulties: None,
        mentor: None,
        soft_labels: None,
    };
    let mut learner = Learner::new(&config, &setting, config.seed, &config.device.open()?)?;
    let steps = (arguments.warm_up + arguments.steps.get()) as u64;
    let (mut milliseconds, mut loss) = (Vec::new(), 0.0);
    for step in 0..steps {
        let begun = Instant::now();
        let lesson = Lesson::new(
            &batch,
            &dataset,
            Progress {
                epoch: 0,
                epochs: 1,
                step,
                steps,
            },
        );
        let outcome = learner.step(&lesson, LEARNING_RATE)?;
        loss = outcome.scores.losses.iter().sum::<f32>() / batch.rows.len() as f32;
        milliseconds.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    let timed = &milliseconds[arguments.warm_up..];
    Ok(Measured {
        median_ms: median(timed),
        min_ms: timed.iter().copied().fold(f64::INFINITY, f64::min),
        peak_rss_bytes: peak_rss_bytes(),
        loss,
    })
}

/// What `didact train` would make of the network: Adam, cross-entropy, no curriculum.
fn config(network: Network, arguments: &StepArguments) -> Result<TrainConfig> {
    let settings = TrainSettings {
        data: Some("synthetic".into()),
        model: Some(network.model()?),
        curriculum: Some(CurriculumConfig::None),
        batch_size: Some(arguments.batch_size),
        threads: Some(arguments.processor.threads()),
        precision: Some(arguments.processor.precision),
        ..TrainSettings::default()
    };
    settings.resolve(IMAGES)
}
