//! The data of a cleaning, opened and parted.

use std::sync::Arc;

use didact_data::{Dataset, read_partial_labels, stratified_split};
use didact_train::{
    CheckedLabel, Part, SourceLabels, Sources, TrainConfig, TrainError, ValidationChoice, refuse_leak,
};

use crate::config::{CleanConfig, CleanerConfig};
use crate::error::CleanError;
use crate::folds::{Folds, fold_of_each};
use crate::report_part::{Purpose, ReportPart, labelled_part};
use crate::trusted_parts::TrustedParts;

/// The data of a cleaning, opened and parted.
#[derive(Debug)]
pub struct CleaningData {
    /// All samples, with their given labels; noise is in place, and trusted labels are not.
    pub dataset: Arc<Dataset>,
    /// The true label of each row where it is known, trusted ones that fit among them. They only measure.
    pub truth: Vec<Option<u32>>,
    /// The samples whose labels are to be corrected, by ascending row.
    pub worked: Vec<u32>,
    /// The checked samples the cleaner learns from, by ascending row.
    pub fit: Vec<CheckedLabel>,
    /// The samples that choose epochs and models.
    pub select: Part,
    /// The checked samples among them; none where no label is trusted.
    pub selecting: Vec<CheckedLabel>,
    /// What the labels of the samples that select are, in words.
    pub select_labels: &'static str,
    /// The samples that report.
    pub report: ReportPart,
    /// Other data that report.
    pub test: Option<Part>,
    /// The fold of each row that may be trained on; empty without folds.
    pub fold_of: Vec<u32>,
}

impl CleaningData {
    /// Opens and parts the data.
    ///
    /// # Errors
    ///
    /// [`CleanError::Train`] and [`CleanError::Data`] if data cannot be opened, those of [`TrustedParts::draw`], and
    /// [`CleanError::NothingReports`] if nothing does.
    pub fn open(config: &CleanConfig) -> Result<Self, CleanError> {
        config.check()?;
        Self::new(Self::sources(config)?, config)
    }

    /// Opens everything that the configuration names, and the labels as they are given.
    ///
    /// # Errors
    ///
    /// [`CleanError::Train`] for the first that cannot be opened.
    pub fn sources(config: &CleanConfig) -> Result<Sources, CleanError> {
        Ok(Sources::open(&untrusting(config))?)
    }

    /// Parts data that are open.
    ///
    /// # Errors
    ///
    /// As those of [`Self::open`].
    pub fn new(sources: Sources, config: &CleanConfig) -> Result<Self, CleanError> {
        let training = untrusting(config);
        let sources = match config.training.features {
            Some(features) => sources.with_extraction(features)?,
            None => sources,
        };
        let SourceLabels { given, mut truth } = SourceLabels::of(&sources, &training)?;
        let dataset = sources.data.with_given_labels(given)?;
        let trusted = match config.trusted() {
            Some(path) => read_partial_labels(path, &dataset)?,
            None => vec![None; dataset.len()],
        };
        let seed = config.training.seed;
        let parts = match config.trusted() {
            Some(_) => {
                let classes = dataset.num_classes();
                TrustedParts::draw(&trusted, dataset.keys(), classes, config.trusted_split, seed)?
            }
            None => TrustedParts::default(),
        };
        let test = sources.test.map(|test| Part::of_labelled(Arc::new(test)));
        if config.trusted().is_some() && parts.report.is_empty() && test.is_none() {
            return Err(CleanError::NothingReports);
        }
        for checked in &parts.fit {
            truth[checked.row as usize] = Some(checked.label);
        }
        let (select, select_rows, select_labels) = selection(&dataset, &parts, config)?;
        let mut is_apart: Vec<bool> = trusted.iter().map(Option::is_some).collect();
        for row in select_rows {
            is_apart[row as usize] = true;
        }
        let worked = (0..)
            .zip(is_apart)
            .filter(|(_, apart)| !apart)
            .map(|(row, _)| row)
            .collect();
        let worked = parts.report.permit(worked, Purpose::Correction, dataset.ids())?;
        let fit = parts.fit.iter().map(|checked| checked.row).collect();
        parts.report.permit(fit, Purpose::Training, dataset.ids())?;
        let mut data = Self {
            truth,
            worked: worked.into_rows(),
            fit: parts.fit,
            select,
            selecting: parts.select,
            select_labels,
            report: parts.report,
            test,
            fold_of: Vec::new(),
            dataset: Arc::new(dataset),
        };
        if let Some(folds) = config.folds {
            data.fold_of = data.drawn_folds(folds, seed)?;
        }
        data.check_fit(config)?;
        data.refuse_leak()?;
        Ok(data)
    }

