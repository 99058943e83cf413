//! Losses, one file each: from logits and given labels to one number per sample.
//!
//! | name | idea | source |
//! |---|---|---|
//! | `cross-entropy` | how surprising the given label is | |
//! | `generalized-cross-entropy` | between cross-entropy and absolute error | Zhang and Sabuncu, 2018 |
//! | `symmetric-cross-entropy` | cross-entropy both ways round | Wang et al., 2019 |
//! | `active-passive` | normalised cross-entropy and absolute error | Ma et al., 2020 |
//! | `bootstrap` | partly what the network says itself | Reed et al., 2014 |
//! | `early-learning` | a target per sample keeps early answers | Liu et al., 2020 |
//! | `self-adaptive` | targets drift from label to prediction | Huang et al., 2020 |
//! | `forward-corrected` | the prediction passes through the noise | Patrini et al., 2017 |
//!
//! Where labels are soft, as cleaned ones may be, `cross-entropy` is [`SoftCrossEntropy`], and the others are refused.

mod active_passive;
mod bootstrap;
mod cross_entropy;
mod early_learning;
mod forward_corrected;
mod generalized_cross_entropy;
mod given_label;
mod interface;
mod log_transition;
mod sample_targets;
mod self_adaptive;
mod soft_labels;
mod symmetric_cross_entropy;
mod warmup;

use serde::{Deserialize, Serialize};

pub use active_passive::{ActivePassive, ActivePassiveConfig};
pub use bootstrap::{Bootstrap, BootstrapConfig, BootstrapVariant};
pub use cross_entropy::CrossEntropy;
pub use early_learning::{EarlyLearning, EarlyLearningConfig};
pub use forward_corrected::{ForwardCorrected, ForwardCorrectedConfig};
pub use generalized_cross_entropy::{GeneralizedCrossEntropy, GeneralizedCrossEntropyConfig};
pub use interface::{Loss, LossSamples, LossSetting, Prediction};
pub use self_adaptive::{SelfAdaptive, SelfAdaptiveConfig};
pub use soft_labels::{SoftCrossEntropy, SoftLabels};
pub use symmetric_cross_entropy::{SymmetricCrossEntropy, SymmetricCrossEntropyConfig};

use crate::error::TrainError;
use crate::number::ProperShare;

/// The choice of a loss, as spelt on the command line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
pub enum LossConfig {
    /// See [`CrossEntropy`].
    CrossEntropy {},
    /// See [`GeneralizedCrossEntropy`].
    GeneralizedCrossEntropy(GeneralizedCrossEntropyConfig),
    /// See [`SymmetricCrossEntropy`].
    SymmetricCrossEntropy(SymmetricCrossEntropyConfig),
    /// See [`ActivePassive`].
    ActivePassive(ActivePassiveConfig),
    /// See [`Bootstrap`].
    Bootstrap(BootstrapConfig),
    /// See [`EarlyLearning`].
    EarlyLearning(EarlyLearningConfig),
    /// See [`SelfAdaptive`].
    SelfAdaptive(SelfAdaptiveConfig),
    /// See [`ForwardCorrected`].
    ForwardCorrected(ForwardCorrectedConfig),
}

impl Default for LossConfig {
    fn default() -> Self {
        Self::CrossEntropy {}
    }
}

impl LossConfig {
    /// Builds the loss for a run.
    ///
    /// # Errors
    ///
    /// [`TrainError::Combination`] for parameters that have no meaning together, and [`TrainError::Labels`] if a
    /// transition matrix cannot be read.
    pub fn init(&self, setting: &LossSetting<'_>) -> Result<Box<dyn Loss>, TrainError> {
        let label_smoothing = setting.label_smoothing;
        if let Some(labels) = setting.soft_labels {
            return self.soft(labels.clone(), label_smoothing);
        }
        Ok(match self {
            Self::CrossEntropy {} => Box::new(CrossEntropy { label_smoothing }),
            Self::GeneralizedCrossEntropy(config) => Box::new(config.init()?),
            Self::SymmetricCrossEntropy(config) => Box::new(config.init()),
            Self::ActivePassive(config) => Box::new(config.init()),
            Self::Bootstrap(config) => Box::new(config.init()),
            Self::EarlyLearning(config) => Box::new(config.init(setting)),
            Self::SelfAdaptive(config) => Box::new(config.init(setting)),
            Self::ForwardCorrected(config) => Box::new(config.init(setting)?),
        })
    }

    fn soft(&self, labels: SoftLabels, label_smoothing: ProperShare) -> Result<Box<dyn Loss>, TrainError> {
        match self {
            Self::CrossEntropy {} => Ok(Box::new(SoftCrossEntropy {
                labels,
                label_smoothing,
            })),
            _ => Err(TrainError::Combination {
                what: "soft labels with another --loss than cross-entropy",
                why: "the others are defined for one label a sample",
            }),
        }
    }
}
