//! A label cleaner, and asking it.

use std::num::NonZeroUsize;

use burn::tensor::{Device, Tensor};
use didact_data::Batch;
use didact_kernels::Precision;
use didact_run::CleanerEpoch;

use super::config::{CleanerVariant, NetworkCleanerConfig};
use super::encoder::{Course, Encoder};
use super::head::CleanerHead;
use super::learning_parameters::LearningParameters;
use super::lessons::CleanerLessons;
use super::objective::{encoded, probabilities};
use crate::error::TrainError;
use crate::network::{Mode, ParameterBuilder, Parameters, Pass, host};
use crate::number::NonNegativeNumber;
use crate::optimizer::{MomentsConfig, OptimizerConfig};

/// How many samples are asked about at once.
const ASKED: NonZeroUsize = NonZeroUsize::new(512).unwrap();

/// A label cleaner that has learnt.
pub struct LabelCleaner {
    pub(super) variant: CleanerVariant,
    pub(super) num_classes: usize,
    pub(super) encoder: Box<dyn Encoder>,
    pub(super) head: CleanerHead,
    pub(super) learning: LearningParameters,
    pub(super) epochs: Vec<CleanerEpoch>,
    pub(super) kept: KeptEpoch,
    pub(super) seconds_before: f64,
}

/// The best epoch so far.
pub(super) struct KeptEpoch {
    /// The epoch, counted from 1; 0 before the first.
    pub(super) epoch: u32,
    pub(super) parameters: Parameters,
    /// Those of the image network, where it learns along.
    pub(super) encoder: Option<Parameters>,
}

impl LabelCleaner {
    /// One that has not learnt yet.
    pub(super) fn begin(
        config: &NetworkCleanerConfig,
        lessons: &CleanerLessons<'_>,
        encoder: Box<dyn Encoder>,
        device: &Device,
    ) -> Self {
        let mut builder = ParameterBuilder::default();
        let head = CleanerHead::new(config, encoder.width(), lessons.num_classes, &mut builder);
        let optimizer = OptimizerConfig::Adam(MomentsConfig::default()).init(NonNegativeNumber::of(0.0));
        let parameters = builder.initialise(lessons.seed, device);
        Self {
            variant: config.variant,
            num_classes: lessons.num_classes,
            kept: KeptEpoch {
                epoch: 0,
                parameters: parameters.clone(),
                encoder: encoder.learning().map(|learning| learning.parameters().clone()),
            },
            encoder,
            head,
            learning: LearningParameters::new(parameters, optimizer),
            epochs: Vec::new(),
            seconds_before: 0.0,
        }
    }

    /// The figures of every epoch.
    pub fn epochs(&self) -> &[CleanerEpoch] {
        &self.epochs
    }

    /// The epoch that was kept, counted from 1.
    pub fn kept_epoch(&self) -> u32 {
        self.kept.epoch
    }

    /// Seconds that it had learnt before it was stopped, if it went on from a checkpoint.
    pub fn seconds_before(&self) -> f64 {
        self.seconds_before
    }

    /// Number of trained parameters, without those of the image network.
    pub fn num_parameters(&self) -> usize {
        self.learning.parameters().num_trained()
    }

    /// The image network as it became, where it learnt along.
    pub fn encoder_parameters(&self) -> Option<&Parameters> {
        Some(self.encoder.learning()?.parameters())
    }

    /// What the true label of each of `rows` is, `[rows, num_classes]`, each summing to 1.
    ///
    /// # Errors
    ///
    /// [`TrainError::Data`] if samples cannot be read.
    pub fn posteriors(
        &self,
        rows: &[u32],
        given_labels: &[Option<u32>],
    ) -> Result<Vec<Vec<f64>>, TrainError> {
        let frozen = self.learning.parameters().frozen();
        let mut answers = Vec::with_capacity(rows.len());
        if rows.is_empty() {
            return Ok(answers);
        }
        let course = Course {
            rows: rows.to_vec(),
            batch_size: ASKED,
            changed: None,
        };
        for batch in self.encoder.batches(course)? {
            let batch = batch?;
            let given = |row: &u32| given_labels[*row as usize];
            let labels: Vec<Option<u32>> = batch.rows.iter().map(given).collect();
            let mut pass = Pass::new(Mode::Evaluation, Precision::F32);
            let (answer, _) = self.answer(&frozen, batch, &labels, &mut pass);
            let answer = host(answer);
            let rows = answer.chunks_exact(self.num_classes).zip(&labels);
            answers.extend(rows.map(|(answer, &given)| probabilities(self.variant, answer, given)));
        }
        Ok(answers)
    }

    /// The answers to a batch before they are read as probabilities, `[batch_size, num_classes]`, and how the image network passed.
    pub(super) fn answer(
        &self,
        parameters: &Parameters,
        batch: Batch,
        given: &[Option<u32>],
        pass: &mut Pass,
    ) -> (Tensor<2>, Option<Pass>) {
        let (features, encoding) = self.encoder.encode(batch, pass.mode());
        let given = encoded(
            given.iter().copied(),
            self.num_classes,
            self.variant,
            &features.device(),
        );
        (self.head.forward(parameters, features, given, pass), encoding)
    }
}
