//! The one question every loss answers.

use burn::tensor::{Device, Int, Tensor};
use didact_curriculum::Progress;
use didact_run::StoredTensor;

use super::SoftLabels;
use crate::error::TrainError;
use crate::number::ProperShare;
use crate::scoring::{Scores, label_tensor};

/// The run that a loss is built for.
#[derive(Clone, Copy, Debug)]
pub struct LossSetting<'a> {
    /// Number of samples of the data set: rows of [`LossSamples`] are below it.
    pub num_samples: usize,
    /// The classes, in the order of the logits.
    pub class_names: &'a [String],
    /// The share of the target that is spread over all classes.
    pub label_smoothing: ProperShare,
    /// Labels that are a probability of each class, if they are.
    pub soft_labels: Option<&'a SoftLabels>,
}

/// Whose the logits of a batch are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prediction {
    /// They answer the samples themselves.
    Own,
    /// They answer mixtures of two samples each, and so say little of either.
    OfMixture,
}

/// What a loss is told of the samples of a training batch.
///
/// # Shapes
///
/// All slices are `[batch_size]`, in the order of the logits.
#[derive(Clone, Copy, Debug)]
pub struct LossSamples<'a> {
    /// Row of each sample in its data set, where memory of single samples lies.
    pub rows: &'a [u32],
    /// Given label of each sample.
    pub labels: &'a [u32],
    /// How far the run has come.
    pub progress: Progress,
    /// Whose the logits are.
    pub prediction: Prediction,
}

impl LossSamples<'_> {
    /// The given labels as a tensor, `[batch_size]`.
    pub fn label_tensor(&self, device: &Device) -> Tensor<1, Int> {
        label_tensor(self.labels, device)
    }
}

/// A loss for classification. It may remember what the network said of each sample.
///
/// Evaluation does not ask it: figures of validation and test samples are those of [`CrossEntropy`](super::CrossEntropy),
/// so that runs with different losses can be compared.
pub trait Loss: Send {
    /// The loss of each sample, neither weighted nor averaged; finite in value and gradient for any finite logits.
    ///
    /// # Shapes
    ///
    /// - `logits`: `[batch_size, num_classes]`
    /// - output: `[batch_size]`
    fn training(&mut self, logits: Tensor<2>, samples: &LossSamples<'_>) -> Tensor<1>;

    /// Takes up what the network says of samples themselves: after each step, or after each epoch where steps see
    /// mixtures only.
    fn remember(&mut self, _samples: &LossSamples<'_>, _scores: &Scores) {}

    /// What a user should know after an epoch, counted from 0.
    fn warning(&self, _epoch: u32) -> Option<String> {
        None
    }

    /// The memory at rest, for a checkpoint.
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
