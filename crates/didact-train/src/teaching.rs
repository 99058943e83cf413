//! What curricula learn when an epoch is over.

use didact_curriculum::{EpochEnd, MentorObservation, Warning};

use crate::error::TrainError;
use crate::trainer::Trainer;

impl Trainer {
    /// Tells curricula what happened in the epoch to samples whose labels are known to be right or wrong.
    ///
    /// A sample's loss is that of its own training step, which is what a mentor will be asked about.
    pub(crate) fn teach_curricula(&mut self) -> Result<Vec<Warning>, TrainError> {
        let (epoch, epochs) = (self.position.epochs_done(), self.config.epochs.get());
        let part = &self.data.train;
        let percent = (u64::from(epoch) * 100 / u64::from(epochs)).min(99) as u8;
        let trusted = self.data.trusted.as_slice();
        let observe = |(row, given_label): (usize, u32)| {
            let trusted = (*trusted.get(row)?)?;
            Some(MentorObservation {
                percent,
                given_label,
                is_right: given_label == trusted,
                loss: f64::from(self.outcomes.loss(row)),
            })
        };
        let observed: Vec<MentorObservation> = part.labelled().filter_map(observe).collect();
        self.strategy.epoch_ended(&EpochEnd {
            epoch,
            epochs,
            trusted: &observed,
        })
    }
}
