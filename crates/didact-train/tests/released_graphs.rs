//! A step that is not taken keeps no memory. In a process of its own, as what others take cannot be told apart.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "runs/small_config.rs"]
mod small_config;

use burn::tensor::Device;
use didact_curriculum::Progress;
use didact_data::{Batch, Dataset, SampleShape};
use didact_train::{Interface, Learner, LearnerSetting, Lesson, parse_method};

use small_config::small_config;

/// A forward pass of so many samples through as many hidden units keeps 4 MiB and more for the way back.
const SAMPLES: usize = 1024;

const STEPS: u64 = 60;

/// A quarter of what the passes keep together if nothing lets go of them.
const BOUND: u64 = STEPS << 20;

/// What the process holds now, in bytes.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes = line.unwrap().trim().trim_end_matches("kB").trim();
    kibibytes.parse::<u64>().unwrap() * 1024
}

fn learner(curriculum: &str) -> Learner {
    let mut config = small_config();
    config.model = parse_method("mlp:hidden=1024").unwrap();
    config.curriculum = parse_method(curriculum).unwrap();
    let setting = LearnerSetting {
        interface: Interface {
            input: SampleShape::Features { count: 2 },
            num_classes: 3,
        },
        num_samples: SAMPLES,
        class_names: &[],
        difficulties: None,
        mentor: None,
        soft_labels: None,
    };
    Learner::new(&config, &setting, 3, &Device::flex().autodiff()).unwrap()
}

/// By how much the process grows in steps on a batch, once it has what every step needs.
fn growth(curriculum: &str, given: Vec<Option<u32>>) -> u64 {
    let points = vec![0.5_f32; 2 * SAMPLES];
    let dataset = Dataset::from_features(
        points.clone(),
        2,
        (0..SAMPLES as u32).map(|row| row % 3).collect(),
    );
    let dataset = dataset.unwrap().with_given_labels(given).unwrap();
    let batch = Batch {
        index: 0,
        rows: (0..SAMPLES as u32).collect(),
        values: points,
    };
    let mut learner = learner(curriculum);
    let mut take_steps = |steps: u64| {
        for step in 0..steps {
            let progress = Progress {
                epoch: 0,
                epochs: 1,
                step,
                steps,
            };
            let outcome = learner
                .step(&Lesson::new(&batch, &dataset, progress), 1e-3)
                .unwrap();
            assert!(outcome.weights.iter().all(|weight| *weight == 0.0));
        }
    };
    take_steps(5);
    let before = resident();
    take_steps(STEPS);
    resident().saturating_sub(before)
}

#[test]
fn steps_that_are_not_taken_do_not_fill_the_memory() {
    let labelled = (0..SAMPLES as u32).map(|row| Some(row % 3)).collect();
    let selecting_nothing = growth("spl-hard:threshold=growth,start=1e-6", labelled);
    let without_labels = growth("none", vec![None; SAMPLES]);
    for (case, grown) in [
        ("nothing counts", selecting_nothing),
        ("no label", without_labels),
    ] {
        assert!(grown < BOUND, "{case}: {grown} bytes in {STEPS} steps");
    }
}
