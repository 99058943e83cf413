//! Losses, one file each: from logits and given labels to one number per sample.
//!
//! | name | idea | source |
//! |---|---|---|
//! | `cross-entropy` | how surprising the given label is | |

mod cross_entropy;

use burn::tensor::{Int, Tensor};
use serde::{Deserialize, Serialize};

pub use cross_entropy::CrossEntropy;

use crate::number::ProperShare;

/// A loss for classification.
pub trait Loss: Send + Sync {
    /// The loss of each sample, neither weighted nor averaged.
    ///
    /// # Shapes
    ///
    /// - `logits`: `[batch_size, num_classes]`
    /// - `given_labels`: `[batch_size]`, each in `0..num_classes`
    /// - output: `[batch_size]`
    fn per_sample(&self, logits: Tensor<2>, given_labels: Tensor<1, Int>) -> Tensor<1>;
}

/// The choice of a loss, as spelt on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
pub enum LossConfig {
    /// See [`CrossEntropy`].
    CrossEntropy {},
}

impl Default for LossConfig {
    fn default() -> Self {
        Self::CrossEntropy {}
    }
}

impl LossConfig {
    /// Builds the loss.
    pub fn init(self, label_smoothing: ProperShare) -> Box<dyn Loss> {
        match self {
            Self::CrossEntropy {} => Box::new(CrossEntropy { label_smoothing }),
        }
    }
}
