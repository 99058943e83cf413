//! Where a label cleaner's features come from.

use std::num::NonZeroUsize;

use burn::tensor::Tensor;
use didact_data::Batch;

use super::learning_parameters::LearningParameters;
use crate::error::TrainError;
use crate::network::{Mode, Pass};

/// Rows on their way through a cleaner, and whether they are to be learnt from.
#[derive(Clone, Debug)]
pub struct Course {
    /// The rows, in their order.
    pub(super) rows: Vec<u32>,
    /// How many make a batch.
    pub(super) batch_size: NonZeroUsize,
    /// The epoch and the seed of random changes; none for samples as they are.
    pub(super) changed: Option<(u32, u64)>,
}

/// Batches of rows with the values that an encoder takes.
pub(super) type Batches = Box<dyn Iterator<Item = Result<Batch, TrainError>>>;

/// What makes features of samples.
pub trait Encoder {
    /// Number of features.
    fn width(&self) -> usize;

    /// The batches of a course.
    ///
    /// # Errors
    ///
    /// [`TrainError::Data`] if samples cannot be read.
    fn batches(&self, course: Course) -> Result<Batches, TrainError>;

    /// The features of a batch, `[batch_size, width]`; part of a graph where the encoder learns and `mode` is training.
    fn encode(&self, batch: Batch, mode: Mode) -> (Tensor<2>, Option<Pass>);

    /// What learns of it; nothing where it does not learn.
    fn learning(&self) -> Option<&LearningParameters> {
        None
    }

    /// The same, to take a step or to go back to what it was.
    fn learning_mut(&mut self) -> Option<&mut LearningParameters> {
        None
    }
}
