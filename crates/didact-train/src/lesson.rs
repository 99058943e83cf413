//! What one step of training learns from.

use burn::tensor::{Device, Tensor, TensorData};
use didact_curriculum::Progress;
use didact_data::{Batch, Dataset};

use crate::error::TrainError;
use crate::labelled_first::LabelledFirst;
use crate::loss::{LossSamples, Prediction};
use crate::scoring::Scores;

/// A batch with its labels, and the progress of the run.
///
/// Samples without a label are in the forward pass and nowhere else: neither loss nor curriculum hears of them.
#[derive(Debug)]
pub struct Lesson<'a> {
    pub(crate) samples: LabelledFirst<'a>,
    /// How far the run has come.
    pub progress: Progress,
    noise_rate: Option<f64>,
    importance: &'a [f32],
    keys: Vec<u64>,
    dataset: &'a Dataset,
}

impl<'a> Lesson<'a> {
    /// A batch of a data set.
    pub fn new(batch: &'a Batch, dataset: &'a Dataset, progress: Progress) -> Self {
        let samples = LabelledFirst::of(batch, dataset);
        let rows = samples.labelled_rows().iter();
        let keys = rows.map(|&row| dataset.keys()[row as usize]).collect();
        Self {
            samples,
            progress,
            noise_rate: None,
            importance: &[],
            keys,
            dataset,
        }
    }

    /// The same lesson, with what the run believes about its labels: the estimated share of wrong ones, if there is one.
    pub fn with_noise_rate(mut self, noise_rate: Option<f64>) -> Self {
        self.noise_rate = noise_rate;
        self
    }

    /// The same lesson, with how much each row of the data set counts whatever the curriculum says; empty where all count
    /// alike.
    pub fn with_importance(mut self, importance: &'a [f32]) -> Self {
        self.importance = importance;
        self
    }

    /// How much each of these rows counts of itself, `[rows]`; none where all count alike.
    pub(crate) fn importance(&self, rows: &[u32], device: &Device) -> Option<Tensor<1>> {
        if self.importance.is_empty() {
            return None;
        }
        let importance: Vec<f32> = rows.iter().map(|&row| self.importance[row as usize]).collect();
        Some(Tensor::from_data(
            TensorData::new(importance, [rows.len()]),
            device,
        ))
    }

    /// The labelled samples as a loss sees them.
    pub(crate) fn for_loss(&self, prediction: Prediction) -> LossSamples<'_> {
        LossSamples {
            rows: self.samples.labelled_rows(),
            labels: &self.samples.labels,
            progress: self.progress,
            prediction,
        }
    }

    /// The labelled samples as a curriculum sees them.
    pub(crate) fn for_curriculum<'b>(&'b self, scores: &'b Scores) -> didact_curriculum::Batch<'b> {
        didact_curriculum::Batch {
            losses: &scores.losses,
            ids: &self.keys,
            rows: self.samples.labelled_rows(),
            labels: &self.samples.labels,
            progress: self.progress,
            noise_rate: self.noise_rate,
        }
    }

    /// Refuses losses that are not finite, naming the samples.
    pub(crate) fn check(&self, scores: &Scores) -> Result<(), TrainError> {
        let losses = scores.losses.iter().copied();
        let bad: Vec<(f32, u32)> = losses
            .zip(self.samples.labelled_rows().iter().copied())
            .filter(|(loss, _)| !loss.is_finite())
            .collect();
        self.diverged(&bad)
    }

    /// Refuses answers that are no numbers to a sample without a label: no loss would tell.
    pub(crate) fn check_unlabelled(&self, scores: &Scores) -> Result<(), TrainError> {
        let bad = scores.first_not_a_number();
        let bad = bad.map(|position| (f32::NAN, self.samples.unlabelled_rows()[position]));
        self.diverged(bad.as_slice())
    }

    fn diverged(&self, bad: &[(f32, u32)]) -> Result<(), TrainError> {
        let Some(&(found, _)) = bad.first() else {
            return Ok(());
        };
        let id = |&(_, row): &(f32, u32)| self.dataset.ids()[row as usize].clone();
        Err(TrainError::Diverged {
            epoch: self.progress.epoch + 1,
            step: self.progress.step + 1,
            found,
            count: bad.len(),
            ids: bad.iter().take(10).map(id).collect(),
        })
    }
}
