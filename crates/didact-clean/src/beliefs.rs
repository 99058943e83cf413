//! What the true label of each sample is.

use std::path::Path;

use didact_run::{RunError, read_array, write_array};

use crate::error::CleanError;

/// A probability of each class for each row of the data; zeros for rows that nobody asked about.
///
/// Kept in single precision, as they are at rest, so that a cleaning that goes on after a stop reads what it would have known.
#[derive(Clone, Debug, PartialEq)]
pub struct Beliefs {
    values: Vec<f32>,
    num_classes: usize,
}

impl Beliefs {
    /// No belief about any row.
    pub(crate) fn none(num_rows: usize, num_classes: usize) -> Self {
        Self {
            values: vec![0.0; num_rows * num_classes],
            num_classes,
        }
    }

    /// Adds to what is believed of rows: a share of `posteriors`, one for each row.
    pub(crate) fn add(&mut self, rows: &[u32], posteriors: &[Vec<f64>], share: f64) {
        for (&row, posterior) in rows.iter().zip(posteriors) {
            let start = row as usize * self.num_classes;
            for (value, added) in self.values[start..].iter_mut().zip(posterior) {
                *value = (f64::from(*value) + share * added) as f32;
            }
        }
    }

    /// The probabilities of a row.
    ///
    /// # Panics
    ///
    /// If there is no such row.
    pub fn row(&self, row: u32) -> &[f32] {
        &self.values[row as usize * self.num_classes..][..self.num_classes]
    }

    /// The same in double precision, scaled to sum 1.
    pub(crate) fn posterior(&self, row: u32) -> Vec<f64> {
        let values: Vec<f64> = self.row(row).iter().copied().map(f64::from).collect();
        let sum: f64 = values.iter().sum();
        if sum > 0.0 {
            values.into_iter().map(|value| value / sum).collect()
        } else {
            values
        }
    }

    /// Number of rows.
    pub fn num_rows(&self) -> usize {
        self.values.len() / self.num_classes.max(1)
    }

    pub(crate) fn write(&self, path: &Path) -> Result<(), CleanError> {
        let rows = self.values.chunks_exact(self.num_classes);
        Ok(write_array(path, [self.num_rows(), self.num_classes], rows)?)
    }

    /// # Errors
    ///
    /// [`RunError::Malformed`] if they are of other data.
    pub(crate) fn read(path: &Path, num_rows: usize, num_classes: usize) -> Result<Self, CleanError> {
        let (shape, values) = read_array(path)?;
        if shape == [num_rows, num_classes] {
            return Ok(Self { values, num_classes });
        }
        Err(RunError::Malformed {
            path: path.to_owned(),
            expected: "probabilities of the samples and classes of the data",
            found: format!("{} of {}", shape[0], shape[1]),
        }
        .into())
    }
}
