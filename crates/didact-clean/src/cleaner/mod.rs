//! From what models say to what the true label is.
//!
//! | file | what it holds |
//! |---|---|
//! | `learning` | a cleaner of a model's, learnt by the samples that fit |
//! | `pool` | Bayes' rule, with weights that the samples that fit choose |
//! | `network` | a network on the model's features |
//! | `halves` | samples that fit, judged by cleaners that have not seen them |
//! | `believe` | a round: every model's cleaner, and what they say together |

mod believe;
mod halves;
mod learning;
mod network;
mod pool;

pub(crate) use believe::Believing;

use crate::error::CleanError;

/// What says what the true labels of rows are.
pub(crate) trait Judge {
    /// A probability of each class for each row, `[rows, num_classes]`, each row summing to 1.
    fn posteriors(&self, rows: &[u32]) -> Result<Vec<Vec<f64>>, CleanError>;

    /// Seconds that it had learnt before it was stopped.
    fn seconds_before(&self) -> f64 {
        0.0
    }
}