    /// The fold of each row. Only those that may be trained on draw: who reports has no part in who learns with whom.
    fn drawn_folds(&self, folds: Folds, seed: u64) -> Result<Vec<u32>, CleanError> {
        let rows = self.trainable();
        if rows.len() < folds.count() as usize {
            return Err(CleanError::EmptyFolds {
                folds: folds.count(),
                samples: rows.len(),
            });
        }
        let (given, all_keys) = (self.dataset.given_labels(), self.dataset.keys());
        let labels: Vec<Option<u32>> = rows.iter().map(|&row| given[row as usize]).collect();
        let keys: Vec<u64> = rows.iter().map(|&row| all_keys[row as usize]).collect();
        let mut fold_of = vec![0; self.dataset.len()];
        for (row, fold) in rows.into_iter().zip(fold_of_each(&labels, &keys, folds, seed)) {
            fold_of[row as usize] = fold;
        }
        Ok(fold_of)
    }

    /// Refuses fewer samples than a network of features needs: as many as there are classes, in each half of each fold.
    fn check_fit(&self, config: &CleanConfig) -> Result<(), CleanError> {
        let CleanerConfig::Network(network) = config.cleaner else {
            return Ok(());
        };
        let folds = config.folds.map_or(1, Folds::count);
        let in_fold = |fold: u32| {
            let is_in = |checked: &&CheckedLabel| {
                self.fold_of
                    .get(checked.row as usize)
                    .is_none_or(|of| *of == fold)
            };
            self.fit.iter().filter(is_in).count()
        };
        let found = (0..folds).map(in_fold).min().unwrap_or_default();
        let halves = if network.is_notebook() { 1 } else { 2 };
        let needed = halves * self.dataset.num_classes();
        if found < needed {
            let part = "fit the cleaner of one model, a network";
            return Err(CleanError::TooFewTrusted { part, found, needed });
        }
        Ok(())
    }

    /// Refuses samples that report and look like others, before anything is trained.
    fn refuse_leak(&self) -> Result<(), CleanError> {
        let trainable = Part {
            dataset: self.dataset.clone(),
            rows: self.trainable(),
        };
        let sealed = self.report.test_part(&self.dataset)?;
        for reporting in self.test.iter().chain(&sealed) {
            refuse_leak(&trainable, "training", reporting)?;
            refuse_leak(&self.select, "selection", reporting)?;
        }
        Ok(())
    }

    /// The classes of which no sample fits, where labels are trusted: what their labels should be, nobody can teach.
    pub fn classes_without_fit(&self) -> Vec<&str> {
        let names = self.dataset.class_names();
        let is_missing = |class: usize| !self.fit.iter().any(|checked| checked.label as usize == class);
        let missing = (0..names.len()).filter(|&class| !self.fit.is_empty() && is_missing(class));
        missing.map(|class| names[class].as_str()).collect()
    }

    /// The rows that models may be trained on, ascending: those to be corrected and those that fit.
    pub fn trainable(&self) -> Vec<u32> {
        let fit = self.fit.iter().map(|checked| checked.row);
        let mut rows: Vec<u32> = self.worked.iter().copied().chain(fit).collect();
        rows.sort_unstable();
        rows
    }

    /// What a run tests on.
    pub(crate) fn test_part(&self) -> Result<Option<Part>, CleanError> {
        match &self.test {
            Some(test) => Ok(Some(test.clone())),
            None => self.report.test_part(&self.dataset),
        }
    }
}

/// The samples that select: the trusted ones that do, else a share of all with their labels as given, which is then not trained on.
fn selection(
    dataset: &Dataset,
    parts: &TrustedParts,
    config: &CleanConfig,
) -> Result<(Part, Vec<u32>, &'static str), CleanError> {
    if !parts.select.is_empty() {
        let part = labelled_part(dataset, &parts.select)?;
        let rows = parts
            .report
            .permit(part.rows.clone(), Purpose::Selection, dataset.ids())?;
        return Ok((part, rows.into_rows(), "trusted samples set aside"));
    }
    let ValidationChoice::Fraction(share) = config.training.validation else {
        return Err(TrainError::Combination {
            what: "--validation other than a share, without --trusted",
            why: "a share of the data selects where no label is trusted",
        }
        .into());
    };
    let split = stratified_split(
        dataset.given_labels(),
        dataset.keys(),
        share,
        config.training.seed,
    )?;
    let chosen: Vec<CheckedLabel> = split
        .validation
        .iter()
        .filter_map(|&row| Some((row, dataset.given_labels()[row as usize]?)))
        .map(|(row, label)| CheckedLabel { row, label })
        .collect();
    let part = labelled_part(dataset, &chosen)?;
    Ok((
        part,
        split.validation,
        "a share of the data, as given and maybe wrong",
    ))
}

/// The settings of training without trusted labels, which must not take the place of given ones: a cleaner learns from the two side
/// by side.
fn untrusting(config: &CleanConfig) -> TrainConfig {
    TrainConfig {
        trusted: None,
        ..config.training.clone()
    }
}
