//! Predicted probabilities, averaged over epochs.

use didact_run::{StoredTensor, StoredValues};

use crate::error::TrainError;
use crate::scoring::Scores;

/// Sums of predicted probabilities over the epochs after warm-up, `[num_samples, num_classes]`.
///
/// Warm-up is the first tenth of the epochs, rounded down, in which a network says little; never more than the patience
/// of early stopping, which every run outlasts. It is memory of
/// `4 * num_samples * num_classes` bytes.
#[derive(Clone, Debug)]
pub(crate) struct ProbabilitySums {
    sums: Vec<f32>,
    num_classes: usize,
    warmup: u32,
}

impl ProbabilitySums {
    pub(crate) fn new(rows: usize, num_classes: usize, warmup: u32) -> Self {
        Self {
            sums: vec![0.0; rows * num_classes],
            num_classes,
            warmup,
        }
    }

    /// Adds what the network said in an epoch, counted from 0.
    pub(crate) fn add(&mut self, epoch: u32, rows: &[u32], scores: &Scores) {
        if epoch < self.warmup {
            return;
        }
        for (&row, log_probabilities) in rows.iter().zip(scores.rows()) {
            let sums = &mut self.sums[row as usize * self.num_classes..][..self.num_classes];
            sums.iter_mut()
                .zip(log_probabilities)
                .for_each(|(sum, value)| *sum += value.exp());
        }
    }

    /// The averages, row by row. Rows that no epoch visited hold zeros.
    pub(crate) fn averages(&self) -> impl ExactSizeIterator<Item = Vec<f32>> {
        self.sums.chunks_exact(self.num_classes).map(|sums| {
            let total: f32 = sums.iter().sum();
            sums.iter()
                .map(|sum| if total > 0.0 { sum / total } else { 0.0 })
                .collect()
        })
    }

    /// The sums at rest.
    pub(crate) fn store(&self) -> StoredTensor {
        let shape = vec![self.sums.len() / self.num_classes, self.num_classes];
        StoredTensor {
            name: "sums".to_owned(),
            shape,
            values: StoredValues::F32(self.sums.clone()),
        }
    }

    /// Takes up stored sums.
    pub(crate) fn restore(&mut self, stored: Option<&StoredTensor>) -> Result<(), TrainError> {
        match stored.map(|stored| &stored.values) {
            Some(StoredValues::F32(sums)) if sums.len() == self.sums.len() => {
                self.sums.clone_from(sums);
                Ok(())
            }
            _ => Err(TrainError::Weights {
                name: "probabilities".to_owned(),
                expected: format!("{} sums", self.sums.len()),
                found: "others".to_owned(),
            }),
        }
    }
}
