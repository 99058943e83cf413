//! Where a label cleaner's features come from.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use burn::tensor::{Device, Gradients, Tensor, TensorData};
use didact_data::{Augmentation, Batch, Dataset, Loader, LoaderConfig};

use crate::classifier::Classifier;
use crate::error::TrainError;
use crate::evaluation::loading;
use crate::loss::CrossEntropy;
use crate::model_file::ModelDescription;
use crate::network::{Mode, ParameterBuilder, Parameters, Pass};
use crate::optimizer::Optimizer;

/// Makes another seed of a seed.
const APART: u64 = 1 << 62;

/// Rows on their way through a cleaner, and whether they are to be learnt from.
#[derive(Clone, Debug)]
pub struct Course {
    /// The rows, in their order.
    pub(super) rows: Vec<u32>,
    /// How many make a batch.
    pub(super) batch_size: NonZeroUsize,
    /// The epoch and the seed of random changes; none for samples as they are.
    pub(super) changed: Option<(u32, u64)>,
}

/// Batches of rows with the values that an encoder takes.
pub(super) type Batches = Box<dyn Iterator<Item = Result<Batch, TrainError>>>;

/// What makes features of samples.
pub trait Encoder {
    /// Number of features.
    fn width(&self) -> usize;

    /// The batches of a course.
    ///
    /// # Errors
    ///
    /// [`TrainError::Data`] if samples cannot be read.
    fn batches(&self, course: Course) -> Result<Batches, TrainError>;

    /// The features of a batch, `[batch_size, width]`; part of a graph where the encoder learns and `mode` is training.
    fn encode(&self, batch: Batch, mode: Mode) -> (Tensor<2>, Option<Pass>);

    /// Takes a step, where it learns.
    fn learn(&mut self, _gradients: &mut Gradients, _pass: Option<Pass>, _learning_rate: f64) {}

    /// What it has learnt, to come back to; nothing where it does not learn.
    fn parameters(&self) -> Option<&Parameters> {
        None
    }

    /// Comes back to what it had learnt.
    fn restore(&mut self, _parameters: Parameters) {}
}

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

/// An image network whose last hidden layer is the features, and which learns along with the cleaner.
pub struct SharedEncoder {
    classifier: Classifier,
    parameters: Parameters,
    optimizer: Optimizer,
    width: usize,
    dataset: Arc<Dataset>,
    augmentation: Augmentation,
    loading: LoaderConfig,
}

impl SharedEncoder {
    /// The network of a weights file, for samples that are changed at random as they were when it was trained.
    ///
    /// # Errors
    ///
    /// Those of reading a model, and [`TrainError::Combination`] if it has no hidden layer.
    pub fn open(
        weights: &Path,
        dataset: Arc<Dataset>,
        augmentation: Augmentation,
        optimizer: Optimizer,
        device: &Device,
    ) -> Result<Self, TrainError> {
        let (description, file) = ModelDescription::read(weights)?;
        let mut builder = ParameterBuilder::default();
        let model = description.model.build(description.interface(), &mut builder)?;
        let mut parameters = builder.initialise(0, device);
        parameters.restore(|name| file.tensor(name))?;
        let label_smoothing = description.label_smoothing;
        let mut encoder = Self {
            classifier: Classifier {
                model,
                precision: description.precision,
                yardstick: CrossEntropy { label_smoothing },
            },
            parameters,
            optimizer,
            width: 0,
            dataset,
            augmentation,
            loading: loading(NonZeroUsize::MIN, description.normalization, NonZeroUsize::MIN),
        };
        encoder.width = encoder.features_of_first_row()?;
        Ok(encoder)
    }

    fn features_of_first_row(&self) -> Result<usize, TrainError> {
        let course = Course {
            rows: vec![0],
            batch_size: NonZeroUsize::MIN,
            changed: None,
        };
        let Some(batch) = self.batches(course)?.next() else {
            return Ok(0);
        };
        let mut pass = Pass::new(Mode::Evaluation, self.classifier.precision);
        let frozen = self.parameters.frozen();
        let output = self.classifier.answers(&frozen, batch?.values, 1, &mut pass);
        match output.features {
            Some(features) => Ok(features.dims()[1]),
            None => Err(TrainError::Combination {
                what: "--cleaner network:variant=notebook with a --model without a hidden layer",
                why: "its features are those of the last hidden layer",
            }),
        }
    }
}

impl Encoder for SharedEncoder {
    fn width(&self) -> usize {
        self.width
    }

    fn batches(&self, course: Course) -> Result<Batches, TrainError> {
        let config = LoaderConfig {
            batch_size: course.batch_size,
            ..self.loading.clone()
        };
        let config = match course.changed {
            Some((epoch, seed)) => LoaderConfig {
                augmentation: self.augmentation.clone(),
                epoch,
                seed,
                ..config
            },
            None => config,
        };
        let loader = Loader::new(self.dataset.clone(), course.rows, config)?;
        Ok(Box::new(loader.map(|batch| Ok(batch?))))
    }

    fn encode(&self, batch: Batch, mode: Mode) -> (Tensor<2>, Option<Pass>) {
        let count = batch.rows.len();
        let frozen;
        let (mode, parameters) = match mode {
            // What is dropped here has nothing to do with what is dropped in the network on top.
            Mode::Training { seed, step } => {
                let seed = seed ^ APART;
                (Mode::Training { seed, step }, &self.parameters)
            }
            Mode::Evaluation => {
                frozen = self.parameters.frozen();
                (mode, &frozen)
            }
        };
        let mut pass = Pass::new(mode, self.classifier.precision);
        let output = self
            .classifier
            .answers(parameters, batch.values, count, &mut pass);
        // That there are features was found out when the network was opened.
        (output.features.unwrap_or(output.logits), Some(pass))
    }

    fn learn(&mut self, gradients: &mut Gradients, pass: Option<Pass>, learning_rate: f64) {
        let gradients = self.parameters.gradients(gradients);
        self.optimizer
            .step(&mut self.parameters, gradients, learning_rate);
        if let Some(pass) = pass {
            pass.commit(&mut self.parameters);
        }
    }

    fn parameters(&self) -> Option<&Parameters> {
        Some(&self.parameters)
    }

    fn restore(&mut self, parameters: Parameters) {
        self.parameters = parameters;
    }
}
