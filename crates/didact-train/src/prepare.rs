//! From the data as it was found to the parts of a run: noise, trusted labels, split, normalisation.

use std::collections::HashSet;
use std::sync::Arc;

use didact_data::{BadItem, Dataset, Normalization, stratified_split};
use didact_labels::{NoiseInput, NoiseRate};
use didact_run::NoiseSummary;

use crate::config::{TrainConfig, ValidationChoice};
use crate::error::TrainError;
use crate::model::Interface;
use crate::part::Part;
use crate::sources::Sources;

/// The data of a run, ready to train on.
#[derive(Debug)]
pub struct Prepared {
    /// The samples to train on, with noise and trusted labels in place.
    pub train: Part,
    /// The samples that choose the epoch.
    pub validation: Option<Part>,
    /// The samples to report on.
    pub test: Option<Part>,
    /// The true label of each row of the training data, where it is known.
    pub true_labels: Vec<Option<u32>>,
    /// How inputs are normalised, as measured on the training samples.
    pub normalization: Normalization,
    /// The noise that was injected.
    pub noise: Option<NoiseSummary>,
    /// The samples that were left out.
    pub skipped: Vec<BadItem>,
    /// What the labels that choose the epoch are, in words.
    pub validation_labels: &'static str,
    /// What stands for the data when a run is resumed.
    pub fingerprint: String,
}

impl Prepared {
    /// Prepares the data: injects noise, sets trusted labels, splits, checks for leaks, measures.
    ///
    /// Noise and trusted labels reach the training data only, before it is split; validation data and test data of
    /// their own keep their labels.
    ///
    /// # Errors
    ///
    /// [`TrainError::Labels`] if the noise cannot be made, [`TrainError::BatchTooLarge`], [`TrainError::Leak`].
    pub fn new(sources: Sources, config: &TrainConfig) -> Result<Self, TrainError> {
        let fingerprint = fingerprint(&sources);
        let skipped = sources.data.skipped().to_vec();
        let labels = Labels::of(&sources, config)?;
        let data = Arc::new(sources.data.with_given_labels(labels.given)?);
        let validation_labels = validation_labels(config, labels.noise.is_some());
        let (train, validation) = parts(&data, sources.validation, config)?;
        let test = sources.test.map(|test| Part::whole(Arc::new(test)));
        refuse_leaks(&train, validation.as_ref(), test.as_ref())?;
        if config.batch_size.get() > train.len() {
            let (batch_size, samples) = (config.batch_size.get(), train.len());
            return Err(TrainError::BatchTooLarge { batch_size, samples });
        }
        let normalization = Normalization::measured(&data, &train.rows)?;
        let (true_labels, noise) = (labels.truth, labels.noise);
        Ok(Self {
            train,
            validation,
            test,
            true_labels,
            normalization,
            noise,
            skipped,
            validation_labels,
            fingerprint,
        })
    }

    /// What a model for this data takes and gives.
    pub fn interface(&self) -> Interface {
        Interface {
            input: self.train.dataset.shape(),
            num_classes: self.train.dataset.num_classes(),
        }
    }
}

/// The labels to train on, and what is known about them.
struct Labels {
    given: Vec<u32>,
    truth: Vec<Option<u32>>,
    noise: Option<NoiseSummary>,
}

impl Labels {
    fn of(sources: &Sources, config: &TrainConfig) -> Result<Self, TrainError> {
        let data = &sources.data;
        let found = data.given_labels();
        let truth = sources.true_labels.clone();
        let mut labels = match &config.noise {
            None => Self {
                given: found.to_vec(),
                truth: truth.unwrap_or(vec![None; data.len()]),
                noise: None,
            },
            Some(noise) => {
                let noisy = noise.inject(&NoiseInput {
                    true_labels: found,
                    sample_keys: data.keys(),
                    num_classes: data.num_classes(),
                    class_names: data.class_names(),
                    seed: config.noise_seed,
                })?;
                let asked = noise.asked_rate().map(NoiseRate::value);
                let noise = NoiseSummary {
                    kind: noise.to_string(),
                    asked,
                    realised: noisy.realised_rate,
                };
                let truth = truth.unwrap_or_else(|| found.iter().copied().map(Some).collect());
                Self {
                    given: noisy.given_labels,
                    truth,
                    noise: Some(noise),
                }
            }
        };
        for (given, trusted) in labels.given.iter_mut().zip(sources.trusted.iter().flatten()) {
            *given = trusted.unwrap_or(*given);
        }
        Ok(labels)
    }
}

fn validation_labels(config: &TrainConfig, noisy: bool) -> &'static str {
    match (&config.validation, noisy) {
        (ValidationChoice::None, _) => "none",
        (ValidationChoice::Fraction(_), true) => "a share of the training data, noise included",
        (ValidationChoice::Fraction(_), false) => "a share of the training data, as given and maybe wrong",
        (ValidationChoice::Data(_), _) => "data of its own, as given",
    }
}

fn parts(
    data: &Arc<Dataset>,
    validation: Option<Dataset>,
    config: &TrainConfig,
) -> Result<(Part, Option<Part>), TrainError> {
    let ValidationChoice::Fraction(fraction) = config.validation else {
        return Ok((
            Part::whole(data.clone()),
            validation.map(|data| Part::whole(Arc::new(data))),
        ));
    };
    let split = stratified_split(data.given_labels(), data.keys(), fraction, config.seed)?;
    let part = |rows| Part {
        dataset: data.clone(),
        rows,
    };
    let validation = Some(part(split.validation)).filter(|part| !part.is_empty());
    Ok((part(split.training), validation))
}

fn fingerprint(sources: &Sources) -> String {
    let others = [&sources.validation, &sources.test].map(|other| other.as_ref().map(Dataset::fingerprint));
    let labels = [&sources.true_labels, &sources.trusted].map(|labels| {
        labels.as_ref().map(|labels| {
            let text: Vec<String> = labels
                .iter()
                .map(|label| label.map_or_else(String::new, |label| label.to_string()))
                .collect();
            format!("{:016x}", didact_random::sample_key(&text.join(",")))
        })
    });
    let all = std::iter::once(Some(sources.data.fingerprint()))
        .chain(others)
        .chain(labels);
    all.map(Option::unwrap_or_default).collect::<Vec<_>>().join("-")
}

/// Refuses test samples that the run fits to or selects on: the same rows of the same data.
fn refuse_leaks(train: &Part, validation: Option<&Part>, test: Option<&Part>) -> Result<(), TrainError> {
    let Some(test) = test else { return Ok(()) };
    let shared = |part: &Part| -> Vec<String> {
        if part.dataset.path() != test.dataset.path() {
            return Vec::new();
        }
        let seen: HashSet<_> = part
            .rows
            .iter()
            .map(|&row| identity(&part.dataset, row))
            .collect();
        let both = test
            .rows
            .iter()
            .map(|&row| identity(&test.dataset, row))
            .filter(|sample| seen.contains(sample));
        both.map(|(id, _)| id.to_owned()).collect()
    };
    for (part, used_for) in [(Some(train), "training"), (validation, "selection")] {
        let ids = part.map(shared).unwrap_or_default();
        if !ids.is_empty() {
            let (count, ids) = (ids.len(), ids.into_iter().take(10).collect());
            return Err(TrainError::Leak { used_for, count, ids });
        }
    }
    Ok(())
}

/// What makes two samples of the same path one: both parts of a data set may number their rows from 0.
fn identity(dataset: &Dataset, row: u32) -> (&str, u64) {
    (
        &dataset.ids()[row as usize],
        dataset.content_hashes()[row as usize],
    )
}
