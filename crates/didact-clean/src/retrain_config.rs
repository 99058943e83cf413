//! How a model is trained on the corrected labels.

use std::num::NonZeroU32;

use didact_curriculum::CurriculumConfig;
use didact_train::{LossConfig, PositiveNumber, TrainConfig, method_spelling, parse_method};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::value_or_none::ValueOrNone;

/// How a model is trained on the corrected labels, spelt `scratch`, `fine-tune:learning-rate=1e-4,mixup=0.2` or
/// `scratch:loss=cross-entropy,curriculum=none`. What is not said is as for the first model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case")]
pub enum RetrainConfig {
    /// From random weights.
    Scratch(RetrainSettings),
    /// From the weights of the model that the labels were corrected with.
    FineTune(RetrainSettings),
}

/// Where a retrained model starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// At random weights.
    Random,
    /// At the weights of the model that the labels were corrected with.
    Trained,
}

impl Default for RetrainConfig {
    fn default() -> Self {
        Self::Scratch(RetrainSettings::default())
    }
}

impl RetrainConfig {
    /// Its settings.
    pub fn settings(&self) -> &RetrainSettings {
        match self {
            Self::Scratch(settings) | Self::FineTune(settings) => settings,
        }
    }

    /// Where it starts.
    pub fn start(&self) -> Start {
        match self {
            Self::Scratch(_) => Start::Random,
            Self::FineTune(_) => Start::Trained,
        }
    }
}

/// What a retraining may have otherwise than the first one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct RetrainSettings {
    /// The loss of a sample, as it is spelt: corrected labels need not be resisted as given ones.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "spell",
        deserialize_with = "spelt"
    )]
    pub loss: Option<LossConfig>,
    /// How much each sample counts, as it is spelt.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "spell",
        deserialize_with = "spelt"
    )]
    pub curriculum: Option<CurriculumConfig>,
    /// Strength of mixup, or `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mixup: Option<ValueOrNone<PositiveNumber>>,
    /// The base learning rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learning_rate: Option<PositiveNumber>,
    /// Number of epochs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epochs: Option<NonZeroU32>,
    /// Epochs without improvement after which it stops, or `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub early_stopping: Option<ValueOrNone<NonZeroU32>>,
}

impl RetrainSettings {
    /// The first model's settings, changed.
    pub fn over(&self, training: &TrainConfig) -> TrainConfig {
        TrainConfig {
            loss: self.loss.clone().unwrap_or_else(|| training.loss.clone()),
            curriculum: self
                .curriculum
                .clone()
                .unwrap_or_else(|| training.curriculum.clone()),
            mixup: self.mixup.map_or(training.mixup, ValueOrNone::value),
            learning_rate: self.learning_rate.unwrap_or(training.learning_rate),
            epochs: self.epochs.unwrap_or(training.epochs),
            early_stopping: self
                .early_stopping
                .map_or(training.early_stopping, ValueOrNone::value),
            ..training.clone()
        }
    }
}

/// Writes a method as it is spelt, so that a retraining with methods among its settings can be spelt as well.
#[expect(clippy::ref_option, reason = "serde passes a reference to the field")]
fn spell<S: Serializer>(method: &Option<impl Serialize>, serializer: S) -> Result<S::Ok, S::Error> {
    method.as_ref().map(method_spelling).serialize(serializer)
}

fn spelt<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Option<T>, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_method(&text)
        .map(Some)
        .map_err(|error| D::Error::custom(error.reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_data::small_cleaning;

    #[test]
    fn loss_and_curriculum_are_spelt_and_take_the_place_of_the_first_models() {
        let text = "scratch:curriculum=spl-linear:to=0.6,loss=symmetric-cross-entropy";
        let retrain: RetrainConfig = parse_method(text).unwrap();
        let place = tempfile::tempdir().unwrap();
        let (config, _) = small_cleaning(place.path());
        let training = retrain.settings().over(&config.training);
        assert!(method_spelling(&training.curriculum).starts_with("spl-linear:"));
        assert!(method_spelling(&training.loss).starts_with("symmetric-cross-entropy:"));
        assert_eq!(training.epochs, config.training.epochs);
        // As it is written to `cleaning.toml`, and read.
        let written = toml::to_string(&retrain).unwrap();
        assert_eq!(toml::from_str::<RetrainConfig>(&written).unwrap(), retrain);
        let unknown = parse_method::<RetrainConfig>("scratch:curriculum=nne").unwrap_err();
        assert!(unknown.reason.contains("nne"), "{unknown}");
    }

    #[test]
    fn mixup_and_early_stopping_of_the_first_model_can_be_left_out_and_replaced() {
        let place = tempfile::tempdir().unwrap();
        let (mut config, _) = small_cleaning(place.path());
        let (mixup, patience) = (0.2.try_into().unwrap(), NonZeroU32::MIN);
        (config.training.mixup, config.training.early_stopping) = (Some(mixup), Some(patience));
        let settings = |text: &str| {
            let retrain: RetrainConfig = parse_method(text).unwrap();
            let written = toml::to_string(&retrain).unwrap();
            assert_eq!(
                toml::from_str::<RetrainConfig>(&written).unwrap(),
                retrain,
                "{text}"
            );
            let training = retrain.settings().over(&config.training);
            (training.mixup, training.early_stopping)
        };
        assert_eq!(settings("scratch"), (Some(mixup), Some(patience)));
        assert_eq!(settings("scratch:mixup=none,early-stopping=none"), (None, None));
        let others = (Some(0.5.try_into().unwrap()), NonZeroU32::new(7));
        assert_eq!(settings("fine-tune:mixup=0.5,early-stopping=7"), others);
        for (wrong, expected) in [
            ("mixup=nil", "expected a number or `none`"),
            ("mixup=-1", "-1 is not above 0"),
            ("early-stopping=0", "integer `0`"),
            ("early-stopping=2.5", "`early-stopping`: invalid type"),
        ] {
            let refused = parse_method::<RetrainConfig>(&format!("scratch:{wrong}")).unwrap_err();
            assert!(refused.reason.contains(expected), "{refused}");
        }
    }
}
