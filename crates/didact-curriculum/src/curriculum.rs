//! The one question every curriculum answers.

use crate::batch::Batch;
use crate::error::CurriculumError;
use crate::state::State;

/// What a curriculum answers for a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighing {
    /// Weight of each sample, `[batch_size]`, each finite and `>= 0`. A constant: nothing is differentiated through it.
    pub weights: Vec<f32>,
    /// SuperLoss value of each sample, `[batch_size]`, where the method has one. For logging; never the task's loss.
    pub values: Option<Vec<f32>>,
}

/// A weight per sample, from the losses of a batch and the progress of the run.
///
/// The objective of a step is the mean over the batch of `weight · loss`; the caller averages, in one place, and
/// divides by the size of the batch, not by the sum of the weights. An implementation that needs random numbers
/// draws them from seed, step and id, never from a generator it keeps.
pub trait Curriculum: Send {
    /// Weighs one training batch and remembers what it needs of it.
    ///
    /// # Errors
    ///
    /// Those of [`Batch::check`]. After an error the curriculum is as it was before the call.
    fn weigh(&mut self, batch: &Batch<'_>) -> Result<Weighing, CurriculumError>;

    /// What a checkpoint must keep so that [`restore`](Self::restore) continues with the same bits.
    fn state(&self) -> State;

    /// Continues from a saved state, on a curriculum built with the same configuration.
    ///
    /// # Errors
    ///
    /// [`CurriculumError::WrongState`] if another curriculum saved the state or its numbers make no sense here.
    /// After an error the curriculum is as it was before the call.
    fn restore(&mut self, state: &State) -> Result<(), CurriculumError>;
}
