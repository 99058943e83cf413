//! Opening the data that a configuration names.

use std::path::Path;

use didact_data::{
    BadItems, Dataset, FeatureExtraction, MemoryBudget, OpenOptions, Part as DataPart, has_test_part,
    read_partial_labels, read_true_labels, without_rows,
};

use crate::config::{TestChoice, TrainConfig, ValidationChoice};
use crate::error::TrainError;

/// The data of a run, as it was found.
#[derive(Debug)]
pub struct Sources {
    /// The data to train on.
    pub data: Dataset,
    /// The true labels of `data` where they are known.
    pub true_labels: Option<Vec<Option<u32>>>,
    /// The trusted labels of `data` where there are any.
    pub trusted: Option<Vec<Option<u32>>>,
    /// The data that chooses the epoch, if it is not a share of `data`.
    pub validation: Option<Dataset>,
    /// The data to report on.
    pub test: Option<Dataset>,
}

impl Sources {
    /// Opens everything that a configuration names.
    ///
    /// If `data` holds both a training and a test part and no other test data is named, its test part is reported on.
    ///
    /// # Errors
    ///
    /// [`TrainError::Data`] for the first that cannot be opened.
    pub fn open(config: &TrainConfig) -> Result<Self, TrainError> {
        let data = open_data(config)?;
        let true_labels = config
            .true_labels
            .as_ref()
            .map(|path| read_true_labels(path, &data));
        let trusted = config
            .trusted
            .as_ref()
            .map(|path| read_partial_labels(path, &data));
        let (true_labels, trusted) = (true_labels.transpose()?, trusted.transpose()?);
        let validation = match &config.validation {
            ValidationChoice::Data(path) => Some(open_validation(path, &data, config)?),
            _ => None,
        };
        let test = match &config.test {
            Some(TestChoice::Data(path)) if has_test_part(path) => {
                Some(open_alike(path, &data, config, DataPart::Test)?)
            }
            Some(TestChoice::Data(path)) => Some(open_alike(path, &data, config, DataPart::Auto)?),
            None if has_test_part(&config.data) => Some(open_alike(
                &without_rows(&config.data),
                &data,
                config,
                DataPart::Test,
            )?),
            Some(TestChoice::None) | None => None,
        };
        Ok(Self {
            data,
            true_labels,
            trusted,
            validation,
            test,
        })
    }

    /// The same data, read as features that are extracted from their pixels.
    ///
    /// # Errors
    ///
    /// [`TrainError::Data`] if they are no images.
    pub fn with_extraction(self, features: FeatureExtraction) -> Result<Self, TrainError> {
        let extract = |data: Dataset| data.with_extraction(features);
        Ok(Self {
            data: extract(self.data)?,
            validation: self.validation.map(extract).transpose()?,
            test: self.test.map(extract).transpose()?,
            ..self
        })
    }
}

/// Opens the data to train on.
pub(crate) fn open_data(config: &TrainConfig) -> Result<Dataset, TrainError> {
    Ok(Dataset::open(&config.data, &options(config, DataPart::Auto))?)
}

/// Opens data that choose the epoch.
pub(crate) fn open_validation(
    path: &Path,
    data: &Dataset,
    config: &TrainConfig,
) -> Result<Dataset, TrainError> {
    open_alike(path, data, config, DataPart::Auto)
}

/// Opens data that must look like the training data: the same classes and the same shape. Labels in a file of their own
/// belong to the training data's path, other rows of which may be meant.
fn open_alike(
    path: &Path,
    data: &Dataset,
    config: &TrainConfig,
    part: DataPart,
) -> Result<Dataset, TrainError> {
    let is_same_path = without_rows(path) == without_rows(&config.data);
    let options = OpenOptions {
        labels: config.labels.clone().filter(|_| is_same_path),
        class_names: Some(data.class_names().to_vec()),
        shape: Some(data.shape()),
        ..options(config, part)
    };
    Ok(Dataset::open(path, &options)?)
}

fn options(config: &TrainConfig, part: DataPart) -> OpenOptions {
    OpenOptions {
        format: config.format,
        labels: config.labels.clone(),
        image_size: config.image_size,
        bad_items: if config.skip_bad {
            BadItems::Skip
        } else {
            BadItems::Refuse
        },
        memory_budget: MemoryBudget(config.memory_budget.saturating_mul(1 << 20)),
        part,
        ..OpenOptions::default()
    }
}
