//! Curricula by name.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::curriculum::Curriculum;
use crate::error::CurriculumError;
use crate::mentornet::{
    FocalConfig, HardExampleMiningConfig, MentornetConfig, MentornetDataDrivenConfig,
    MentornetPredefinedConfig, SpadeConfig,
};
use crate::no_curriculum::NoCurriculum;
use crate::self_paced::{
    SplHardConfig, SplLinearConfig, SplLogarithmicConfig, SplLogisticConfig, SplMixtureConfig,
    SplPolynomialConfig, SpldConfig,
};
use crate::setting::Setting;
use crate::small_loss::SmallLossConfig;
use crate::superloss::{ExpectationConfig, SuperLoss, SuperlossConfig};
use crate::transfer_teacher::TransferTeacherConfig;

/// A curriculum and its settings, as a flat table whose `name` says which.
///
/// Every parameter is optional; an unknown one is an error. [`catalogue`](crate::catalogue()) lists them all.
///
/// ```
/// use didact_curriculum::{CurriculumConfig, SuperlossConfig};
///
/// let config: CurriculumConfig = serde_json::from_str(r#"{"name": "superloss", "lambda": 0.25}"#)?;
/// assert_eq!(config, CurriculumConfig::Superloss(SuperlossConfig { lambda: 0.25, ..Default::default() }));
/// assert!(serde_json::from_str::<CurriculumConfig>(r#"{"name": "superloss", "lamda": 0.25}"#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", from = "Table")]
pub enum CurriculumConfig {
    /// Plain training: every weight is 1.
    #[default]
    None,
    /// SuperLoss.
    Superloss(SuperlossConfig),
    /// MentorNet PD in closed form.
    MentornetPredefined(MentornetPredefinedConfig),
    /// The weights of a mentor that was trained before.
    Mentornet(MentornetConfig),
    /// The weights of a mentor that learns from trusted samples.
    MentornetDataDriven(MentornetDataDrivenConfig),
    /// Weights that are remembered, and moved a step at a time.
    Spade(SpadeConfig),
    /// The weight of focal loss.
    Focal(FocalConfig),
    /// Only the samples with the largest losses.
    HardExampleMining(HardExampleMiningConfig),
    /// Only the samples of a batch with the smallest losses.
    SmallLoss(SmallLossConfig),
    /// The order of an earlier run's losses.
    TransferTeacher(TransferTeacherConfig),
    /// Self-paced: a sample is in or out.
    SplHard(SplHardConfig),
    /// Self-paced: weights fall evenly.
    SplLinear(SplLinearConfig),
    /// Self-paced: weights fall fast, then slowly.
    SplLogarithmic(SplLogarithmicConfig),
    /// Self-paced: full weight, then falling.
    SplMixture(SplMixtureConfig),
    /// Self-paced: weights fall as a power.
    SplPolynomial(SplPolynomialConfig),
    /// Self-paced: weights fall smoothly and never to 0.
    SplLogistic(SplLogisticConfig),
    /// Self-paced with diversity: the easiest of every group.
    Spld(SpldConfig),
}

