//! Which settings of a cleaning can be combined, and why others cannot.

use didact_train::{LossConfig, ModelConfig, StrategyConfig, check_combination};

use crate::config::{CleanConfig, CleanerConfig, LabelKind};
use crate::error::CleanError;
use crate::retrain_config::Start;

impl CleanConfig {
    /// Refuses settings that have no meaning together.
    ///
    /// # Errors
    ///
    /// [`CleanError::Combination`] and [`CleanError::Train`], with the reason.
    pub fn check(&self) -> Result<(), CleanError> {
        let refuse = |what, why| Err(CleanError::Combination { what, why });
        let is_network = matches!(self.cleaner, CleanerConfig::Network(_));
        let is_notebook = matches!(self.cleaner, CleanerConfig::Network(network) if network.is_notebook());
        if self.trusted().is_none() && self.folds.is_none() {
            return refuse(
                "neither --trusted nor --folds",
                "labels are corrected by what somebody checked, or by models that have not seen them; --folds 5 makes such models",
            );
        }
        if self.trusted().is_none() && is_network {
            return refuse(
                "--cleaner network without --trusted",
                "the network learns from labels that somebody checked; --cleaner posterior needs none",
            );
        }
        if is_notebook && self.rounds.get() > 1 {
            return refuse(
                "--rounds with --cleaner network:variant=notebook",
                "its image network learns the trusted labels themselves, and would see them again in the next round as if it had not",
            );
        }
        if is_notebook && self.folds.is_some() {
            return refuse(
                "--folds with --cleaner network:variant=notebook",
                "it changes the one model that it cleans with",
            );
        }
        if self.training.curriculum.learns_from_trusted() {
            return refuse(
                "--curriculum mentornet-data-driven in a cleaning",
                "its mentor would learn from trusted labels that the cleaner must not have shown to the first model",
            );
        }
        if self.corrected_labels == LabelKind::Soft && !self.learns_soft_labels() {
            return refuse(
                "--corrected-labels soft with another loss than cross-entropy",
                "the others are defined for one label a sample; the first model alone may have one, with --retrain \
                 scratch:loss=cross-entropy and one round",
            );
        }
        if is_notebook && matches!(self.training.model, ModelConfig::Logistic(_)) {
            return refuse(
                "--cleaner network:variant=notebook with --model logistic",
                "its features are those of a hidden layer, and there is none",
            );
        }
        if self.trusted().is_none() && matches!(self.training.loss, LossConfig::ForwardCorrected(_)) {
            return refuse(
                "--loss forward-corrected without --trusted",
                "such a model predicts true labels, and what it predicts would be led back through the noise a second time",
            );
        }
        let is_fine_tuned = self
            .retrain
            .iter()
            .any(|retrain| retrain.start() == Start::Trained);
        if is_fine_tuned && self.training.strategy == (StrategyConfig::CoTeaching {}) {
            return refuse(
                "--retrain fine-tune with --strategy co-teaching",
                "both networks would begin alike and make the same mistakes, and neither could correct the other",
            );
        }
        check_combination(&self.training)?;
        for retrain in &self.retrain {
            check_combination(&retrain.settings().over(&self.training))?;
        }
        if self.retrain.is_empty() {
            return refuse(
                "no --retrain",
                "a cleaning ends with a model; give --retrain scratch",
            );
        }
        Ok(())
    }

    /// Whether all models on corrected labels have a loss of probabilities. Those between rounds have that of the first model.
    fn learns_soft_labels(&self) -> bool {
        let is_plain = |loss: &LossConfig| *loss == LossConfig::CrossEntropy {};
        let is_relearnt = self.rounds.get() > 1;
        let mut retrained = self.retrain.iter();
        (!is_relearnt || is_plain(&self.training.loss))
            && retrained.all(|retrain| is_plain(&retrain.settings().over(&self.training).loss))
    }
}
