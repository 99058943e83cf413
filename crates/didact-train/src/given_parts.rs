//! Parts of a data set that were drawn elsewhere, ready to train on.

use didact_data::Dataset;
use didact_random::sample_key;

use crate::config::TrainConfig;
use crate::error::TrainError;
use crate::leak::refuse_leak;
use crate::loss::SoftLabels;
use crate::part::Part;
use crate::prepare::{Prepared, labels_text};

/// Parts of a data set that were drawn elsewhere, as those of cleaning are: who trains, who selects and who reports is not the
/// configuration's to say.
#[derive(Clone, Debug)]
pub struct GivenParts {
    /// The samples to train on, with the labels to train on.
    pub train: Part,
    /// The samples that choose the epoch.
    pub validation: Option<Part>,
    /// The samples to report on.
    pub test: Option<Part>,
    /// The true label of each row of the training data, where it is known. They only measure.
    pub true_labels: Vec<Option<u32>>,
    /// How much each row of the training data counts whatever the curriculum says; empty where all count alike.
    pub importance: Vec<f32>,
    /// Labels of the training data that are a probability of each class, if they are.
    pub soft_labels: Option<SoftLabels>,
    /// What the labels that choose the epoch are, in words.
    pub validation_labels: &'static str,
}

impl Prepared {
    /// Makes a run's data of parts: checks that nothing reported on trains or selects, and measures how inputs are normalised.
    ///
    /// # Errors
    ///
    /// [`TrainError::Leak`] naming the samples, [`TrainError::BatchTooLarge`].
    ///
    /// # Panics
    ///
    /// If true labels, importance or soft labels are not one a row.
    pub fn from_parts(parts: GivenParts, config: &TrainConfig) -> Result<Self, TrainError> {
        let GivenParts {
            train,
            validation,
            test,
            true_labels,
            importance,
            soft_labels,
            validation_labels,
        } = parts;
        let rows = train.dataset.len();
        assert_eq!(true_labels.len(), rows, "true labels");
        assert!(importance.is_empty() || importance.len() == rows, "importance");
        assert!(
            soft_labels.as_ref().is_none_or(|soft| soft.num_rows() == rows),
            "soft labels"
        );
        if let Some(test) = &test {
            refuse_leak(&train, "training", test)?;
            if let Some(validation) = &validation {
                refuse_leak(validation, "selection", test)?;
            }
        }
        if config.batch_size.get() > train.len() {
            let (batch_size, samples) = (config.batch_size.get(), train.len());
            return Err(TrainError::BatchTooLarge { batch_size, samples });
        }
        let normalization = config.normalize.normalization(&train.dataset, &train.rows)?;
        let fingerprint = [
            train.dataset.fingerprint(),
            rows_fingerprint([Some(&train), validation.as_ref(), test.as_ref()]),
            numbers_fingerprint(&importance, soft_labels.as_ref()),
            format!("{:016x}", sample_key(&labels_text(&true_labels))),
        ];
        Ok(Self {
            unlabelled: 0,
            skipped: train.dataset.skipped().to_vec(),
            train,
            validation,
            test,
            true_labels,
            trusted: Vec::new(),
            importance,
            soft_labels,
            normalization,
            noise: None,
            validation_labels,
            fingerprint: fingerprint.join("-"),
        })
    }
}

/// What stands for who trains, selects and reports, and by which labels.
fn rows_fingerprint(parts: [Option<&Part>; 3]) -> String {
    let text = parts.map(|part| {
        let Some(Part { dataset, rows }) = part else {
            return "none;".to_owned();
        };
        let label = |&row: &u32| labels_text(&[Some(row), dataset_label(dataset, row)]);
        rows.iter().map(label).collect::<String>() + ";"
    });
    format!("{:016x}", sample_key(&text.concat()))
}

fn dataset_label(dataset: &Dataset, row: u32) -> Option<u32> {
    dataset.given_labels()[row as usize]
}

fn numbers_fingerprint(importance: &[f32], soft_labels: Option<&SoftLabels>) -> String {
    let soft = soft_labels.map_or(&[][..], SoftLabels::values);
    let bits = |numbers: &[f32]| -> String {
        let bits: Vec<Option<u32>> = numbers.iter().map(|number| Some(number.to_bits())).collect();
        labels_text(&bits)
    };
    format!("{:016x}", sample_key(&[bits(importance), bits(soft)].join(";")))
}
