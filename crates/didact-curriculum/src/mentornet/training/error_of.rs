//! How wrong a mentor is.

use serde::{Deserialize, Serialize};

use super::super::examples::MentorExample;
use super::super::network::MentorNetwork;

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
    /// Whether targets are nothing but 0 and 1, so that cross-entropy is the objective.
    pub is_binary: bool,
}

impl MentorError {
    /// The error of a mentor on these examples, `[num_examples]`; of none it is not a number.
    pub fn of(network: &MentorNetwork, examples: &[MentorExample]) -> Self {
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
            is_binary: is_binary(examples),
        }
    }

    /// What training lowers: cross-entropy where targets are nothing but 0 and 1, else the mean squared error.
    pub fn objective(&self) -> f64 {
        if self.is_binary {
            self.cross_entropy
        } else {
            self.mean_squared_error
        }
    }
}

/// Whether there are targets 0 and 1 and no others. Targets that are all 1 are not, as in the authors' code.
pub(super) fn is_binary(examples: &[MentorExample]) -> bool {
    let (mut zeros, mut ones) = (0, 0);
    for example in examples {
        zeros += usize::from(example.target <= 0.0);
        ones += usize::from(example.target >= 1.0);
    }
    zeros > 0 && ones > 0 && zeros + ones == examples.len()
}
