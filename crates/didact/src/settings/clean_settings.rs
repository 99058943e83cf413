//! Every setting of a cleaning: as an option of `didact clean` and as a key of its TOML file.

use std::fs;
use std::num::NonZeroU32;
use std::path::Path;

use anyhow::Context as _;
use didact_clean::{CleanConfig, CleanerConfig, Folds, LabelKind, RetrainConfig, TrustedSplit};
use didact_data::SampleShape;
use didact_labels::cleaning::{SureProbability, Uncertain};
use serde::Deserialize;

use super::TrainSettings;
use super::file::located;
use super::spelling::{self, count, method, number, word_parser};
use crate::error::{Complaint, Result};

const NOTEBOOK: &str = include_str!("presets/notebook.toml");

/// Where no label is trusted, the transition matrix is read off what the first models predict, which must be given labels: what
/// discounts wrong labels predicts something between these and true ones.
const WITHOUT_TRUSTED: &str = "curriculum = 'none'";

/// A recipe with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Preset {
    /// That of the label-cleaning notebook.
    Notebook,
}

/// Every setting of a cleaning; what a layer does not say is absent. The comments are the help of `didact clean`.
#[derive(Clone, Debug, Default, clap::Args, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct CleanSettings {
    /// Which trusted samples fit the cleaner, which select and which report [default: random:fit=0.8,select=0.1]
    ///
    /// What fit and select leave reports. random: shares, drawn from every class by --seed. in-order:fit=8000,select=1000: the
    /// first so many trusted samples, the next so many, and the rest. With --test nothing need be left.
    #[arg(long, value_name = "SPLIT", help_heading = "Cleaning", value_parser = method::<TrustedSplit>)]
    #[serde(deserialize_with = "spelling::method_or_table")]
    pub(crate) trusted_split: Option<TrustedSplit>,
    /// What says what the true label is: posterior or network [default: posterior]
    ///
    /// posterior: Bayes' rule on the first model's predictions and the transition matrix, with weights that the trusted samples
    /// choose; posterior:prior=5,strength=1. network: a small network on the first model's features and the given label, after
    /// Inoue et al., 2017; network:variant=softmax, clipped or notebook, hidden=64, epochs=100, patience=15, batch-size=128,
    /// learning-rate=0.001.
    #[arg(long, help_heading = "Cleaning", value_parser = method::<CleanerConfig>)]
    #[serde(deserialize_with = "spelling::method_or_table")]
    pub(crate) cleaner: Option<CleanerConfig>,
    /// How corrected labels are trained on: hard, as the likeliest class, or soft, as probabilities [default: hard]
    #[arg(long, value_name = "KIND", help_heading = "Cleaning", hide_possible_values = true,
        value_parser = word_parser::<LabelKind>(&["hard", "soft"]))]
    pub(crate) corrected_labels: Option<LabelKind>,
    /// The probability from which a corrected label is believed, in [0, 1] [default: 0.5]
    #[arg(long, value_name = "P", help_heading = "Cleaning", allow_negative_numbers = true,
        value_parser = number::<SureProbability>)]
    pub(crate) sure: Option<SureProbability>,
    /// What becomes of labels that are less sure: weigh, keep or drop [default: weigh]
    ///
    /// weigh: the likeliest class, which counts as much as it is likely. keep: the given label. drop: the sample is left out.
    #[arg(long, value_name = "WORD", help_heading = "Cleaning", hide_possible_values = true,
        value_parser = word_parser::<Uncertain>(&["keep", "weigh", "drop"]))]
    pub(crate) uncertain: Option<Uncertain>,
    /// Most rounds of correcting and training, each with the model of the round before [default: 1]
    ///
    /// It ends sooner when less than half a per cent of the labels that nobody has checked change.
    #[arg(long, value_name = "N", help_heading = "Cleaning", allow_negative_numbers = true,
        value_parser = count::<NonZeroU32>)]
    pub(crate) rounds: Option<NonZeroU32>,
    /// Train K first models, each without a part of the data that it then judges; needs no trusted label
    ///
    /// The report has what they predict on average, as `didact predict --average` does; one model is retrained and kept.
    /// Without --trusted the curriculum is none unless --curriculum says otherwise.
    #[arg(long, value_name = "K", help_heading = "Cleaning", allow_negative_numbers = true,
        value_parser = folds)]
    pub(crate) folds: Option<Folds>,
    /// A model on corrected and trusted labels: scratch or fine-tune; give it again for another [default: scratch]
    ///
    /// fine-tune begins with the weights that the labels were corrected with. Both take loss=LOSS, curriculum=CURRICULUM,
    /// mixup=ALPHA, learning-rate=RATE, epochs=N and early-stopping=N (mixup and early-stopping also none), which are
    /// otherwise as for the first model. The model that is best on the samples that select is kept.
    #[arg(long, value_name = "START", help_heading = "Cleaning", value_parser = method::<RetrainConfig>)]
    #[serde(deserialize_with = "spelling::methods")]
    pub(crate) retrain: Option<Vec<RetrainConfig>>,
    /// A recipe to begin with: notebook; other options win
    ///
    /// notebook: the recipe of the label-cleaning notebook (vgg unless --model says otherwise, plain cross-entropy, adam-w,
    /// early stopping, its label cleaner, fine-tuning without mixup and with it), without its leaks.
    #[arg(long, value_name = "NAME", help_heading = "Cleaning", hide_possible_values = true,
        value_parser = word_parser::<Preset>(&["notebook"]))]
    pub(crate) preset: Option<Preset>,

    #[command(flatten)]
    pub(crate) training: TrainSettings,
}

