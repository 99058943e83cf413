//! A mentor of a run's own, as the numbers of a checkpoint.

use super::super::network::MentorNetwork;
use super::super::training::{MentorError, MentorTraining};
use super::description::{Mentor, MentorDescription};
use crate::error::CurriculumError;

impl Mentor {
    /// What is known of a mentor that learnt from data, beside how it was trained.
    pub(super) fn numbers(&self) -> Vec<f64> {
        let MentorDescription {
            curriculum: _,
            percentile,
            training,
            examples,
            losses,
            differences,
            percents,
            error,
        } = &self.description;
        // A seed may need all of its 64 bits; halves fit numbers exactly.
        let seed = [training.seed >> 32, training.seed & u64::from(u32::MAX)].map(|half| half as f64);
        let ranges = [losses, differences]
            .into_iter()
            .flatten()
            .map(|&number| f64::from(number));
        let error = [
            error.mean_squared_error,
            error.cross_entropy,
            error.accuracy,
            f64::from(u8::from(error.is_binary)),
        ];
        percentile
            .iter()
            .copied()
            .chain([*examples as f64])
            .chain(seed)
            .chain(ranges)
            .chain(percents.map(f64::from))
            .chain(error)
            .collect()
    }

    /// The mentor of such numbers and parameters.
    pub(super) fn from_numbers(
        training: MentorTraining,
        parameters: &[f64],
        numbers: &[f64],
    ) -> Result<Self, CurriculumError> {
        let [
            percentile,
            examples,
            high,
            low,
            loss_from,
            loss_to,
            from,
            to,
            first,
            last,
            squared,
            entropy,
            accuracy,
            is_binary,
        ] = *numbers
        else {
            return Err(CurriculumError::WrongState {
                expected: "14 numbers about a mentor".to_owned(),
                found: numbers.len().to_string(),
            });
        };
        let parameters = parameters.iter().map(|&number| number as f32).collect();
        let training = MentorTraining {
            seed: ((high as u64) << 32) | low as u64,
            ..training
        };
        let mentor = Self {
            network: MentorNetwork::from_parameters(training.variant, training.labels, parameters)?,
            description: MentorDescription {
                curriculum: "data-driven".to_owned(),
                percentile: Some(percentile),
                training,
                examples: examples as u64,
                losses: [loss_from as f32, loss_to as f32],
                differences: [from as f32, to as f32],
                percents: [first as u8, last as u8],
                error: MentorError {
                    mean_squared_error: squared,
                    cross_entropy: entropy,
                    accuracy,
                    is_binary: is_binary > 0.5,
                },
            },
        };
        mentor.check()?;
        Ok(mentor)
    }
}
