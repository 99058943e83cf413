//! The one question every curriculum answers.

use serde::{Deserialize, Serialize};

use crate::batch::Batch;
use crate::error::CurriculumError;
use crate::mentornet::{Mentor, MentorObservation};
use crate::state::State;
use crate::warning::Warning;

/// What a curriculum answers for a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighing {
    /// Weight of each sample, `[batch_size]`, each finite and `>= 0`. A constant: nothing is differentiated through it.
    pub weights: Vec<f32>,
    /// SuperLoss value of each sample, `[batch_size]`, where the method has one. For logging; never the task's loss.
    pub values: Option<Vec<f32>>,
    /// What the weighted losses are divided by.
    pub averaging: Averaging,
}

impl Weighing {
    /// Weights, averaged over the batch, of a method without SuperLoss values.
    pub fn new(weights: Vec<f32>) -> Self {
        Self {
            weights,
            values: None,
            averaging: Averaging::Batch,
        }
    }
}

/// What the sum of the weighted losses of a batch is divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Averaging {
    /// The size of the batch: fewer selected samples are a shorter step.
    #[default]
    Batch,
    /// The sum of the weights: the selected samples are stepped on as if they were a batch of their own. A batch of
    /// which nothing is selected teaches nothing.
    Selected,
}

/// An epoch that is over.
#[derive(Clone, Copy, Debug)]
pub struct EpochEnd<'a> {
    /// The epoch, in `0..epochs`.
    pub epoch: u32,
    /// Epochs of the whole run.
    pub epochs: u32,
    /// What happened in it to the samples whose labels are known to be right or wrong, `[num_trusted]`; empty where a run
    /// has none, or trains on their trusted labels.
    pub trusted: &'a [MentorObservation],
}

/// A weight per sample, from the losses of a batch and the progress of the run.
///
/// The objective of a step is the sum over the batch of `weight · loss`, divided as [`Averaging`] says; the caller
/// averages, in one place. An implementation that needs random numbers
/// draws them from seed, step and id, never from a generator it keeps.
pub trait Curriculum: Send {
    /// Weighs one training batch and remembers what it needs of it.
    ///
    /// # Errors
    ///
    /// Those of [`Batch::check`]. After an error the curriculum is as it was before the call.
    fn weigh(&mut self, batch: &Batch<'_>) -> Result<Weighing, CurriculumError>;

    /// What a user should know before the run.
    fn warnings(&self) -> Vec<Warning> {
        Vec::new()
    }

    /// Whether a parameter is `auto`: follows [`Batch::noise_rate`], and is at its default until there is one.
    fn follows_noise_rate(&self) -> bool {
        false
    }

    /// Hears that an epoch is over, and learns from what trusted samples showed in it. Returns what a user should know.
    ///
    /// # Errors
    ///
    /// Those of learning. After an error the curriculum is as it was before the call.
    fn epoch_ended(&mut self, _ended: &EpochEnd<'_>) -> Result<Vec<Warning>, CurriculumError> {
        Ok(Vec::new())
    }

    /// The mentor that this run taught itself, if it did.
    fn mentor(&self) -> Option<&Mentor> {
        None
    }

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