fn folds(text: &str) -> std::result::Result<Folds, String> {
    let count: u32 = text.parse().map_err(|_| "not a whole number from 2".to_owned())?;
    Folds::try_from(count)
}

impl CleanSettings {
    /// Reads a TOML file whose keys are spelt as the options, those of training in a table `training`.
    ///
    /// # Errors
    ///
    /// File, line and column of what is wrong, with the nearest known name.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        toml::from_str(&text).map_err(|error| located(path, &text, &error).into())
    }

    /// These settings, and those of a lower layer where these say nothing.
    pub(crate) fn over(self, lower: Self) -> Self {
        Self {
            trusted_split: self.trusted_split.or(lower.trusted_split),
            cleaner: self.cleaner.or(lower.cleaner),
            corrected_labels: self.corrected_labels.or(lower.corrected_labels),
            sure: self.sure.or(lower.sure),
            uncertain: self.uncertain.or(lower.uncertain),
            rounds: self.rounds.or(lower.rounds),
            folds: self.folds.or(lower.folds),
            retrain: self.retrain.or(lower.retrain),
            preset: self.preset.or(lower.preset),
            training: self.training.over(lower.training),
        }
    }

    /// The same, with what its preset says where it says nothing.
    fn with_preset(self) -> Result<Self> {
        match self.preset {
            Some(Preset::Notebook) => Ok(self.over(toml::from_str(NOTEBOOK)?)),
            None => Ok(self),
        }
    }

    /// Refuses what was said on the command line and would not be listened to.
    ///
    /// # Errors
    ///
    /// What it is, and what to say instead.
    pub(crate) fn check(&self) -> Result<()> {
        if self.training.trusted.is_some() && self.training.validation.is_some() {
            return Err(Complaint::new(
                "--validation with --trusted: trusted samples select",
                "give their share with --trusted-split random:fit=0.8,select=0.1",
            )
            .into());
        }
        Ok(())
    }

    /// The configuration of a cleaning of samples of a shape.
    ///
    /// # Errors
    ///
    /// If no layer names the data, or settings have no meaning together.
    pub(crate) fn resolve(&self, samples: SampleShape) -> Result<CleanConfig> {
        let settings = self.clone().with_preset()?;
        let training = match settings.training.trusted {
            Some(_) => settings.training,
            None => settings.training.over(toml::from_str(WITHOUT_TRUSTED)?),
        };
        let training = training.resolve(samples)?;
        let config = CleanConfig {
            trusted_split: settings.trusted_split.unwrap_or_default(),
            cleaner: settings.cleaner.unwrap_or_default(),
            corrected_labels: settings.corrected_labels.unwrap_or_default(),
            sure: settings.sure.unwrap_or_default(),
            uncertain: settings.uncertain.unwrap_or_default(),
            rounds: settings.rounds.unwrap_or(NonZeroU32::MIN),
            folds: settings.folds,
            retrain: settings.retrain.unwrap_or_else(|| vec![RetrainConfig::default()]),
            training,
        };
        config.check()?;
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_trusted_labels_the_first_models_learn_plainly_unless_told_otherwise() {
        let curriculum = |settings: &str| {
            let said = CleanSettings {
                folds: Some(Folds::try_from(3).unwrap()),
                training: toml::from_str(&format!("data = 'd'\n{settings}")).unwrap(),
                ..CleanSettings::default()
            };
            let config = said.resolve(SampleShape::Features { count: 9 }).unwrap();
            let spelling = didact_train::method_spelling(&config.training.curriculum);
            spelling.split(':').next().unwrap().to_owned()
        };
        assert_eq!(curriculum(""), "none");
        assert_eq!(curriculum("trusted = 't'"), "superloss");
        assert_eq!(curriculum("curriculum = 'superloss'"), "superloss");
    }

    #[test]
    fn the_preset_is_below_what_is_said() {
        let said = CleanSettings {
            preset: Some(Preset::Notebook),
            sure: Some(0.25.try_into().unwrap()),
            training: toml::from_str("data = 'd'\ntrusted = 't'\nmodel = 'cct'").unwrap(),
            ..CleanSettings::default()
        };
        let config = said.resolve(SampleShape::Features { count: 9 }).unwrap();
        assert_eq!(config.sure, 0.25.try_into().unwrap());
        assert!(didact_train::method_spelling(&config.training.model).starts_with("cct:"));
        assert_eq!(config.retrain.len(), 2);
        assert_eq!(config.training.early_stopping, NonZeroU32::new(15));
        assert!(config.trusted().is_some());
    }
}
