//! A network on the model's features.

use std::path::PathBuf;

use didact_run::ViewRecord;
use didact_train::{
    CheckedLabel, CleanerLessons, Encoder, FrozenFeatures, LabelCleaner, ModelDescription, MomentsConfig,
    NetworkCleanerConfig, NonNegativeNumber, OptimizerConfig, SharedEncoder,
};

use super::Judge;
use super::learning::Learning;
use crate::error::CleanError;

/// A network that has learnt, and the labels it is told.
pub(super) struct Network<'a> {
    cleaner: LabelCleaner,
    given_labels: &'a [Option<u32>],
}

impl<'a> Network<'a> {
    /// Learns from checked samples.
    pub(super) fn learn(
        learning: &Learning<'a>,
        config: &NetworkCleanerConfig,
        fit: &[CheckedLabel],
    ) -> Result<Self, CleanError> {
        let data = learning.data;
        let training = &learning.config.training;
        let device = training.device.open()?;
        let encoder: Box<dyn Encoder> = if config.is_notebook() {
            let optimizer = OptimizerConfig::Adam(MomentsConfig::default()).init(NonNegativeNumber::of(0.0));
            let weights = learning.view.run.model();
            let (dataset, augmentation) = (data.dataset.clone(), training.augment.clone());
            Box::new(SharedEncoder::open(
                &weights,
                dataset,
                augmentation,
                optimizer,
                &device,
            )?)
        } else {
            let (values, width) = learning.view.features(data, training.device)?;
            Box::new(FrozenFeatures::new(values, width, &learning.view.rows, &device))
        };
        let lessons = CleanerLessons {
            given_labels: data.dataset.given_labels(),
            num_classes: data.dataset.num_classes(),
            fit,
            select: &data.selecting,
            seed: training.seed,
        };
        let checkpoint = checkpoint(learning, config)?;
        let learnt = LabelCleaner::learn(
            config,
            &lessons,
            encoder,
            &device,
            learning.watch,
            checkpoint.as_deref(),
        )?;
        Ok(Self {
            cleaner: learnt.ok_or(CleanError::Interrupted)?,
            given_labels: data.dataset.given_labels(),
        })
    }

    /// Keeps the image network as it became, where it learnt along.
    pub(super) fn write_encoder(&self, learning: &Learning<'_>) -> Result<(), CleanError> {
        let Some(parameters) = self.cleaner.encoder_parameters() else {
            return Ok(());
        };
        learning.folder.make_round(learning.round)?;
        let (description, _) = ModelDescription::read(&learning.view.run.model())?;
        Ok(description.write(&learning.folder.encoder(learning.round), &parameters.frozen())?)
    }

    pub(super) fn record(&self, fold: Option<u32>) -> ViewRecord {
        ViewRecord {
            fold,
            epochs: self.cleaner.epochs().to_vec(),
            kept_epoch: Some(self.cleaner.kept_epoch()),
            parameters: Some(self.cleaner.num_parameters()),
            pool: Vec::new(),
        }
    }
}

/// Where the cleaner is kept while it learns, if the image network learns along, which takes minutes; it is then the only cleaner of
/// its round. Others learn within seconds.
fn checkpoint(learning: &Learning<'_>, config: &NetworkCleanerConfig) -> Result<Option<PathBuf>, CleanError> {
    if !config.is_notebook() {
        return Ok(None);
    }
    learning.folder.make_round(learning.round)?;
    Ok(Some(learning.folder.cleaner_checkpoint(learning.round)))
}

impl Judge for Network<'_> {
    fn posteriors(&self, rows: &[u32]) -> Result<Vec<Vec<f64>>, CleanError> {
        Ok(self.cleaner.posteriors(rows, self.given_labels)?)
    }

    fn seconds_before(&self) -> f64 {
        self.cleaner.seconds_before()
    }
}
