//! Whole runs: reproducible to the bit, resumable, honest about what they cannot do.
use burn::tensor::Device;
use didact_curriculum::Progress;
use didact_data::{Batch, Dataset, SampleShape};

use crate::small_config::small_config;
use crate::support::{
    assert_same_run, prepared, reproducible, resume, run, run_on_threads, run_with_a_break,
};
use didact_run::{Split, Summary, read_ledger};
use didact_train::{
    Interface, Interruption, Learner, LearnerSetting, Lesson, Prepared, Sources, TrainError, Trainer,
    ValidationChoice, parse_method,
};

#[test]
fn a_run_leaves_everything_behind() {
    let parent = tempfile::tempdir().unwrap();
    let folder = run(&small_config(), &parent.path().join("run"));
    let summary: Summary = folder.read_json(&folder.summary()).unwrap();
    assert_eq!(
        (summary.epochs_run, summary.parameters),
        (2, 784 * 32 + 32 + 32 * 10 + 10)
    );
    assert!(summary.train.last.is_some() && summary.test_last.is_some());
    let ledger = read_ledger(&folder.ledger(2)).unwrap();
    assert_eq!(ledger.len(), 640);
    let trained: Vec<usize> = (0..640)
        .filter(|&row| ledger.split[row] == Split::Train)
        .collect();
    let noisy = trained
        .iter()
        .filter(|&&row| ledger.is_noisy(row) == Some(true))
        .count();
    assert!((noisy as f64 / trained.len() as f64 - summary.noise.unwrap().realised).abs() < 1e-12);
    let (shape, probabilities) = didact_run::read_array(&folder.probabilities()).unwrap();
    assert_eq!(shape, [640, 10]);
    assert!(
        probabilities
            .chunks(10)
            .all(|row| (row.iter().sum::<f32>() - 1.0).abs() < 1e-5)
    );
    assert_eq!(didact_run::read_array(&folder.features()).unwrap().0, [640, 32]);
}

#[test]
fn the_same_seed_gives_the_same_bits_for_one_and_two_threads() {
    let parent = tempfile::tempdir().unwrap();
    let mut config = small_config();
    config.model = parse_method("big-lenet:padding=same").unwrap();
    let folders =
        [1, 2].map(|threads| run_on_threads(&config, &parent.path().join(threads.to_string()), threads));
    assert_same_run(&folders[0], &folders[1]);
}

#[test]
fn another_seed_gives_another_run() {
    let parent = tempfile::tempdir().unwrap();
    let first = run(&small_config(), &parent.path().join("first"));
    let mut config = small_config();
    config.seed += 1;
    let second = run(&config, &parent.path().join("second"));
    assert_ne!(reproducible(&first)[3].1, reproducible(&second)[3].1);
}

#[test]
fn an_interrupted_run_goes_on_to_the_same_bits() {
    let parent = tempfile::tempdir().unwrap();
    let config = small_config();
    let undisturbed = run(&config, &parent.path().join("undisturbed"));
    // An epoch has nine batches: within the first, at its end, within the second.
    for steps in [1, 5, 9, 10, 17] {
        let folder = run_with_a_break(&config, &parent.path().join(steps.to_string()), steps);
        assert_same_run(&undisturbed, &folder);
    }
}

#[test]
fn resuming_a_finished_run_changes_nothing() {
    let parent = tempfile::tempdir().unwrap();
    let config = small_config();
    let folder = run(&config, &parent.path().join("run"));
    let before = reproducible(&folder);
    resume(&config, &folder);
    assert_eq!(before, reproducible(&folder));
}

#[test]
fn other_settings_and_other_data_are_refused_on_resumption() {
    let parent = tempfile::tempdir().unwrap();
    let config = small_config();
    let folder = run(&config, &parent.path().join("run"));
    let mut other = config.clone();
    other.learning_rate = 0.5.try_into().unwrap();
    let error = Trainer::resume(other, prepared(&config), folder.clone())
        .err()
        .unwrap();
    assert_eq!(
        error.to_string(),
        "the run was begun with learning-rate = 0.001, not 0.5"
    );
    let mut noise = config.clone();
    noise.data = "embedded:fashion-mnist#1..641".into();
    let error = Trainer::resume(config.clone(), prepared(&noise), folder)
        .err()
        .unwrap();
    assert!(matches!(error, TrainError::DataChanged { .. }), "{error}");
}

#[test]
fn a_diverging_run_stops_with_the_place_and_the_samples() {
    let parent = tempfile::tempdir().unwrap();
    let mut config = small_config();
    config.optimizer = parse_method("sgd").unwrap();
    config.gradient_clip = None;
    config.curriculum = parse_method("none").unwrap();
    config.learning_rate = 1e30.try_into().unwrap();
    let path = parent.path().join("run");
    let mut trainer = Trainer::begin(config.clone(), prepared(&config), &path).unwrap();
    let error = trainer.run(&mut (), &Interruption::none()).unwrap_err();
    let TrainError::Diverged {
        epoch: 1,
        ref ids,
        count,
        ..
    } = error
    else {
        panic!("{error}")
    };
    assert!(!ids.is_empty() && count >= ids.len());
    assert!(error.hint().unwrap().contains("--learning-rate"));
}