impl CurriculumConfig {
    /// The name it goes by on the command line and in files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Superloss(_) => "superloss",
            Self::MentornetPredefined(_) => "mentornet-predefined",
            Self::Mentornet(_) => "mentornet",
            Self::MentornetDataDriven(_) => "mentornet-data-driven",
            Self::Spade(_) => "spade",
            Self::Focal(_) => "focal",
            Self::HardExampleMining(_) => "hard-example-mining",
            Self::SmallLoss(_) => "small-loss",
            Self::TransferTeacher(_) => "transfer-teacher",
            Self::SplHard(_) => "spl-hard",
            Self::SplLinear(_) => "spl-linear",
            Self::SplLogarithmic(_) => "spl-logarithmic",
            Self::SplMixture(_) => "spl-mixture",
            Self::SplPolynomial(_) => "spl-polynomial",
            Self::SplLogistic(_) => "spl-logistic",
            Self::Spld(_) => "spld",
        }
    }

    /// Checks the settings and builds the curriculum for a run.
    ///
    /// # Errors
    ///
    /// Those of the `init` of the curriculum's settings.
    pub fn init(&self, setting: &Setting<'_>) -> Result<Box<dyn Curriculum>, CurriculumError> {
        Ok(match self {
            Self::None => Box::new(NoCurriculum),
            Self::Superloss(config) if config.is_extended() => Box::new(config.init_extended(setting)?),
            Self::Superloss(config) => Box::new(config.init(setting.num_classes)?),
            Self::MentornetPredefined(config) => Box::new(config.init(setting)?),
            Self::Mentornet(config) => Box::new(config.init(setting)?),
            Self::MentornetDataDriven(config) => Box::new(config.init(setting)?),
            Self::Spade(config) => Box::new(config.init(setting)?),
            Self::Focal(config) => Box::new(config.init(setting)?),
            Self::HardExampleMining(config) => Box::new(config.init(setting)?),
            Self::SmallLoss(config) => Box::new(config.init()?),
            Self::TransferTeacher(config) => Box::new(config.init(setting)?),
            Self::SplHard(config) => Box::new(config.init(setting)?),
            Self::SplLinear(config) => Box::new(config.init(setting)?),
            Self::SplLogarithmic(config) => Box::new(config.init(setting)?),
            Self::SplMixture(config) => Box::new(config.init(setting)?),
            Self::SplPolynomial(config) => Box::new(config.init(setting)?),
            Self::SplLogistic(config) => Box::new(config.init(setting)?),
            Self::Spld(config) => Box::new(config.init(setting)?),
        })
    }

    /// Folder of the earlier run whose losses the curriculum follows, if it follows one. Who builds the curriculum reads
    /// them into [`Setting::difficulties`].
    pub fn teacher(&self) -> Option<&Path> {
        match self {
            Self::TransferTeacher(config) => config.teacher.as_deref(),
            _ => None,
        }
    }

    /// The file of the mentor that the curriculum asks, if it asks one. Who builds the curriculum reads it into
    /// [`Setting::mentor`].
    pub fn mentor(&self) -> Option<&Path> {
        match self {
            Self::Mentornet(config) => config.mentor.as_deref(),
            _ => None,
        }
    }

    /// Whether the curriculum learns from samples with trusted labels, which then keep their given ones in training.
    pub fn learns_from_trusted(&self) -> bool {
        matches!(self, Self::MentornetDataDriven(_))
    }

    /// A SuperLoss that only watches: it yields confidence and SuperLoss value for the log and never weighs a step.
    ///
    /// For `superloss` it has the same settings, without smoothing and trend; for all others those `superloss` would have
    /// by default, with an exponential expectation where the task has no classes. Hold one for each split, as each
    /// keeps an expectation of its own, and call [`SuperLoss::observe`].
    ///
    /// # Errors
    ///
    /// Those of [`SuperlossConfig::init`].
    pub fn observer(&self, num_classes: Option<usize>) -> Result<SuperLoss, CurriculumError> {
        match (self, num_classes) {
            (Self::Superloss(config), _) => config.init(num_classes),
            (_, Some(_)) => SuperlossConfig::default().init(num_classes),
            (_, None) => {
                let expectation = ExpectationConfig::EXPONENTIAL;
                SuperlossConfig {
                    expectation,
                    ..SuperlossConfig::default()
                }
                .init(None)
            }
        }
    }
}

/// [`CurriculumConfig`] as it is read: serde refuses unknown keys beside a tag only where braces stand.
#[derive(Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
enum Table {
    None {},
    Superloss(SuperlossConfig),
    MentornetPredefined(MentornetPredefinedConfig),
    Mentornet(MentornetConfig),
    MentornetDataDriven(MentornetDataDrivenConfig),
    Spade(SpadeConfig),
    Focal(FocalConfig),
    HardExampleMining(HardExampleMiningConfig),
    SmallLoss(SmallLossConfig),
    TransferTeacher(TransferTeacherConfig),
    SplHard(SplHardConfig),
    SplLinear(SplLinearConfig),
    SplLogarithmic(SplLogarithmicConfig),
    SplMixture(SplMixtureConfig),
    SplPolynomial(SplPolynomialConfig),
    SplLogistic(SplLogisticConfig),
    Spld(SpldConfig),
}

impl From<Table> for CurriculumConfig {
    fn from(table: Table) -> Self {
        match table {
            Table::None {} => Self::None,
            Table::Superloss(config) => Self::Superloss(config),
            Table::MentornetPredefined(config) => Self::MentornetPredefined(config),
            Table::Mentornet(config) => Self::Mentornet(config),
            Table::MentornetDataDriven(config) => Self::MentornetDataDriven(config),
            Table::Spade(config) => Self::Spade(config),
            Table::Focal(config) => Self::Focal(config),
            Table::HardExampleMining(config) => Self::HardExampleMining(config),
            Table::SmallLoss(config) => Self::SmallLoss(config),
            Table::TransferTeacher(config) => Self::TransferTeacher(config),
            Table::SplHard(config) => Self::SplHard(config),
            Table::SplLinear(config) => Self::SplLinear(config),
            Table::SplLogarithmic(config) => Self::SplLogarithmic(config),
            Table::SplMixture(config) => Self::SplMixture(config),
            Table::SplPolynomial(config) => Self::SplPolynomial(config),
            Table::SplLogistic(config) => Self::SplLogistic(config),
            Table::Spld(config) => Self::Spld(config),
        }
    }
}
