//! A trained model at rest: its weights, and all that is needed to use them.

use std::path::Path;

use didact_data::{FeatureExtraction, Normalization, SampleShape};
use didact_kernels::Precision;
use didact_run::TensorFile;
use serde::{Deserialize, Serialize};

use crate::error::TrainError;
use crate::loss::LossConfig;
use crate::model::{Interface, ModelConfig};
use crate::network::Parameters;
use crate::number::ProperShare;

/// What a weights file says about its model, as JSON in the file's metadata.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelDescription {
    /// The version of didact that wrote the file.
    pub version: String,
    /// The model and its settings.
    pub model: ModelConfig,
    /// The loss it was trained with.
    #[serde(default)]
    pub loss: LossConfig,
    /// The share of the target that was spread over all classes.
    #[serde(default)]
    pub label_smoothing: ProperShare,
    /// How its numbers were multiplied, and are where it is used.
    #[serde(default)]
    pub precision: Precision,
    /// The shape of its samples, before features are extracted from them.
    pub input: SampleShape,
    /// The features that it is told instead of pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub features: Option<FeatureExtraction>,
    /// Its classes, in the order of its logits.
    pub class_names: Vec<String>,
    /// How its inputs are normalised, first of all.
    pub normalization: Normalization,
}

impl ModelDescription {
    /// What the model takes and gives.
    pub fn interface(&self) -> Interface {
        Interface {
            input: self
                .features
                .map_or(self.input, |features| features.shape(self.input)),
            num_classes: self.class_names.len(),
        }
    }

    /// Writes a model.
    ///
    /// # Errors
    ///
    /// [`TrainError::Run`] if it cannot be written.
    pub fn write(&self, path: &Path, parameters: &Parameters) -> Result<(), TrainError> {
        let metadata = serde_json::to_string(self).map_err(|error| TrainError::ModelFile {
            path: path.to_owned(),
            found: error.to_string(),
        })?;
        Ok(TensorFile {
            metadata,
            tensors: parameters.store(),
        }
        .write(path)?)
    }

    /// Reads what a weights file says, and its weights.
    ///
    /// # Errors
    ///
    /// [`TrainError::Run`] if it cannot be read, [`TrainError::ModelFile`] if it is not a model of didact's.
    pub fn read(path: &Path) -> Result<(Self, TensorFile), TrainError> {
        let file = TensorFile::read(path)?;
        let description = serde_json::from_str(&file.metadata).map_err(|error| TrainError::ModelFile {
            path: path.to_owned(),
            found: error.to_string(),
        })?;
        Ok((description, file))
    }
}