#[test]
fn test_samples_that_were_trained_on_are_refused() {
    let mut config = small_config();
    config.test = Some("embedded:fashion-mnist#600..700".to_owned().into());
    let error = Prepared::new(Sources::open(&config).unwrap(), &config).unwrap_err();
    assert!(matches!(error, TrainError::Leak { .. }), "{error}");
}

#[test]
fn a_batch_larger_than_the_data_is_refused() {
    let mut config = small_config();
    config.batch_size = 1000.try_into().unwrap();
    let error = Prepared::new(Sources::open(&config).unwrap(), &config).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a batch of 1000 is larger than the 576 training samples"
    );
}

#[test]
fn a_step_of_large_images_has_the_same_bits_for_any_number_of_threads() {
    // 160 images make activations of more than 4 Mi numbers, which Flex sums in parallel where it sums everything.
    let shape = SampleShape::Image {
        channels: 3,
        height: 32,
        width: 32,
    };
    let labels: Vec<u32> = (0..160).map(|row| row % 10).collect();
    let pixels: Vec<u8> = (0..160 * shape.len())
        .map(|position| (position * 7919 % 251) as u8)
        .collect();
    let values = pixels
        .iter()
        .map(|&pixel| f32::from(pixel) / 127.0 - 1.0)
        .collect();
    let dataset = Dataset::from_pixels(pixels, shape, labels).unwrap();
    let batch = Batch {
        index: 0,
        rows: (0..160).collect(),
        values,
    };
    let mut config = small_config();
    config.model = parse_method("big-lenet:padding=same").unwrap();
    let weights = [1, 2, 4].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| {
            let interface = Interface {
                input: shape,
                num_classes: 10,
            };
            let setting = LearnerSetting {
                interface,
                num_samples: 160,
                class_names: &[],
                difficulties: None,
                mentor: None,
                soft_labels: None,
            };
            let mut learner = Learner::new(&config, &setting, 3, &Device::flex().autodiff()).unwrap();
            let progress = Progress {
                epoch: 0,
                epochs: 1,
                step: 0,
                steps: 1,
            };
            learner
                .step(&Lesson::new(&batch, &dataset, progress), 1e-3)
                .unwrap();
            learner.parameters.store()
        })
    });
    assert!(weights[0] == weights[1] && weights[0] == weights[2]);
}

#[test]
fn a_last_batch_of_one_sample_leaves_the_statistics_alone() {
    let parent = tempfile::tempdir().unwrap();
    let mut config = small_config();
    config.model = parse_method("big-lenet:padding=same").unwrap();
    config.validation = ValidationChoice::None;
    config.data = "embedded:fashion-mnist#0..65".into();
    let folder = run(&config, &parent.path().join("run"));
    let ledger = read_ledger(&folder.ledger(2)).unwrap();
    assert!(ledger.loss.iter().all(|loss| loss.unwrap().is_finite()));
    assert_eq!(ledger.len(), 65);
}

#[test]
fn early_stopping_without_validation_is_refused() {
    let parent = tempfile::tempdir().unwrap();
    let mut config = small_config();
    config.validation = ValidationChoice::None;
    config.early_stopping = std::num::NonZeroU32::new(3);
    let error = Trainer::begin(config.clone(), prepared(&config), &parent.path().join("run"))
        .err()
        .unwrap();
    assert!(matches!(error, TrainError::NothingToStopBy), "{error}");
    assert!(!parent.path().join("run").exists());
}

#[test]
fn a_configuration_that_was_edited_is_refused_on_resumption() {
    let parent = tempfile::tempdir().unwrap();
    let mut config = small_config();
    let folder = run(&config, &parent.path().join("run"));
    config.learning_rate = 0.5.try_into().unwrap();
    folder.write_config(&config).unwrap();
    let error = Trainer::resume(config.clone(), prepared(&config), folder)
        .err()
        .unwrap();
    assert!(matches!(error, TrainError::ConfigChanged { .. }), "{error}");
}

#[test]
fn a_network_that_cannot_be_meant_is_refused_before_it_takes_memory() {
    let mut config = small_config();
    config.model = parse_method("mlp:hidden=65536x65536").unwrap();
    let setting = LearnerSetting {
        interface: prepared(&config).interface(),
        num_samples: 640,
        class_names: &[],
        difficulties: None,
        mentor: None,
        soft_labels: None,
    };
    let error = Learner::new(&config, &setting, 0, &Device::flex()).err().unwrap();
    assert!(matches!(error, TrainError::ModelTooLarge { .. }), "{error}");
}

/// Numbers of a search have sixteen digits, and a reader that is off in the last one would take them for other settings.
#[test]
fn a_run_goes_on_whatever_the_digits_of_its_settings() {
    let parent = tempfile::tempdir().unwrap();
    let mut config = small_config();
    for (index, rate) in [0.009_997_069_015_240_919, 0.1 + 0.2, 1.0 / 3.0e5]
        .into_iter()
        .enumerate()
    {
        config.learning_rate = rate.try_into().unwrap();
        let folder = run_with_a_break(&config, &parent.path().join(index.to_string()), 5);
        assert!(folder.summary().is_file());
    }
}
