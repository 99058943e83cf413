//! From the data as it was found to the parts of a run: noise, trusted labels, split, normalisation.

use std::sync::Arc;

use didact_data::{BadItem, Dataset, Normalization, stratified_split};
use didact_labels::{NoiseConfig, NoiseInput, NoiseRate};
use didact_random::sample_key;
use didact_run::NoiseSummary;

use crate::config::{TrainConfig, ValidationChoice};
use crate::error::TrainError;
use crate::leak::refuse_leak;
use crate::loss::SoftLabels;
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
    /// The trusted label of each row of the training data, where the curriculum learns from them instead of the network;
    /// else empty.
    pub trusted: Vec<Option<u32>>,
    /// How much each row of the training data counts whatever the curriculum says; empty where all count alike.
    pub importance: Vec<f32>,
    /// Labels that are a probability of each class, if they are.
    pub soft_labels: Option<SoftLabels>,
    /// How inputs are normalised.
    pub normalization: Normalization,
    /// The noise that was injected.
    pub noise: Option<NoiseSummary>,
    /// The samples that were left out.
    pub skipped: Vec<BadItem>,
    /// How many samples of the validation data and of the test data were left out because they have no label.
    pub unlabelled: u64,
    /// What the labels that choose the epoch are, in words.
    pub validation_labels: &'static str,
    /// What stands for the data when a run is resumed.
    pub fingerprint: String,
}

