//! Labels that are not one class but a probability of each.

use std::sync::Arc;

use burn::tensor::activation::log_softmax;
use burn::tensor::{Device, Tensor, TensorData};

use super::{Loss, LossSamples};
use crate::error::TrainError;
use crate::number::ProperShare;

/// A probability of each class for each row of a data set, `[num_samples, num_classes]`: what a corrected label is when
/// nothing is thrown away. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub struct SoftLabels {
    values: Arc<[f32]>,
    num_classes: usize,
}

impl SoftLabels {
    /// Takes probabilities, flat and row by row.
    ///
    /// # Errors
    ///
    /// [`TrainError::DataMismatch`] if they are not whole rows of probabilities that sum to 1 within 1e-3.
    ///
    /// ```
    /// use didact_train::SoftLabels;
    ///
    /// let labels = SoftLabels::new(vec![0.25, 0.75, 1.0, 0.0], 2)?;
    /// assert_eq!(labels.row(0), [0.25, 0.75]);
    /// assert!(SoftLabels::new(vec![0.25, 0.25], 2).is_err());
    /// # Ok::<(), didact_train::TrainError>(())
    /// ```
    pub fn new(values: Vec<f32>, num_classes: usize) -> Result<Self, TrainError> {
        let wrong = |expected: &str, found: String| TrainError::DataMismatch {
            what: "soft labels",
            expected: expected.to_owned(),
            found,
        };
        if num_classes == 0 || !values.len().is_multiple_of(num_classes) {
            let found = format!("{} numbers for {num_classes} classes", values.len());
            return Err(wrong("whole rows", found));
        }
        let is_distribution = |row: &&[f32]| {
            let sum: f32 = row.iter().sum();
            row.iter().all(|value| (0.0..=1.0).contains(value)) && (sum - 1.0).abs() < 1e-3
        };
        if let Some(row) = values.chunks_exact(num_classes).find(|row| !is_distribution(row)) {
            return Err(wrong("probabilities that sum to 1", format!("{row:?}")));
        }
        Ok(Self {
            values: values.into(),
            num_classes,
        })
    }

    /// The probabilities of one row.
    ///
    /// # Panics
    ///
    /// If there is no such row.
    pub fn row(&self, row: u32) -> &[f32] {
        &self.values[row as usize * self.num_classes..][..self.num_classes]
    }

    /// How many rows there are.
    pub fn num_rows(&self) -> usize {
        self.values.len() / self.num_classes
    }

    /// All probabilities, row by row.
    pub(crate) fn values(&self) -> &[f32] {
        &self.values
    }

    fn tensor(&self, rows: &[u32], device: &Device) -> Tensor<2> {
        let values: Vec<f32> = rows.iter().flat_map(|&row| self.row(row)).copied().collect();
        Tensor::from_data(TensorData::new(values, [rows.len(), self.num_classes]), device)
    }
}

/// Cross-entropy with a soft label.
///
/// ```text
/// loss = -sum over classes k of ((1 - s) q[k] + s / K) ln p[k]
/// ```
///
/// In nats, `>= 0`, unbounded. With a `q` of one 1 it is [`CrossEntropy`](super::CrossEntropy). The given label of a sample
/// still counts where curriculum and ledger ask for it; it is the likeliest class.
///
/// Source: the definition of cross-entropy; label smoothing `s` of Szegedy et al., 2016.
#[derive(Clone, Debug)]
pub struct SoftCrossEntropy {
    /// The probabilities of each row.
    pub labels: SoftLabels,
    /// Share `s` of the target that is spread over all classes, in `[0, 1)`.
    pub label_smoothing: ProperShare,
}

impl Loss for SoftCrossEntropy {
    fn training(&mut self, logits: Tensor<2>, samples: &LossSamples<'_>) -> Tensor<1> {
        let targets = self.labels.tensor(samples.rows, &logits.device());
        let log_probabilities = log_softmax(logits, 1);
        let expected = (log_probabilities.clone() * targets)
            .sum_dim(1)
            .squeeze_dim::<1>(1);
        let smoothing = f64::from(self.label_smoothing);
        if smoothing == 0.0 {
            return expected.neg();
        }
        let mean = log_probabilities.mean_dim(1).squeeze_dim::<1>(1);
        (expected * (1.0 - smoothing) + mean * smoothing).neg()
    }
}
