//! `self-adaptive`: targets that drift from the given label to what the network says.

use burn::tensor::activation::log_softmax;
use burn::tensor::{Device, Tensor, TensorData};
use didact_run::StoredTensor;
use serde::{Deserialize, Serialize};

use super::given_label::of_given;
use super::sample_targets::SampleTargets;
use super::warmup::Warmup;
use super::{Loss, LossSamples, LossSetting, Prediction};
use crate::error::TrainError;
use crate::number::ProperShare;
use crate::scoring::Scores;

/// Published: targets begin to move in epoch 60 of 200, in `scripts/cifar10/run_sat.sh`.
const WARMUP_SHARE: f64 = 60.0 / 200.0;

/// Settings of [`SelfAdaptive`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SelfAdaptiveConfig {
    /// Share that a target keeps each time its sample is seen, in `[0, 1)`. Published: 0.9.
    pub alpha: ProperShare,
    /// Epochs of cross-entropy before targets move; by default 30 % of the run, as in the authors' 60 of 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warmup: Option<u32>,
}

impl Default for SelfAdaptiveConfig {
    fn default() -> Self {
        Self {
            alpha: ProperShare::of(0.9),
            warmup: None,
        }
    }
}

impl SelfAdaptiveConfig {
    /// Builds the loss for a run.
    pub fn init(&self, setting: &LossSetting<'_>) -> SelfAdaptive {
        SelfAdaptive {
            alpha: self.alpha.into(),
            warmup: Warmup::new(self.warmup, WARMUP_SHARE),
            predictions: SampleTargets::new(setting),
        }
    }
}

/// Cross-entropy to targets that begin as the given labels and drift to what the network says.
///
/// ```text
/// t   <- alpha t + (1 - alpha) p                   a target for each sample, its given label at first; no gradient
/// w    = max t / (mean over the batch of max t)
/// loss = -w sum over classes of t ln p
/// ```
///
/// During warm-up it is the cross-entropy. `>= 0`, finite in value and gradient for any finite logits. The target of a
/// step has the step's own prediction in it, as published. Under mixup a step's prediction is of no single sample, so
/// targets move once an epoch, by what the network says of the samples themselves.
///
/// Source: Huang, Zhang and Zhang, 2020, "Self-Adaptive Training: beyond Empirical Risk Minimization",
/// <https://arxiv.org/abs/2002.10319>; order and weights from the authors' `losses/loss.py`, `SelfAdaptiveTrainingCE`.
/// Differs in nothing but the length of the warm-up, which here is a share of the run unless given.
#[derive(Clone, Debug)]
pub struct SelfAdaptive {
    alpha: f64,
    warmup: Warmup,
    // What targets have besides the given label. A target is this and, for what it lacks of 1, the label: so memory begins
    // as zeros, and no labels need to be known when it is made.
    predictions: SampleTargets,
}

impl SelfAdaptive {
    /// The targets of a batch, `[batch_size, num_classes]`.
    fn targets(&self, samples: &LossSamples<'_>, device: &Device) -> Tensor<2> {
        let mut values = Vec::new();
        for (&row, &label) in samples.rows.iter().zip(samples.labels) {
            let (begin, predicted) = (values.len(), self.predictions.row(row));
            let total: f32 = predicted.iter().sum();
            values.extend_from_slice(predicted);
            values[begin + label as usize] += (1.0 - total).max(0.0);
        }
        let shape = [samples.rows.len(), values.len() / samples.rows.len().max(1)];
        Tensor::from_data(TensorData::new(values, shape), device)
    }
}

impl Loss for SelfAdaptive {
    fn training(&mut self, logits: Tensor<2>, samples: &LossSamples<'_>) -> Tensor<1> {
        let device = logits.device();
        let log_probabilities = log_softmax(logits, 1);
        if !self.warmup.is_over(samples.progress) {
            return of_given(&log_probabilities, samples.label_tensor(&device)).neg();
        }
        let targets = self.targets(samples, &device);
        let targets = match samples.prediction {
            Prediction::OfMixture => targets,
            // What `remember` is going to do, without waiting for numbers to come from the device.
            Prediction::Own => {
                targets * self.alpha + log_probabilities.clone().detach().exp() * (1.0 - self.alpha)
            }
        };
        let sureness = targets.clone().max_dim(1);
        let weights = sureness.clone() / sureness.mean_dim(0);
        let losses = (targets * log_probabilities).sum_dim(1) * weights;
        losses.squeeze_dim::<1>(1).neg()
    }

    fn remember(&mut self, samples: &LossSamples<'_>, scores: &Scores) {
        if !self.warmup.is_over(samples.progress) {
            return;
        }
        for (&row, log_probabilities) in samples.rows.iter().zip(scores.rows()) {
            let probabilities = log_probabilities.iter().map(|value| value.exp());
            self.predictions.fold(row, self.alpha, probabilities);
        }
    }

    fn store(&self) -> Vec<StoredTensor> {
        vec![self.predictions.store()]
    }

    fn restore<'a>(&mut self, find: &dyn Fn(&str) -> Option<&'a StoredTensor>) -> Result<(), TrainError> {
        self.predictions.restore(find)
    }
}
