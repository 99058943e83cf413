//! A mentor of a run's own, as the columns of a checkpoint.

use super::super::network::MentorNetwork;
use super::super::training::{MentorError, MentorObjective, MentorTraining};
use super::curriculum::AVERAGE;
use super::description::{Mentor, MentorDescription};
use crate::error::CurriculumError;
use crate::state::State;

/// Every column, that of the moving percentile first.
const COLUMNS: [&str; 9] = [
    AVERAGE,
    "mentor",
    "mentor-percentile",
    "mentor-examples",
    "mentor-seed-halves",
    "mentor-losses",
    "mentor-differences",
    "mentor-percents",
    "mentor-error",
];

impl Mentor {
    /// Adds a mentor that learnt from data to a state; empty columns for none.
    pub(super) fn keep(mentor: Option<&Self>, state: State) -> State {
        let numbers = mentor.map_or_else(Default::default, Self::numbers);
        let columns = COLUMNS[1..].iter().zip(numbers);
        columns.fold(state, |state, (name, numbers)| state.with_column(name, numbers))
    }

    fn numbers(&self) -> [Vec<f64>; 8] {
        let MentorDescription {
            percentile,
            training,
            examples,
            losses,
            differences,
            percents,
            error,
            ..
        } = &self.description;
        let parameters = self.network.parameters().iter();
        // A seed may need all of its 64 bits; halves fit numbers exactly.
        let halves = [training.seed >> 32, training.seed & u64::from(u32::MAX)];
        let is_entropy = error.objective == MentorObjective::CrossEntropy;
        [
            parameters.map(|&number| f64::from(number)).collect(),
            percentile.iter().copied().collect(),
            vec![*examples as f64],
            halves.map(|half| half as f64).to_vec(),
            losses.map(f64::from).to_vec(),
            differences.map(f64::from).to_vec(),
            percents.map(f64::from).to_vec(),
            vec![
                error.mean_squared_error,
                error.cross_entropy,
                error.accuracy,
                f64::from(u8::from(is_entropy)),
            ],
        ]
    }

    /// The moving percentile and the mentor of such a state, which a curriculum of this name saved.
    pub(super) fn kept<'a>(
        state: &'a State,
        curriculum: &str,
        training: MentorTraining,
    ) -> Result<(&'a [f64], Option<Self>), CurriculumError> {
        let [average, parameters, rest @ ..] = state.columns(curriculum, COLUMNS)?;
        if parameters.is_empty() {
            return Ok((average, None));
        }
        let (
            &[percentile],
            &[examples],
            &[high, low],
            &[least_loss, most_loss],
            &[least, most],
            &[first, last],
            &[squared, entropy, accuracy, is_entropy],
        ) = rest.into()
        else {
            return Err(CurriculumError::WrongState {
                expected: "what a mentor was taught".to_owned(),
                found: format!("{rest:?}"),
            });
        };
        let parameters = parameters.iter().map(|&number| number as f32).collect();
        let training = MentorTraining {
            seed: ((high as u64) << 32) | low as u64,
            ..training
        };
        let objective = if is_entropy > 0.5 {
            MentorObjective::CrossEntropy
        } else {
            MentorObjective::SquaredError
        };
        let mentor = Self {
            network: MentorNetwork::from_parameters(training.variant, training.labels, parameters)?,
            description: MentorDescription {
                curriculum: MentorDescription::DATA_DRIVEN.to_owned(),
                percentile: Some(percentile),
                training,
                examples: examples as u64,
                losses: [least_loss as f32, most_loss as f32],
                differences: [least as f32, most as f32],
                percents: [first as u8, last as u8],
                error: MentorError {
                    mean_squared_error: squared,
                    cross_entropy: entropy,
                    accuracy,
                    objective,
                },
            },
        };
        mentor.check()?;
        Ok((average, Some(mentor)))
    }
}
