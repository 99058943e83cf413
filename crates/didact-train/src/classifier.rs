//! The task of classification: how a batch becomes one loss per sample.

use burn::tensor::{Device, Tensor, TensorData};
use didact_data::Batch;
use didact_kernels::Precision;

use crate::loss::Loss;
use crate::model::{Model, Output};
use crate::network::{Mode, Parameters, Pass};
use crate::scoring::{Scores, label_tensor};

/// A network that names classes, and its loss. All that is particular to classification in a step is here.
pub struct Classifier {
    /// The network's structure.
    pub model: Box<dyn Model>,
    /// How wrong its answers are.
    pub loss: Box<dyn Loss>,
    /// How its numbers are multiplied, in training and after it.
    pub precision: Precision,
}

impl Classifier {
    /// The network's answers to a batch, and the loss of each sample, `[batch_size]`.
    pub fn losses(
        &self,
        parameters: &Parameters,
        batch: &Batch,
        labels: &[u32],
        pass: &mut Pass,
    ) -> (Output, Tensor<1>) {
        let device = parameters.device();
        let output = self.model.forward(parameters, input(batch, device), pass);
        let losses = self
            .loss
            .per_sample(output.logits.clone(), label_tensor(labels, device));
        (output, losses)
    }

    /// What the network, as it stands in `frozen`, says of a batch without learning from it; with the last hidden
    /// layer, `[batch_size, d]`, if it has one.
    pub fn judge(&self, frozen: &Parameters, batch: &Batch, labels: &[u32]) -> (Scores, Option<Tensor<2>>) {
        let mut pass = Pass::new(Mode::Evaluation, self.precision);
        let (output, losses) = self.losses(frozen, batch, labels, &mut pass);
        (Scores::fetch(output.logits, losses), output.features)
    }
}

/// The values of a batch as a tensor, `[batch_size, values]`.
fn input(batch: &Batch, device: &Device) -> Tensor<2> {
    let count = batch.rows.len();
    let values = batch.values.len() / count.max(1);
    Tensor::from_data(TensorData::new(batch.values.clone(), [count, values]), device)
}
