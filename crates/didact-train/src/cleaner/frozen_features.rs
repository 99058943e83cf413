//! Features that were computed once.

use std::sync::Arc;

use burn::tensor::{Device, Tensor, TensorData};
use didact_data::Batch;

use super::encoder::{Batches, Course, Encoder};
use crate::error::TrainError;
use crate::network::{Mode, Pass};

/// Features that were computed once and stay as they are.
#[derive(Clone, Debug)]
pub struct FrozenFeatures {
    values: Arc<[f32]>,
    width: usize,
    device: Device,
}

impl FrozenFeatures {
    /// Takes features of all rows, flat: `[num_samples, width]`. Each is scaled to mean 0 and deviation 1 over `rows`, so that
    /// networks of any scale teach alike.
    ///
    /// # Panics
    ///
    /// If they are not whole rows.
    pub fn new(mut values: Vec<f32>, width: usize, rows: &[u32], device: &Device) -> Self {
        assert!(width > 0 && values.len().is_multiple_of(width), "whole rows");
        for feature in 0..width {
            let of = |row: &u32| f64::from(values[*row as usize * width + feature]);
            let count = rows.len().max(1) as f64;
            let mean = rows.iter().map(of).sum::<f64>() / count;
            let variance = rows.iter().map(|row| (of(row) - mean).powi(2)).sum::<f64>() / count;
            // A feature that is the same for all says nothing, at any scale.
            let scale = if variance > 0.0 {
                1.0 / variance.sqrt()
            } else {
                0.0
            };
            for value in values.iter_mut().skip(feature).step_by(width) {
                *value = ((f64::from(*value) - mean) * scale) as f32;
            }
        }
        Self {
            values: values.into(),
            width,
            device: device.clone(),
        }
    }
}

impl Encoder for FrozenFeatures {
    fn width(&self) -> usize {
        self.width
    }

    fn batches(&self, course: Course) -> Result<Batches, TrainError> {
        let Course { rows, batch_size, .. } = course;
        let batches: Vec<Vec<u32>> = rows.chunks(batch_size.get()).map(<[u32]>::to_vec).collect();
        let (all, width) = (self.values.clone(), self.width);
        let batch = move |(index, rows): (usize, Vec<u32>)| {
            let values = rows.iter().flat_map(|&row| &all[row as usize * width..][..width]);
            let values = values.copied().collect();
            Ok(Batch { index, rows, values })
        };
        Ok(Box::new(batches.into_iter().enumerate().map(batch)))
    }

    fn encode(&self, batch: Batch, mode: Mode) -> (Tensor<2>, Option<Pass>) {
        let device = match mode {
            Mode::Training { .. } => self.device.clone(),
            Mode::Evaluation => self.device.clone().without_autodiff(),
        };
        let shape = [batch.rows.len(), self.width];
        (
            Tensor::from_data(TensorData::new(batch.values, shape), &device),
            None,
        )
    }
}
