//! An image network that learns along.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use burn::tensor::{Device, Tensor};
use didact_data::{Augmentation, Batch, Dataset, Loader, LoaderConfig};

use super::encoder::{Batches, Course, Encoder};
use super::learning_parameters::LearningParameters;
use crate::classifier::Classifier;
use crate::error::TrainError;
use crate::evaluation::loading;
use crate::loss::CrossEntropy;
use crate::model_file::ModelDescription;
use crate::network::{Mode, ParameterBuilder, Pass};
use crate::optimizer::Optimizer;

/// Makes another seed of a seed.
const APART: u64 = 1 << 62;

/// An image network whose last hidden layer is the features, and which learns along with the cleaner.
pub struct SharedEncoder {
    classifier: Classifier,
    learning: LearningParameters,
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
            learning: LearningParameters::new(parameters, optimizer),
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
        let frozen = self.learning.parameters().frozen();
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
                (Mode::Training { seed, step }, self.learning.parameters())
            }
            Mode::Evaluation => {
                frozen = self.learning.parameters().frozen();
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

    fn learning(&self) -> Option<&LearningParameters> {
        Some(&self.learning)
    }

    fn learning_mut(&mut self) -> Option<&mut LearningParameters> {
        Some(&mut self.learning)
    }
}
