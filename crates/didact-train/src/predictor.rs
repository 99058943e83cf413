//! Using a trained model.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use didact_curriculum::CurriculumConfig;
use didact_data::Dataset;
use didact_labels::metrics::ConfusionMatrix;
use didact_run::SplitMetrics;

use crate::classifier::Classifier;
use crate::device::DeviceChoice;
use crate::error::TrainError;
use crate::evaluation::{Evaluation, loading};
use crate::loss::CrossEntropy;
use crate::model_file::ModelDescription;
use crate::network::{ParameterBuilder, Parameters};
use crate::part::Part;
use crate::scoring::Scores;

const BATCH_SIZE: NonZeroUsize = NonZeroUsize::new(256).unwrap();

/// A trained model, ready to answer.
pub struct Predictor {
    description: ModelDescription,
    classifier: Classifier,
    frozen: Parameters,
}

/// A model's answers to samples.
#[derive(Debug)]
pub struct Predictions {
    /// Predicted probabilities, `[num_samples, num_classes]` flat, in the order of the part's rows.
    pub probabilities: Vec<f32>,
    /// The figures of the samples that have labels; all are 0 where none has.
    pub metrics: SplitMetrics,
    /// Which labels were mistaken for which.
    pub confusion: ConfusionMatrix,
}

impl Predictor {
    /// Loads the model of a weights file such as `RUN/model.safetensors`.
    ///
    /// # Errors
    ///
    /// [`TrainError::ModelFile`] or [`TrainError::Weights`] if the file is not a model of didact's.
    pub fn open(weights: &Path, device: DeviceChoice) -> Result<Self, TrainError> {
        let (description, file) = ModelDescription::read(weights)?;
        let mut builder = ParameterBuilder::default();
        let model = description.model.build(description.interface(), &mut builder)?;
        builder.check()?;
        let mut parameters = builder.initialise(0, &device.open()?.without_autodiff());
        parameters.restore(|name| file.tensor(name))?;
        let (precision, label_smoothing) = (description.precision, description.label_smoothing);
        Ok(Self {
            description,
            classifier: Classifier {
                model,
                precision,
                yardstick: CrossEntropy { label_smoothing },
            },
            frozen: parameters.frozen(),
        })
    }

    /// What the model is.
    pub fn description(&self) -> &ModelDescription {
        &self.description
    }

    /// Answers the samples of a part.
    ///
    /// # Errors
    ///
    /// [`TrainError::DataMismatch`] if they are not what the model was trained on, and errors of reading them.
    pub fn predict(&self, part: &Part) -> Result<Predictions, TrainError> {
        self.check(part)?;
        let part = &self.extracted(part)?;
        let loading = loading(
            BATCH_SIZE,
            self.description.normalization.clone(),
            NonZeroUsize::MIN,
        );
        let mut watcher = CurriculumConfig::None.observer(Some(self.description.class_names.len()))?;
        let num_classes = self.description.class_names.len();
        let mut probabilities = vec![0.0; part.len() * num_classes];
        let mut note = |rows: &[u32], scores: &Scores| {
            for (row, log_probabilities) in rows.iter().zip(scores.rows()) {
                // The rows of a part ascend, and all that is heard of are among them.
                let position = part.rows.partition_point(|other| other < row);
                let of_row = &mut probabilities[position * num_classes..][..num_classes];
                let pairs = of_row.iter_mut().zip(log_probabilities);
                pairs.for_each(|(probability, value)| *probability = value.exp());
            }
        };
        let outcomes = Evaluation::new(&self.classifier, part, loading).outcomes(
            &self.frozen,
            &mut watcher,
            &mut note,
        )?;
        let metrics = SplitMetrics {
            superloss: None,
            ..outcomes.metrics(part)?
        };
        Ok(Predictions {
            probabilities,
            metrics,
            confusion: outcomes.confusion(part)?,
        })
    }

    /// The part as the model was told of its own.
    fn extracted(&self, part: &Part) -> Result<Part, TrainError> {
        let Some(features) = self.description.features else {
            return Ok(part.clone());
        };
        let dataset = Dataset::clone(&part.dataset).with_extraction(features)?;
        Ok(Part {
            dataset: Arc::new(dataset),
            rows: part.rows.clone(),
        })
    }

    fn check(&self, part: &Part) -> Result<(), TrainError> {
        let mismatch = |what, expected: String, found: String| TrainError::DataMismatch {
            what,
            expected,
            found,
        };
        let (shape, names) = (part.dataset.source_shape(), part.dataset.class_names());
        if shape != self.description.input {
            return Err(mismatch(
                "samples",
                self.description.input.to_string(),
                shape.to_string(),
            ));
        }
        if names != self.description.class_names {
            return Err(mismatch(
                "classes",
                self.description.class_names.join(", "),
                names.join(", "),
            ));
        }
        Ok(())
    }
}
