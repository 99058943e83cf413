//! A model, and the samples it answers for.

use didact_run::{RunFolder, read_array};
use didact_train::{DeviceChoice, Part, Predictor};

use crate::cleaning_data::CleaningData;
use crate::error::CleanError;

/// A model, and the samples it answers for: all that may be trained on, or those of the fold that it left out.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub(crate) run: RunFolder,
    /// The fold that it left out, counted from 1.
    pub(crate) fold: Option<u32>,
    /// The rows it answers for, ascending; beside them it answers for those that select and report, which no model has seen.
    pub(crate) rows: Vec<u32>,
}

/// What a model predicts of some rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answers {
    rows: Vec<u32>,
    probabilities: Vec<f32>,
    num_classes: usize,
}

impl View {
    /// The rows that the model of a fold answers for.
    pub(crate) fn rows_of(data: &CleaningData, fold: Option<u32>) -> Vec<u32> {
        let is_in = |row: &u32| fold.is_none_or(|fold| data.fold_of[*row as usize] + 1 == fold);
        data.trainable().into_iter().filter(is_in).collect()
    }

    /// The rows that no model has seen: they select or report.
    pub(crate) fn unseen(data: &CleaningData) -> Vec<u32> {
        let mut rows = data.select.rows.clone();
        rows.extend(data.report.rows());
        rows.sort_unstable();
        rows
    }

    /// What the selected model predicts of its own rows and of those that no model has seen.
    pub(crate) fn answers(&self, data: &CleaningData, device: DeviceChoice) -> Result<Answers, CleanError> {
        let mut rows = [self.rows.clone(), Self::unseen(data)].concat();
        rows.sort_unstable();
        self.answers_to(rows, data, device)
    }

    fn answers_to(
        &self,
        rows: Vec<u32>,
        data: &CleaningData,
        device: DeviceChoice,
    ) -> Result<Answers, CleanError> {
        let predictor = Predictor::open(&self.run.model(), device)?;
        let part = Part {
            dataset: data.dataset.clone(),
            rows,
        };
        Ok(Answers {
            probabilities: predictor.predict(&part)?.probabilities,
            num_classes: data.dataset.num_classes(),
            rows: part.rows,
        })
    }

    /// The last hidden layer of all rows, flat, and its width; of a model without one, the logarithms of what it predicts.
    pub(crate) fn features(
        &self,
        data: &CleaningData,
        device: DeviceChoice,
    ) -> Result<(Vec<f32>, usize), CleanError> {
        let path = self.run.features();
        if path.is_file() {
            let ([_, width], values) = read_array(&path)?;
            return Ok((values, width));
        }
        let rows = (0..data.dataset.len() as u32).collect();
        let answers = self.answers_to(rows, data, device)?;
        let logarithm = |probability: f32| probability.max(f32::MIN_POSITIVE).ln();
        let values = answers.probabilities.into_iter().map(logarithm).collect();
        Ok((values, answers.num_classes))
    }
}

impl Answers {
    /// The predicted probabilities of a row.
    ///
    /// # Panics
    ///
    /// If the row was not asked about.
    pub(crate) fn row(&self, row: u32) -> &[f32] {
        let position = self
            .rows
            .binary_search(&row)
            .unwrap_or_else(|_| panic!("row {row} was not asked about"));
        &self.probabilities[position * self.num_classes..][..self.num_classes]
    }
}
