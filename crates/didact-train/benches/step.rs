//! One training step (forward, loss, weights, backward, Adam) and one evaluation of a batch of 128 images 3x32x32.
//!
//! `cargo bench -p didact-train` prints the time of each; 128 over it is images per second.

#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

#[path = "../tests/runs/small_config.rs"]
mod small_config;

use std::hint::black_box;

use burn::tensor::Device;
use criterion::{Criterion, criterion_group, criterion_main};
use didact_curriculum::Progress;
use didact_data::{Batch, Dataset, SampleShape};
use didact_train::{Interface, LabelledFirst, Learner, LearnerSetting, Lesson, parse_method};

const SHAPE: SampleShape = SampleShape::Image {
    channels: 3,
    height: 32,
    width: 32,
};
const BATCH_SIZE: usize = 128;
const NUM_CLASSES: usize = 100;

fn big_lenet(criterion: &mut Criterion) {
    let mut config = small_config::small_config();
    config.model = parse_method("big-lenet").unwrap();
    config.gradient_clip = None;
    let interface = Interface {
        input: SHAPE,
        num_classes: NUM_CLASSES,
    };
    let setting = LearnerSetting {
        interface,
        num_samples: 160,
        class_names: &[],
        difficulties: None,
        mentor: None,
        soft_labels: None,
    };
    let mut learner = Learner::new(&config, &setting, 0, &Device::flex().autodiff()).unwrap();
    let labels: Vec<u32> = (0..BATCH_SIZE as u32)
        .map(|row| row % NUM_CLASSES as u32)
        .collect();
    let pixels: Vec<u8> = (0..BATCH_SIZE * SHAPE.len())
        .map(|position| (position * 7919 % 251) as u8)
        .collect();
    let values = pixels
        .iter()
        .map(|&pixel| f32::from(pixel) / 127.0 - 1.0)
        .collect();
    let dataset = Dataset::from_pixels(pixels, SHAPE, labels).unwrap();
    let batch = Batch {
        index: 0,
        rows: (0..BATCH_SIZE as u32).collect(),
        values,
    };
    let progress = Progress {
        epoch: 0,
        epochs: 1,
        step: 0,
        steps: 1,
    };

    criterion.bench_function("step/big-lenet/128x3x32x32", |bencher| {
        bencher.iter(|| {
            learner
                .step(&Lesson::new(&batch, &dataset, progress), 1e-3)
                .unwrap()
        });
    });
    let frozen = learner.parameters.frozen();
    let samples = LabelledFirst::of(&batch, &dataset);
    criterion.bench_function("evaluation/big-lenet/128x3x32x32", |bencher| {
        bencher.iter(|| black_box(learner.classifier.judge(&frozen, &samples)));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = big_lenet
}
criterion_main!(benches);
