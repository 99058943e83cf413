//! Training strategies, one file each: how many networks there are, and who teaches whom.
//!
//! | name | idea | source |
//! |---|---|---|
//! | `none` | one network, which weighs its own samples | |
//! | `co-teaching` | two networks, each of which weighs the samples of the other | Han et al., 2018 |
//! | `mentor-mix` | one network, which learns mixtures whose partners the curriculum chooses | Jiang et al., 2020 |
//! | `data-parameters` | temperatures on the logits, learnt a class and a sample | Saxena et al., 2019 |

mod co_teaching;
mod data_parameters;
mod mentor_mix;
mod single;

use burn::tensor::Device;
use didact_curriculum::{EpochEnd, Warning};
use didact_run::StoredTensor;
use serde::{Deserialize, Serialize};

pub use data_parameters::{DataParametersConfig, TemperatureConfig};
pub use mentor_mix::{MentorMixConfig, SecondWeighing};

use crate::config::TrainConfig;
use crate::error::TrainError;
use crate::learner::{Learner, LearnerSetting, StepOutcome};
use crate::lesson::Lesson;

/// Who learns in a run, and from whom.
pub(crate) trait Strategy: Send {
    /// One step of training of every network.
    fn step(&mut self, lesson: &Lesson<'_>, learning_rate: f64) -> Result<StepOutcome, TrainError>;

    /// The networks; the first is the one that is evaluated and saved, and whose outcomes enter the ledger.
    fn learners(&self) -> Vec<&Learner>;

    /// The networks, to be changed.
    fn learners_mut(&mut self) -> Vec<&mut Learner>;

    /// Tells every curriculum that an epoch is over; returns what the first has to say.
    ///
    /// # Errors
    ///
    /// [`TrainError::Curriculum`] from a curriculum that cannot learn.
    fn epoch_ended(&mut self, ended: &EpochEnd<'_>) -> Result<Vec<Warning>, TrainError> {
        let mut warnings = Vec::new();
        for learner in self.learners_mut().into_iter().rev() {
            warnings = learner.curriculum.epoch_ended(ended)?;
        }
        Ok(warnings)
    }

    /// What is remembered beside the networks, for a checkpoint.
    fn store(&self) -> Vec<StoredTensor> {
        Vec::new()
    }

    /// Takes up stored memory.
    ///
    /// # Errors
    ///
    /// [`TrainError::Weights`] if it is missing or of another size.
    fn restore<'a>(&mut self, _find: &dyn Fn(&str) -> Option<&'a StoredTensor>) -> Result<(), TrainError> {
        Ok(())
    }
}

/// The choice of a strategy, as spelt on the command line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
pub enum StrategyConfig {
    /// One network, which weighs its own samples.
    #[serde(rename = "none")]
    #[default]
    Single,
    /// Two networks, each of which weighs the samples of the other. See `docs/strategies/co-teaching.md`.
    CoTeaching {},
    /// Mixtures whose partners are drawn by the curriculum's weights. See `docs/strategies/mentor-mix.md`.
    MentorMix(MentorMixConfig),
    /// Temperatures on the logits, learnt a class and a sample. See `docs/strategies/data-parameters.md`.
    DataParameters(DataParametersConfig),
}

impl StrategyConfig {
    /// Builds the networks.
    ///
    /// # Errors
    ///
    /// Those of [`Learner::new`].
    pub(crate) fn init(
        &self,
        config: &TrainConfig,
        setting: &LearnerSetting<'_>,
        device: &Device,
    ) -> Result<Box<dyn Strategy>, TrainError> {
        let learner = |member: u64| Learner::new(config, setting, member_seed(config.seed, member), device);
        Ok(match self {
            Self::Single => Box::new(single::Single(learner(0)?)),
            Self::CoTeaching {} => Box::new(co_teaching::CoTeaching::new(learner(0)?, learner(1)?)),
            Self::MentorMix(own) => {
                let second = own.second_curriculum(config, setting)?;
                Box::new(mentor_mix::MentorMix::new(learner(0)?, *own, second))
            }
            Self::DataParameters(own) => {
                Box::new(data_parameters::DataParameters::new(learner(0)?, own, setting))
            }
        })
    }
}

/// The seed of one of several networks; that of the first is the run's.
fn member_seed(seed: u64, member: u64) -> u64 {
    seed ^ (member << 63)
}
