//! How wrong a mentor is.

use serde::{Deserialize, Serialize};

use super::super::examples::{MentorExample, MentorExamples};
use super::super::network::MentorNetwork;

/// What a mentor's training lowers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MentorObjective {
    /// The mean cross-entropy, where targets are 0 and 1 and no others.
    CrossEntropy,
    /// The mean squared error, for all other targets; also where all are 1, as in the authors' code.
    SquaredError,
}

impl MentorObjective {
    /// That of these examples, those held out among them.
    pub fn of(examples: &MentorExamples) -> Self {
        let (mut zeros, mut ones) = (0, 0);
        for example in examples.all() {
            zeros += usize::from(example.target <= 0.0);
            ones += usize::from(example.target >= 1.0);
        }
        if zeros > 0 && ones > 0 && zeros + ones == examples.all().count() {
            Self::CrossEntropy
        } else {
            Self::SquaredError
        }
    }
}

/// How wrong a mentor is on examples.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MentorError {
    /// Mean squared difference of weight and target, `>= 0`.
    pub mean_squared_error: f64,
    /// Mean cross-entropy of weight and target, in nats, `>= 0`; of weights between 0 and 1 it is not 0 for the right ones.
    pub cross_entropy: f64,
    /// Share of examples of which weight and target lie on the same side of a half.
    pub accuracy: f64,
    /// Which of the two its training lowered.
    pub objective: MentorObjective,
}

impl MentorError {
    /// The error of a mentor on these examples, `[num_examples]`; of none it is not a number.
    pub fn of(network: &MentorNetwork, examples: &[MentorExample], objective: MentorObjective) -> Self {
        let (mut squared, mut entropy, mut agreed) = (0.0, 0.0, 0u64);
        for example in examples {
            let logit = f64::from(network.logit(example.features));
            let weight = 1.0 / (1.0 + (-logit).exp());
            squared += (weight - example.target).powi(2);
            entropy += logit.max(0.0) - logit * example.target + (-logit.abs()).exp().ln_1p();
            agreed += u64::from((weight >= 0.5) == (example.target >= 0.5));
        }
        let count = examples.len() as f64;
        Self {
            mean_squared_error: squared / count,
            cross_entropy: entropy / count,
            accuracy: agreed as f64 / count,
            objective,
        }
    }

    /// What training lowered.
    pub fn objective(&self) -> f64 {
        match self.objective {
            MentorObjective::CrossEntropy => self.cross_entropy,
            MentorObjective::SquaredError => self.mean_squared_error,
        }
    }
}
