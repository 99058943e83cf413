//! The stages of a cleaning that train models.

use didact_run::{ModelRow, RunFolder};
use didact_train::{Interruption, Part};

use super::{Cleaning, Watch};
use crate::averaged::averaged;
use crate::corrections::{Fitting, Lessons};
use crate::error::CleanError;
use crate::retrain_config::Start;
use crate::round_outcome::RoundOutcome;
use crate::stage::Stage;
use crate::summary::model_row;
use crate::training_stage::TrainingStage;
use crate::view::View;

impl Cleaning {
    /// Models on the labels as given: of all data, or of all but one fold each.
    pub(super) fn first_models(
        &self,
        models: &mut Vec<ModelRow>,
        watch: &mut dyn Watch,
        interruption: &Interruption,
    ) -> Result<Vec<View>, CleanError> {
        let views = self.folds().into_iter().map(|fold| {
            let stage = Stage::First { fold };
            let lessons = self.as_given(fold);
            self.view(stage, fold, lessons, models, watch, interruption)
        });
        let views: Vec<View> = views.collect::<Result<_, _>>()?;
        self.average(
            format!("average of the {} first models", views.len()),
            &views,
            models,
        )?;
        Ok(views)
    }

    /// Adds the row of what the models of all folds, the last of `models`, predict on average.
    fn average(&self, name: String, views: &[View], models: &mut Vec<ModelRow>) -> Result<(), CleanError> {
        let rows = &models[models.len() - views.len()..];
        let row = averaged(name, views, &self.data, self.config.training.device, rows)?;
        models.extend(row);
        Ok(())
    }

    /// Models on the labels that a round corrected, for the next round. Samples that fit are taught as the others are.
    pub(super) fn relearn(
        &self,
        round: u32,
        rounds: &[RoundOutcome],
        models: &mut Vec<ModelRow>,
        watch: &mut dyn Watch,
        interruption: &Interruption,
    ) -> Result<Vec<View>, CleanError> {
        let Some(RoundOutcome { beliefs, .. }) = rounds.last() else {
            return Ok(Vec::new());
        };
        let corrections = self.corrections(beliefs, Fitting::AsTheOthers)?;
        let views = self.folds().into_iter().map(|fold| {
            let is_in = |row: u32| !self.is_left_out(row, fold);
            let lessons = corrections.lessons(&self.data, beliefs, self.config.corrected_labels, is_in)?;
            self.view(
                Stage::Relearnt { round, fold },
                fold,
                lessons,
                models,
                watch,
                interruption,
            )
        });
        let views: Vec<View> = views.collect::<Result<_, _>>()?;
        self.average(
            format!("average of the {} models of round {round}", views.len()),
            &views,
            models,
        )?;
        Ok(views)
    }

    /// The models that may be delivered; the run of each.
    pub(super) fn retrain(
        &self,
        rounds: &[RoundOutcome],
        views: &[View],
        models: &mut Vec<ModelRow>,
        watch: &mut dyn Watch,
        interruption: &Interruption,
    ) -> Result<Vec<(Stage, RunFolder)>, CleanError> {
        let Some(RoundOutcome {
            beliefs, corrections, ..
        }) = rounds.last()
        else {
            return Ok(Vec::new());
        };
        let mut retrained = Vec::new();
        for (index, retrain) in self.config.retrain.iter().enumerate() {
            let stage = Stage::Retrained { position: index + 1 };
            watch.begun(&stage);
            let encoder = self.folder.encoder(rounds.len() as u32);
            let initial_weights = match (retrain.start(), views.first()) {
                (Start::Random, _) | (_, None) => None,
                (Start::Trained, Some(_)) if encoder.is_file() => Some(encoder),
                (Start::Trained, Some(view)) => Some(view.run.model()),
            };
            let training = TrainingStage {
                data: &self.data,
                folder: &self.folder,
                stage,
                config: retrain.settings().over(&self.config.training),
                initial_weights,
            };
            let lessons = corrections.lessons(&self.data, beliefs, self.config.corrected_labels, |_| true)?;
            let run = training.run(lessons, watch.observer(), interruption)?;
            let name = format!("retrained: {}", didact_train::method_spelling(retrain));
            models.push(model_row(name, stage.folder(), &run)?);
            retrained.push((stage, run));
        }
        Ok(retrained)
    }

    fn view(
        &self,
        stage: Stage,
        fold: Option<u32>,
        lessons: Lessons,
        models: &mut Vec<ModelRow>,
        watch: &mut dyn Watch,
        interruption: &Interruption,
    ) -> Result<View, CleanError> {
        watch.begun(&stage);
        let training = TrainingStage {
            data: &self.data,
            folder: &self.folder,
            stage,
            config: self.config.training.clone(),
            initial_weights: self.config.training.initial_weights.clone(),
        };
        let run = training.run(lessons, watch.observer(), interruption)?;
        models.push(model_row(stage.to_string(), stage.folder(), &run)?);
        let rows = View::rows_of(&self.data, fold);
        Ok(View { run, fold, rows })
    }

    /// All that may be trained on and is not left out, with labels as given: also those that fit, so that a cleaner sees of them
    /// what it will see of the others.
    fn as_given(&self, fold: Option<u32>) -> Lessons {
        let mut rows = self.data.trainable();
        rows.retain(|&row| !self.is_left_out(row, fold));
        Lessons {
            part: Part {
                dataset: self.data.dataset.clone(),
                rows,
            },
            importance: Vec::new(),
            soft_labels: None,
        }
    }

    fn is_left_out(&self, row: u32, fold: Option<u32>) -> bool {
        fold.is_some_and(|fold| self.data.fold_of[row as usize] + 1 == fold)
    }

    fn folds(&self) -> Vec<Option<u32>> {
        match self.config.folds {
            Some(folds) => (1..=folds.count()).map(Some).collect(),
            None => vec![None],
        }
    }
}
