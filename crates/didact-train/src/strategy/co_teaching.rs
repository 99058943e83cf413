//! `co-teaching`: two networks, each of which weighs the samples of the other.

use super::Strategy;
use crate::error::TrainError;
use crate::learner::{Learner, StepOutcome};
use crate::lesson::Lesson;

/// Two networks that differ in their initial weights and dropout. In each step both see the same batch; each weighs it by
/// its own losses, and learns by the weights that the *other* gave.
///
/// A network that chose for itself would confirm its own mistakes; the other one makes other mistakes, and so filters them.
/// With the curriculum `small-loss` this is co-teaching as published; any other curriculum that tells samples apart will do.
///
/// Source: Han et al., 2018, "Co-teaching: Robust Training of Deep Neural Networks with Extremely Noisy Labels".
/// Differs in nothing with `small-loss`; weights other than 0 and 1 are our extension.
pub(super) struct CoTeaching {
    first: Learner,
    second: Learner,
}

impl CoTeaching {
    pub(super) fn new(first: Learner, second: Learner) -> Self {
        Self { first, second }
    }
}

impl Strategy for CoTeaching {
    fn step(&mut self, lesson: &Lesson<'_>, learning_rate: f64) -> Result<StepOutcome, TrainError> {
        let attempts = (self.first.attempt(lesson)?, self.second.attempt(lesson)?);
        let own = self.first.weigh(lesson, &attempts.0.scores)?;
        let mut other = self.second.weigh(lesson, &attempts.1.scores)?;
        let scores = self.first.learn(attempts.0, &other.weighing, learning_rate);
        self.second.learn(attempts.1, &own.weighing, learning_rate);
        // The ledger tells what the first network said, and the weights it learnt by.
        other.observation = own.observation;
        other.weighed_in += own.weighed_in;
        Ok(StepOutcome::new(scores, other))
    }

    fn learners(&self) -> Vec<&Learner> {
        vec![&self.first, &self.second]
    }

    fn learners_mut(&mut self) -> Vec<&mut Learner> {
        vec![&mut self.first, &mut self.second]
    }
}
