//! The configuration of a small run: a share of the embedded images, with noise.

use std::num::{NonZeroU32, NonZeroUsize};

use didact_curriculum::CurriculumConfig;
use didact_train::{TrainConfig, ValidationChoice, parse_method};

/// 640 images to train on, 64 to choose, 64 to report; a small network; two epochs.
pub(crate) fn small_config() -> TrainConfig {
    let curriculum: CurriculumConfig = parse_method("superloss:expectation=exponential").unwrap();
    TrainConfig {
        version: "test".to_owned(),
        data: "embedded:fashion-mnist#0..640".into(),
        format: None,
        labels: None,
        image_size: None,
        skip_bad: false,
        memory_budget: 64,
        true_labels: None,
        trusted: None,
        noise: Some("symmetric:0.4".parse().unwrap()),
        noise_seed: 5,
        validation: ValidationChoice::Fraction(0.1.try_into().unwrap()),
        test: Some("embedded:fashion-mnist#9000..9064".to_owned().into()),
        features: None,
        normalize: parse_method("measured").unwrap(),
        model: parse_method("mlp:hidden=32,dropout=0.2").unwrap(),
        initial_weights: None,
        loss: parse_method("cross-entropy").unwrap(),
        label_smoothing: 0.1.try_into().unwrap(),
        mixup: None,
        weight_averaging: None,
        strategy: didact_train::StrategyConfig::Single,
        confidence: curriculum.clone(),
        curriculum,
        optimizer: parse_method("adam").unwrap(),
        learning_rate: 1e-3.try_into().unwrap(),
        schedule: parse_method("cosine:warmup=0.5").unwrap(),
        weight_decay: 1e-4.try_into().unwrap(),
        gradient_clip: Some(1.0.try_into().unwrap()),
        augment: "standard".parse().unwrap(),
        epochs: NonZeroU32::new(2).unwrap(),
        batch_size: NonZeroUsize::new(64).unwrap(),
        early_stopping: None,
        select: didact_train::Select::Best,
        select_metric: didact_train::SelectMetric::Accuracy,
        seed: 3,
        threads: NonZeroUsize::new(2).unwrap(),
        precision: didact_train::Precision::F32,
        device: didact_train::DeviceChoice::Cpu,
    }
}