impl Prepared {
    /// Prepares the data: extracts features, injects noise, sets trusted labels, splits, checks for leaks, measures.
    ///
    /// Noise and trusted labels reach the training data only, before it is split; validation data and test data of
    /// their own keep their labels. Samples without a label are trained on, and never selected or reported on.
    ///
    /// # Errors
    ///
    /// [`TrainError::Labels`] if the noise cannot be made, [`TrainError::BatchTooLarge`], [`TrainError::Leak`].
    pub fn new(sources: Sources, config: &TrainConfig) -> Result<Self, TrainError> {
        let sources = match config.features {
            Some(features) => sources.with_extraction(features)?,
            None => sources,
        };
        let datasets = || {
            std::iter::once(&sources.data)
                .chain(&sources.validation)
                .chain(&sources.test)
        };
        let contents: Vec<String> = datasets().map(Dataset::fingerprint).collect();
        let skipped = datasets().flat_map(Dataset::skipped).cloned().collect();
        // Unlabelled samples of DATA itself are trained on, whichever share of it validates.
        let reported = sources.validation.iter().chain(&sources.test);
        let unlabelled = reported.map(|data| data.num_unlabelled() as u64).sum();
        let labels = Labels::of(&sources, config)?;
        let data = Arc::new(sources.data.with_given_labels(labels.given)?);
        let validation_labels = validation_labels(config);
        let (train, validation) = parts(&data, sources.validation, config)?;
        let test = sources.test.map(|test| Part::of_labelled(Arc::new(test)));
        if let Some(test) = &test {
            refuse_leak(&train, "training", test)?;
            validation
                .as_ref()
                .map_or(Ok(()), |part| refuse_leak(part, "selection", test))?;
        }
        if config.batch_size.get() > train.len() {
            let (batch_size, samples) = (config.batch_size.get(), train.len());
            return Err(TrainError::BatchTooLarge { batch_size, samples });
        }
        check_trusted(&labels.trusted, &train)?;
        let normalization = config.normalize.normalization(&data, &train.rows)?;
        let noise = config
            .noise
            .as_ref()
            .map(|noise| noise_summary(noise, &train, &labels.truth));
        let fingerprint = fingerprint(contents, &train, [&labels.truth, &labels.trusted]);
        Ok(Self {
            train,
            validation,
            test,
            true_labels: labels.truth,
            trusted: labels.trusted,
            importance: Vec::new(),
            soft_labels: None,
            normalization,
            noise,
            skipped,
            unlabelled,
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

/// The labels of data before they are divided: those to train on, and the true ones where they are known.
#[derive(Clone, Debug)]
pub struct SourceLabels {
    /// Given label of each row, noise in place.
    pub given: Vec<Option<u32>>,
    /// True label of each row, where it is known.
    pub truth: Vec<Option<u32>>,
}

impl SourceLabels {
    /// The labels of opened data, with the noise that the configuration asks for.
    ///
    /// # Errors
    ///
    /// [`TrainError::Labels`] if the noise cannot be made.
    pub fn of(sources: &Sources, config: &TrainConfig) -> Result<Self, TrainError> {
        let Labels { given, truth, .. } = Labels::of(sources, config)?;
        Ok(Self { given, truth })
    }
}

/// The labels to train on, and the true ones where they are known.
struct Labels {
    given: Vec<Option<u32>>,
    truth: Vec<Option<u32>>,
    /// Those that the curriculum learns from.
    trusted: Vec<Option<u32>>,
}

impl Labels {
    fn of(sources: &Sources, config: &TrainConfig) -> Result<Self, TrainError> {
        let data = &sources.data;
        let found = data.given_labels();
        let truth = sources.true_labels.clone();
        let mut labels = match &config.noise {
            None => Self {
                given: found.to_vec(),
                truth: truth.unwrap_or_else(|| vec![None; data.len()]),
                trusted: Vec::new(),
            },
            Some(noise) => Self {
                given: noisy(noise, data, config.noise_seed)?,
                truth: truth.unwrap_or_else(|| found.to_vec()),
                trusted: Vec::new(),
            },
        };
        if config.curriculum.learns_from_trusted() {
            labels.trusted = sources.trusted.clone().unwrap_or_default();
            for (row, trusted) in labels.trusted.iter_mut().enumerate() {
                labels.truth[row] = labels.truth[row].or(*trusted);
                // Without a given label there is nothing to judge: the trusted one is a label as any other.
                if labels.given[row].is_none() {
                    labels.given[row] = trusted.take();
                }
            }
            return Ok(labels);
        }
        for (given, trusted) in labels.given.iter_mut().zip(sources.trusted.iter().flatten()) {
            *given = trusted.or(*given);
        }
        Ok(labels)
    }
}

fn noisy(noise: &NoiseConfig, data: &Dataset, seed: u64) -> Result<Vec<Option<u32>>, TrainError> {
    let input = NoiseInput {
        true_labels: data.given_labels(),
        sample_keys: data.keys(),
        num_classes: data.num_classes(),
        class_names: data.class_names(),
        seed,
    };
    Ok(noise.inject(&input)?.given_labels)
}

/// Refuses fewer trusted training samples than classes, where a mentor is to learn from them.
fn check_trusted(trusted: &[Option<u32>], train: &Part) -> Result<(), TrainError> {
    let is_trusted = |&&row: &&u32| trusted[row as usize].is_some();
    let classes = train.dataset.num_classes();
    let found = match trusted {
        [] => return Ok(()),
        _ => train.rows.iter().filter(is_trusted).count(),
    };
    if found < classes {
        return Err(TrainError::TooFewTrusted { found, classes });
    }
    Ok(())
}

/// The noise that is left in the training samples, after the split and after trusted labels were set.
fn noise_summary(noise: &NoiseConfig, train: &Part, truth: &[Option<u32>]) -> NoiseSummary {
    let labels = train.dataset.given_labels();
    let known = train
        .rows
        .iter()
        .filter_map(|&row| Some((labels[row as usize]?, truth[row as usize]?)));
    let wrong = known.clone().filter(|(given, truth)| given != truth).count();
    NoiseSummary {
        kind: noise.kind().name().to_owned(),
        asked: noise.asked_rate().map(NoiseRate::value),
        realised: wrong as f64 / known.count().max(1) as f64,
    }
}

fn validation_labels(config: &TrainConfig) -> &'static str {
    match (&config.validation, config.noise.is_some()) {
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
            validation.map(|data| Part::of_labelled(Arc::new(data))),
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

/// What stands for the data of a run: contents, the labels that are trained on, the split, and the true and trusted labels.
fn fingerprint(contents: Vec<String>, train: &Part, known: [&[Option<u32>]; 2]) -> String {
    let labels = train.dataset.given_labels().iter().copied();
    let rows = train.rows.iter().copied().map(Some);
    let numbers = labels.chain(rows).chain(known.concat());
    let labels = format!("{:016x}", sample_key(&labels_text(&numbers.collect::<Vec<_>>())));
    contents.into_iter().chain([labels]).collect::<Vec<_>>().join("-")
}

/// Labels as text, to be hashed.
pub(crate) fn labels_text(labels: &[Option<u32>]) -> String {
    let text = |label: &Option<u32>| label.map_or_else(|| ",".to_owned(), |label| format!("{label},"));
    labels.iter().map(text).collect()
}
