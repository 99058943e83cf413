//! A part of the data: the samples that are trained on, that choose the epoch, or that are reported on.

use std::sync::Arc;

use didact_data::Dataset;

/// Rows of a data set, in ascending order.
#[derive(Clone, Debug)]
pub struct Part {
    /// The data set, with the labels that are trained on or measured against.
    pub dataset: Arc<Dataset>,
    /// The rows that belong to the part.
    pub rows: Vec<u32>,
}

impl Part {
    /// All samples of a data set.
    pub fn whole(dataset: Arc<Dataset>) -> Self {
        let rows = (0..dataset.len() as u32).collect();
        Self { dataset, rows }
    }

    /// Number of samples.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no sample.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
