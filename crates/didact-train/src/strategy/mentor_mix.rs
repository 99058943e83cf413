//! `mentor-mix`: mixtures whose partners are drawn by the curriculum's weights.

use didact_curriculum::{Averaging, Curriculum, EpochEnd, State, Warning, Weighing};
use didact_run::{StoredTensor, StoredValues};
use serde::{Deserialize, Serialize};

use super::Strategy;
use crate::config::TrainConfig;
use crate::error::TrainError;
use crate::learner::{Learner, LearnerSetting, StepOutcome, heaviest};
use crate::lesson::Lesson;
use crate::mixup::Mixture;
use crate::number::PositiveNumber;

/// Settings of `MentorMix`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MentorMixConfig {
    /// How evenly samples are mixed, `> 0`. Default 2; published from 2 to 8.
    pub alpha: PositiveNumber,
    /// Whether mixtures are weighed, too. Default: they are not; published where most labels are wrong.
    pub second_weighing: SecondWeighing,
}

/// Whether the curriculum weighs mixtures as well as samples.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecondWeighing {
    /// All mixtures count alike.
    #[default]
    None,
    /// Mixtures are weighed by their own losses, with a curriculum of their own.
    Mixtures,
}

impl Default for MentorMixConfig {
    fn default() -> Self {
        Self {
            alpha: PositiveNumber::TWO,
            second_weighing: SecondWeighing::None,
        }
    }
}

impl MentorMixConfig {
    /// The curriculum that weighs mixtures.
    pub(super) fn second_curriculum(
        self,
        config: &TrainConfig,
        setting: &LearnerSetting<'_>,
    ) -> Result<Option<Box<dyn Curriculum>>, TrainError> {
        match self.second_weighing {
            SecondWeighing::None => Ok(None),
            SecondWeighing::Mixtures => setting.curriculum(config).map(Some),
        }
    }
}

/// One network. In each step it looks at the batch and the curriculum weighs it; each sample gets a partner, drawn in
/// proportion to the exponential of the weights, and a share of the mixture: the larger one, or the smaller one where its
/// weight is below a half. The network learns the mixtures. It costs a second pass forward.
///
/// Source: Jiang, Huang, Liu and Yang, 2020, "Beyond Synthetic Noise: Deep Learning on Controlled Noisy Labels";
/// `google-research`, `mentormix`. Differs from it: the curriculum can be any that tells samples apart; and weight decay
/// stays where mixtures are weighed.
pub(super) struct MentorMix {
    learner: Learner,
    config: MentorMixConfig,
    second: Option<Box<dyn Curriculum>>,
}

impl MentorMix {
    pub(super) fn new(
        learner: Learner,
        config: MentorMixConfig,
        second: Option<Box<dyn Curriculum>>,
    ) -> Self {
        Self {
            learner,
            config,
            second,
        }
    }
}

impl Strategy for MentorMix {
    fn step(&mut self, lesson: &Lesson<'_>, learning_rate: f64) -> Result<StepOutcome, TrainError> {
        let (scores, unlabelled) = self.learner.look(lesson)?;
        let verdict = self.learner.weigh(lesson, &scores)?;
        let address = (self.learner.run_seed, lesson.progress.step);
        let mixture = Mixture::by_weights(self.config.alpha, address, &verdict.weighing.weights);
        let attempt = self.learner.attempt_mixed(lesson, &mixture)?;
        let weighing = match &mut self.second {
            Some(second) if !attempt.scores.losses.is_empty() => {
                second.weigh(&lesson.for_curriculum(&attempt.scores))?
            }
            _ => Weighing {
                weights: vec![1.0; attempt.scores.losses.len()],
                values: None,
                averaging: Averaging::Batch,
            },
        };
        self.learner.learn(attempt, &weighing, learning_rate);
        // The ledger tells of the samples themselves, and of the weights that chose partners.
        Ok(StepOutcome {
            heaviest: heaviest(&weighing),
            ..StepOutcome::new((scores, unlabelled), verdict)
        })
    }

    fn learners(&self) -> Vec<&Learner> {
        vec![&self.learner]
    }

    fn learners_mut(&mut self) -> Vec<&mut Learner> {
        vec![&mut self.learner]
    }

    fn epoch_ended(&mut self, ended: &EpochEnd<'_>) -> Result<Vec<Warning>, TrainError> {
        let mut warnings = self.learner.curriculum.epoch_ended(ended)?;
        if let Some(second) = &mut self.second {
            warnings.extend(second.epoch_ended(ended)?);
        }
        Ok(warnings)
    }

    fn store(&self) -> Vec<StoredTensor> {
        self.second
            .iter()
            .flat_map(|second| stored(&second.state()))
            .collect()
    }

    fn restore<'a>(&mut self, find: &dyn Fn(&str) -> Option<&'a StoredTensor>) -> Result<(), TrainError> {
        let Some(second) = &mut self.second else {
            return Ok(());
        };
        let state = restored(second.state(), find)?;
        Ok(second.restore(&state)?)
    }
}

const PREFIX: &str = "mixtures";

/// The memory of a curriculum as tensors: numbers bit by bit, as they must come back.
fn stored(state: &State) -> Vec<StoredTensor> {
    let columns = state.all_columns().map(|(name, numbers)| {
        let bits = numbers
            .iter()
            .map(|number| number.to_bits().cast_signed())
            .collect();
        (name, StoredValues::I64(bits))
    });
    let samples = state
        .sample_columns()
        .map(|(name, numbers)| (name, StoredValues::F32(numbers.to_vec())));
    let tensor = |(name, values): (&str, StoredValues)| {
        let length = match &values {
            StoredValues::F32(values) => values.len(),
            StoredValues::I64(values) => values.len(),
        };
        StoredTensor {
            name: format!("{PREFIX}.{name}"),
            shape: vec![length],
            values,
        }
    };
    columns.chain(samples).map(tensor).collect()
}

/// The memory that tensors hold, of the columns that a fresh curriculum has.
fn restored<'a>(fresh: State, find: &dyn Fn(&str) -> Option<&'a StoredTensor>) -> Result<State, TrainError> {
    let names: Vec<String> = fresh.all_columns().map(|(name, _)| name.to_owned()).collect();
    let samples: Vec<String> = fresh.sample_columns().map(|(name, _)| name.to_owned()).collect();
    let missing = |name: &str| TrainError::Weights {
        name: name.to_owned(),
        expected: "the memory of the curriculum that weighs mixtures".to_owned(),
        found: "none".to_owned(),
    };
    let mut state = fresh;
    for name in &names {
        let Some(StoredValues::I64(bits)) = find(&format!("{PREFIX}.{name}")).map(|stored| &stored.values)
        else {
            return Err(missing(name));
        };
        state = state.with_column(name, bits.iter().map(|bits| f64::from_bits(bits.cast_unsigned())));
    }
    for name in &samples {
        let Some(StoredValues::F32(numbers)) = find(&format!("{PREFIX}.{name}")).map(|stored| &stored.values)
        else {
            return Err(missing(name));
        };
        state = state.with_sample_column(name, numbers.clone());
    }
    Ok(state)
}
