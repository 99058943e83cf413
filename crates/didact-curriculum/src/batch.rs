//! What a curriculum is told about a batch.

use crate::error::CurriculumError;

/// How far the run has come.
///
/// `step` runs over the whole training, not over the epoch, so that a curriculum can follow either clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Current epoch, in `0..epochs`.
    pub epoch: u32,
    /// Epochs of the whole run.
    pub epochs: u32,
    /// Current optimizer step, in `0..steps`.
    pub step: u64,
    /// Optimizer steps of the whole run.
    pub steps: u64,
}

/// One batch as a curriculum sees it.
///
/// # Shapes
///
/// All slices are `[batch_size]`, in the same order.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    /// Loss of each sample, unweighted and not averaged, in the unit of the task's loss.
    pub losses: &'a [f32],
    /// Stable key of each sample, the same in every epoch and every run; what chance is drawn by.
    pub ids: &'a [u64],
    /// Row of each sample in its data set, in `0..num_samples` of the [`Setting`](crate::Setting); where memory of
    /// single samples lies.
    pub rows: &'a [u32],
    /// Given label of each sample, or its group where the task has no classes.
    pub labels: &'a [u32],
    /// How far the run has come.
    pub progress: Progress,
    /// Estimated share of wrong labels in `[0, 1)`, once the run has one that is worth following; what parameters that are
    /// `auto` follow.
    pub noise_rate: Option<f64>,
}

impl Batch<'_> {
    /// Checks what every curriculum relies on.
    ///
    /// # Errors
    ///
    /// [`CurriculumError::EmptyBatch`], [`CurriculumError::UnequalLengths`], and
    /// [`CurriculumError::NonFiniteLoss`] at the first loss that is NaN or infinite.
    pub fn check(&self) -> Result<(), CurriculumError> {
        let expected = self.losses.len();
        for (column, found) in [
            ("ids", self.ids.len()),
            ("rows", self.rows.len()),
            ("labels", self.labels.len()),
        ] {
            if found != expected {
                return Err(CurriculumError::UnequalLengths {
                    column,
                    expected,
                    found,
                });
            }
        }
        check_losses(self.losses)
    }

    /// Checks what a curriculum with a memory of single samples relies on beside.
    ///
    /// # Errors
    ///
    /// [`CurriculumError::UnknownRow`] at the first row that is not below `num_samples`.
    pub fn check_rows(&self, num_samples: usize) -> Result<(), CurriculumError> {
        match self.rows.iter().position(|&row| row as usize >= num_samples) {
            Some(position) => Err(CurriculumError::UnknownRow {
                position,
                found: self.rows[position],
                num_samples,
            }),
            None => Ok(()),
        }
    }
}

/// Refuses an empty batch and the first loss that is not a number.
pub(crate) fn check_losses(losses: &[f32]) -> Result<(), CurriculumError> {
    if losses.is_empty() {
        return Err(CurriculumError::EmptyBatch);
    }
    match losses.iter().position(|loss| !loss.is_finite()) {
        Some(position) => Err(CurriculumError::NonFiniteLoss {
            position,
            found: losses[position],
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Progress = Progress {
        epoch: 0,
        epochs: 1,
        step: 0,
        steps: 1,
    };

    #[test]
    fn columns_of_another_length_are_refused_by_name() {
        let batch = Batch {
            losses: &[1.0, 2.0],
            ids: &[1, 2],
            rows: &[1, 2],
            labels: &[0],
            progress: START,
            noise_rate: None,
        };
        let message = batch.check().unwrap_err().to_string();
        assert_eq!(message, "a batch of 2 losses has 1 labels");
    }

    #[test]
    fn the_first_loss_that_is_not_finite_is_named_by_its_position() {
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let batch = Batch {
                losses: &[1.0, bad, f32::NAN],
                ids: &[1, 2, 3],
                rows: &[1, 2, 3],
                labels: &[0, 0, 0],
                progress: START,
                noise_rate: None,
            };
            let error = batch.check().unwrap_err();
            assert!(
                matches!(error, CurriculumError::NonFiniteLoss { position: 1, .. }),
                "{error}"
            );
        }
    }

    #[test]
    fn an_empty_batch_is_refused() {
        let batch = Batch {
            losses: &[],
            ids: &[],
            rows: &[],
            labels: &[],
            progress: START,
            noise_rate: None,
        };
        assert!(matches!(batch.check(), Err(CurriculumError::EmptyBatch)));
    }
}
