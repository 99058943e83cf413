//! The lowest layers: defaults, and those that depend on the data or on other settings.

use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use didact_data::SampleShape;
use didact_train::{OptimizerConfig, TrainConfig};

use super::TrainSettings;
use super::spelling::MOST_THREADS;
use crate::error::{Complaint, Result};

const DEFAULTS: &str = include_str!("defaults.toml");

/// Smaller images leave nothing after three poolings of `big-lenet` without padding.
const SMALLEST_UNPADDED: usize = 22;
/// Smaller images leave nothing after three poolings of `big-lenet` at all.
const SMALLEST_POOLED: usize = 8;

impl TrainSettings {
    /// The configuration of a run on samples of a shape: absolute paths, and no setting left open.
    ///
    /// # Errors
    ///
    /// If no layer names the data.
    pub(crate) fn resolve(&self, samples: SampleShape) -> Result<TrainConfig> {
        let input = self.features.map_or(samples, |features| features.shape(samples));
        let all = self
            .clone()
            .with_absolute_paths()?
            .over(by_shape(input)?)
            .over(toml::from_str(DEFAULTS)?);
        all.dependent().complete()
    }

    /// The settings that follow from others.
    fn dependent(mut self) -> Self {
        self.confidence = self.confidence.or_else(|| self.curriculum.clone());
        self.noise_seed = self.noise_seed.or(self.seed);
        let rate = if matches!(self.optimizer, Some(OptimizerConfig::Sgd(_))) {
            0.1
        } else {
            0.001
        };
        self.learning_rate = self.learning_rate.or_else(|| rate.try_into().ok());
        self.threads = self.threads.or_else(|| Some(all_threads()));
        self
    }

    fn complete(self) -> Result<TrainConfig> {
        Ok(TrainConfig {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            data: given(self.data, "data")?,
            format: self.format,
            labels: self.labels,
            image_size: self.image_size,
            skip_bad: given(self.skip_bad, "skip-bad")?,
            memory_budget: given(self.memory_budget, "memory-budget")?,
            true_labels: self.true_labels,
            trusted: self.trusted,
            noise: self.noise,
            noise_seed: given(self.noise_seed, "noise-seed")?,
            validation: given(self.validation, "validation")?,
            test: self.test,
            features: self.features,
            normalize: given(self.normalize, "normalize")?,
            model: given(self.model, "model")?,
            initial_weights: self.initial_weights,
            loss: given(self.loss, "loss")?,
            label_smoothing: given(self.label_smoothing, "label-smoothing")?,
            mixup: self.mixup,
            weight_averaging: self.weight_averaging,
            strategy: given(self.strategy, "strategy")?,
            curriculum: given(self.curriculum, "curriculum")?,
            confidence: given(self.confidence, "confidence")?,
            optimizer: given(self.optimizer, "optimizer")?,
            learning_rate: given(self.learning_rate, "learning-rate")?,
            schedule: given(self.schedule, "schedule")?,
            weight_decay: given(self.weight_decay, "weight-decay")?,
            gradient_clip: self.gradient_clip,
            augment: given(self.augment, "augment")?,
            epochs: given(self.epochs, "epochs")?,
            batch_size: given(self.batch_size, "batch-size")?,
            early_stopping: self.early_stopping,
            select: given(self.select, "select")?,
            select_metric: given(self.select_metric, "select-metric")?,
            seed: given(self.seed, "seed")?,
            threads: given(self.threads, "threads")?,
            precision: given(self.precision, "precision")?,
            device: given(self.device, "device")?,
        })
    }
}

/// All threads that the processor can run at once, within reason.
pub(crate) fn all_threads() -> NonZeroUsize {
    available_parallelism().map_or(NonZeroUsize::MIN, |all| all.min(MOST_THREADS))
}

/// The network and the augmentation that suit samples of a shape.
///
/// Grey images are not mirrored: they are digits and letters more often than not, and lose little otherwise.
fn by_shape(samples: SampleShape) -> Result<TrainSettings> {
    let (side, augment) = match samples {
        SampleShape::Image {
            channels: 1,
            height,
            width,
        } => (height.min(width), "shift"),
        SampleShape::Image { height, width, .. } => (height.min(width), "standard"),
        SampleShape::Features { .. } => (0, "none"),
    };
    let (model, augment) = match side {
        SMALLEST_UNPADDED.. => ("big-lenet", augment),
        SMALLEST_POOLED.. => ("big-lenet:padding=same", augment),
        _ => ("mlp", "none"),
    };
    Ok(toml::from_str(&format!(
        "model = '{model}'\naugment = '{augment}'"
    ))?)
}

fn given<T>(setting: Option<T>, key: &str) -> Result<T> {
    let missing = || {
        Complaint::new(
            format!("`{key}` is missing"),
            "name it on the command line, or in --config FILE",
        )
    };
    Ok(setting.ok_or_else(missing)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use didact_data::Augmentation;

    #[test]
    fn only_images_in_colour_are_mirrored_by_default() {
        let default = |channels, side| {
            let (height, width) = (side, side);
            let image = SampleShape::Image {
                channels,
                height,
                width,
            };
            by_shape(image).unwrap().augment.unwrap()
        };
        assert_eq!(default(3, 32), Augmentation::standard());
        assert_eq!(default(1, 28), Augmentation::shift());
        assert_eq!(default(1, 8), Augmentation::shift());
        assert_eq!(default(3, 7), Augmentation::none());
        let features = by_shape(SampleShape::Features { count: 3072 }).unwrap();
        assert_eq!(features.augment, Some(Augmentation::none()));
    }
}
