//! Which weight a mentor is trained to give.

use serde::{Deserialize, Serialize};

use super::v_star;
use crate::error::CurriculumError;
use crate::range::{above_zero, not_negative};

/// What a mentor knows of a sample.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MentorFeatures {
    /// The sample's loss.
    pub loss: f64,
    /// Loss minus the moving percentile of the batches' losses.
    pub difference: f64,
    /// 0 for every sample in all that was published; above 0, mining of hard examples always takes the sample.
    pub label: u32,
    /// How far the run has come, in whole percent, `0..100`.
    pub percent: u8,
}

/// A curriculum written down as a formula: the weight `v*` of a sample, from what a mentor knows of it.
///
/// ```
/// use didact_curriculum::{MentorFeatures, PredefinedCurriculum};
///
/// let hard = |percent| MentorFeatures { loss: 3.0, difference: 0.5, percent, ..MentorFeatures::default() };
/// let curriculum = PredefinedCurriculum::Predefined { gamma: 1.0 };
/// assert_eq!([18, 19, 90].map(|percent| curriculum.weight(hard(percent))), [1.0, 0.0, 0.5]);
/// ```
///
/// Source: Jiang et al., 2018, equation 7; `google/mentornet`, `training_mentornet/models.py`. Differs
/// from that code: `gamma` takes effect; there, the flag that should set it is never passed on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", from = "Spelling")]
pub enum PredefinedCurriculum {
    /// Every sample counts 1.
    Baseline,
    /// 1 up to the moving percentile, 0 above.
    SelfPaced,
    /// 0 below the moving percentile, 1 from it on.
    HardExampleMining,
    /// `(1 - e^-loss)^gamma`: the less a sample is learnt, the more it counts.
    Focal {
        /// How strongly what is learnt is set back, `>= 0`. Published: 2.
        gamma: f64,
    },
    /// 1 up to the moving percentile, then falling linearly.
    SpclLinear {
        /// The loss above the percentile at which the weight has fallen to 0, `> 0`. Published: 1.
        gamma: f64,
    },
    /// MentorNet PD: everything up to percent 18 of the run, then as `SelfPaced`, from percent 90 on as `SpclLinear`.
    #[serde(rename = "mentornet-predefined")]
    Predefined {
        /// As in `SpclLinear`.
        gamma: f64,
    },
}

impl PredefinedCurriculum {
    /// Refuses a setting outside its range.
    ///
    /// # Errors
    ///
    /// [`CurriculumError::OutOfRange`] for a `gamma` that is negative, or 0 where it divides.
    pub fn check(self) -> Result<(), CurriculumError> {
        match self {
            Self::Baseline | Self::SelfPaced | Self::HardExampleMining => Ok(()),
            Self::Focal { gamma } => not_negative("gamma", gamma),
            Self::SpclLinear { gamma } | Self::Predefined { gamma } => above_zero("gamma", gamma),
        }
    }

    /// The weight of a sample, in `[0, 1]`.
    pub fn weight(self, features: MentorFeatures) -> f64 {
        let MentorFeatures {
            loss,
            difference,
            label,
            percent,
        } = features;
        match self {
            Self::Baseline => v_star::baseline(),
            Self::SelfPaced => v_star::self_paced(difference),
            Self::HardExampleMining => v_star::hard_example_mining(difference, label),
            Self::Focal { gamma } => v_star::focal(loss, gamma),
            Self::SpclLinear { gamma } => v_star::spcl_linear(difference, gamma),
            Self::Predefined { gamma } => v_star::predefined(difference, percent, gamma),
        }
    }
}

/// [`PredefinedCurriculum`] as it is read: serde refuses unknown keys beside a tag only where braces stand.
#[derive(Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
enum Spelling {
    Baseline {},
    SelfPaced {},
    HardExampleMining {},
    Focal { gamma: Option<f64> },
    SpclLinear { gamma: Option<f64> },
    MentornetPredefined { gamma: Option<f64> },
}

impl From<Spelling> for PredefinedCurriculum {
    fn from(spelling: Spelling) -> Self {
        match spelling {
            Spelling::Baseline {} => Self::Baseline,
            Spelling::SelfPaced {} => Self::SelfPaced,
            Spelling::HardExampleMining {} => Self::HardExampleMining,
            Spelling::Focal { gamma } => Self::Focal {
                gamma: gamma.unwrap_or(2.0),
            },
            Spelling::SpclLinear { gamma } => Self::SpclLinear {
                gamma: gamma.unwrap_or(1.0),
            },
            Spelling::MentornetPredefined { gamma } => Self::Predefined {
                gamma: gamma.unwrap_or(1.0),
            },
        }
    }
}
