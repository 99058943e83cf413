//! Runs on parts that were drawn elsewhere, with importance and soft labels.

use std::path::Path;

use didact_run::{RunFolder, StoredValues, TensorFile};
use didact_train::{
    Ending, GivenParts, Interruption, Prepared, SoftLabels, TrainConfig, TrainError, Trainer, parse_method,
};

use crate::small_config::small_config;
use crate::support::prepared;

/// The parts of the small run.
fn parts(config: &TrainConfig) -> GivenParts {
    let Prepared {
        train,
        validation,
        test,
        true_labels,
        ..
    } = prepared(config);
    GivenParts {
        train,
        validation,
        test,
        true_labels,
        importance: Vec::new(),
        soft_labels: None,
        validation_labels: "for the test",
    }
}

/// The last weights of a run, flat.
fn weights(config: &TrainConfig, parts: GivenParts, path: &Path) -> Vec<f32> {
    let data = Prepared::from_parts(parts, config).unwrap();
    let mut trainer = Trainer::begin(config.clone(), data, path).unwrap();
    let ending = trainer.run(&mut (), &Interruption::none()).unwrap();
    assert_eq!(ending, Ending::Finished);
    let mut tensors = TensorFile::read(&RunFolder::open(path).unwrap().last_model())
        .unwrap()
        .tensors;
    // The file has no order.
    tensors.sort_by(|left, right| left.name.cmp(&right.name));
    let numbers = |values: &StoredValues| match values {
        StoredValues::F32(numbers) => numbers.clone(),
        StoredValues::I64(_) => Vec::new(),
    };
    tensors
        .iter()
        .flat_map(|tensor| numbers(&tensor.values))
        .collect()
}

fn plain() -> TrainConfig {
    TrainConfig {
        curriculum: parse_method("none").unwrap(),
        gradient_clip: None,
        label_smoothing: 0.0.try_into().unwrap(),
        ..small_config()
    }
}

#[test]
fn importance_of_one_changes_no_bit_and_of_nothing_leaves_samples_out_also_of_mixtures() {
    let place = tempfile::tempdir().unwrap();
    for mixup in [None, Some(0.4.try_into().unwrap())] {
        let config = TrainConfig { mixup, ..plain() };
        let name = |end: &str| place.path().join(format!("{}-{end}", mixup.is_some()));
        let with = |end: &str, importance: Vec<f32>| {
            let parts = GivenParts {
                importance,
                ..parts(&config)
            };
            weights(&config, parts, &name(end))
        };
        let usual = with("usual", Vec::new());
        assert!(usual == with("ones", vec![1.0; 640]), "mixup {mixup:?}");
        let none = with("none", vec![0.0; 640]);
        let half = with("half", vec![0.5; 640]);
        assert!(none != usual && half != usual && none != half, "mixup {mixup:?}");
    }
}

#[test]
fn soft_labels_that_are_certain_teach_as_labels_do() {
    let place = tempfile::tempdir().unwrap();
    let config = plain();
    let hard = parts(&config);
    let certain = hard.train.dataset.given_labels().iter().flat_map(|label| {
        let one_hot = |class| f32::from(u8::from(*label == Some(class)));
        (0..10).map(one_hot).collect::<Vec<f32>>()
    });
    let soft = GivenParts {
        soft_labels: Some(SoftLabels::new(certain.collect(), 10).unwrap()),
        ..hard.clone()
    };
    let by_hard = weights(&config, hard, &place.path().join("hard"));
    let by_soft = weights(&config, soft, &place.path().join("soft"));
    let furthest = by_hard
        .iter()
        .zip(&by_soft)
        .map(|(hard, soft)| (hard - soft).abs())
        .fold(0.0, f32::max);
    assert!(furthest < 1e-3, "{furthest}");
}

#[test]
fn soft_labels_are_refused_by_losses_for_one_label_and_leaks_before_anything_is_written() {
    let place = tempfile::tempdir().unwrap();
    let config = TrainConfig {
        loss: parse_method("early-learning").unwrap(),
        ..plain()
    };
    let soft = GivenParts {
        soft_labels: Some(SoftLabels::new(vec![0.1; 6400], 10).unwrap()),
        ..parts(&config)
    };
    let data = Prepared::from_parts(soft, &config).unwrap();
    let refused = Trainer::begin(config.clone(), data, &place.path().join("run"))
        .err()
        .unwrap();
    assert!(matches!(refused, TrainError::Combination { .. }), "{refused}");
    let mut leaking = parts(&config);
    leaking.test = Some(leaking.train.clone());
    let refused = Prepared::from_parts(leaking, &config).unwrap_err();
    assert!(
        matches!(
            refused,
            TrainError::Leak {
                used_for: "training",
                ..
            }
        ),
        "{refused}"
    );
}

#[test]
fn a_run_begins_with_the_weights_of_another() {
    let place = tempfile::tempdir().unwrap();
    let config = plain();
    let first = weights(&config, parts(&config), &place.path().join("first"));
    let mut slow = config.clone();
    slow.initial_weights = Some(place.path().join("first/last.safetensors"));
    slow.learning_rate = 1e-9.try_into().unwrap();
    let second = weights(&slow, parts(&slow), &place.path().join("second"));
    let furthest = first
        .iter()
        .zip(&second)
        .map(|(first, second)| (first - second).abs())
        .fold(0.0, f32::max);
    assert!(furthest < 1e-5, "{furthest}");
    let other = TrainConfig {
        model: parse_method("mlp:hidden=16").unwrap(),
        ..slow
    };
    let data = Prepared::from_parts(parts(&other), &other).unwrap();
    let refused = Trainer::begin(other, data, &place.path().join("third"))
        .err()
        .unwrap();
    assert!(matches!(refused, TrainError::Weights { .. }), "{refused}");
}
