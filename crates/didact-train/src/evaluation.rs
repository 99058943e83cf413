//! What a network says of samples without learning from them.

use std::num::NonZeroUsize;

use burn::tensor::Tensor;
use didact_curriculum::{CurriculumError, SuperLoss};
use didact_data::{Augmentation, Batch, Loader, LoaderConfig, Normalization};

use crate::classifier::Classifier;
use crate::error::TrainError;
use crate::network::{Parameters, host};
use crate::outcomes::{BatchOutcomes, Outcomes};
use crate::part::Part;
use crate::scoring::Scores;

/// A pass over a part of the data without augmentation, in the order of its rows.
pub(crate) struct Evaluation<'a> {
    classifier: &'a Classifier,
    part: &'a Part,
    loading: LoaderConfig,
}

/// How samples are loaded as they are. Half the threads load, which matters only for images that are decoded anew.
pub(crate) fn loading(
    batch_size: NonZeroUsize,
    normalization: Normalization,
    threads: NonZeroUsize,
) -> LoaderConfig {
    LoaderConfig {
        batch_size,
        normalization,
        augmentation: Augmentation::none(),
        seed: 0,
        epoch: 0,
        first_batch: 0,
        workers: NonZeroUsize::new(threads.get() / 2).unwrap_or(NonZeroUsize::MIN),
    }
}

impl<'a> Evaluation<'a> {
    pub(crate) fn new(classifier: &'a Classifier, part: &'a Part, loading: LoaderConfig) -> Self {
        Self {
            classifier,
            part,
            loading,
        }
    }

    /// The outcomes of all samples, with the confidence that `watcher` sees; `each` hears of every batch.
    pub(crate) fn outcomes(
        &self,
        frozen: &Parameters,
        watcher: &mut SuperLoss,
        mut each: impl FnMut(&[u32], &Scores),
    ) -> Result<Outcomes, TrainError> {
        let mut outcomes = Outcomes::new(self.part.dataset.len());
        for batch in self.batches()? {
            let batch = batch?;
            let labels = self.labels(&batch);
            let (scores, _) = self.classifier.judge(frozen, &batch, &labels);
            let observation = watcher
                .observe(&scores.losses)
                .map_err(|error| self.named(error, &batch))?;
            let rows = &batch.rows;
            outcomes.record(BatchOutcomes {
                rows,
                labels: &labels,
                scores: &scores,
                observation: &observation,
                weights: &[],
            });
            each(rows, &scores);
        }
        Ok(outcomes)
    }

    /// The last hidden layer of all samples, `[samples, d]` flat, and `d`; none for models without one.
    pub(crate) fn features(&self, frozen: &Parameters) -> Result<Option<(Vec<f32>, usize)>, TrainError> {
        let (mut all, mut width) = (Vec::new(), None);
        for batch in self.batches()? {
            let batch = batch?;
            let (_, features) = self.classifier.judge(frozen, &batch, &self.labels(&batch));
            let Some(features) = features else { return Ok(None) };
            width = Some(features.dims()[1]);
            all.extend(host::<2>(Tensor::inner(features)));
        }
        Ok(width.map(|width| (all, width)))
    }

    fn batches(&self) -> Result<Loader, TrainError> {
        Ok(Loader::new(
            self.part.dataset.clone(),
            self.part.rows.clone(),
            self.loading.clone(),
        )?)
    }

    fn labels(&self, batch: &Batch) -> Vec<u32> {
        batch
            .rows
            .iter()
            .map(|&row| self.part.dataset.given_labels()[row as usize])
            .collect()
    }

    /// An error about a position in the batch as one about a sample.
    fn named(&self, error: CurriculumError, batch: &Batch) -> TrainError {
        match error {
            CurriculumError::NonFiniteLoss { position, found } => {
                let row = batch.rows[position] as usize;
                TrainError::EvaluationDiverged {
                    id: self.part.dataset.ids()[row].clone(),
                    found,
                }
            }
            other => other.into(),
        }
    }
}
