//! A stage that trains a model.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use didact_run::{CleaningFolder, RunError, RunFolder};
use didact_train::{
    Ending, GivenParts, Interruption, Observer, Part, Prepared, TestChoice, TrainConfig, Trainer,
    ValidationChoice, stored_fingerprint,
};

use crate::cleaning_data::CleaningData;
use crate::corrections::Lessons;
use crate::error::CleanError;
use crate::report_part::Purpose;
use crate::stage::Stage;

/// A model to be trained.
pub(crate) struct TrainingStage<'a> {
    pub(crate) data: &'a CleaningData,
    pub(crate) folder: &'a CleaningFolder,
    pub(crate) stage: Stage,
    pub(crate) config: TrainConfig,
    pub(crate) initial_weights: Option<PathBuf>,
}

impl TrainingStage<'_> {
    /// The weights to begin with, wherever the folder of the cleaning lies now: a run that has begun names them as they were called
    /// then.
    fn initial_weights(&self) -> Result<Option<PathBuf>, CleanError> {
        if let Ok(run) = RunFolder::open(&self.folder.path().join(self.stage.folder())) {
            let begun: TrainConfig = run.read_config()?;
            return Ok(begun.initial_weights);
        }
        let absolute = self
            .initial_weights
            .as_deref()
            .map(std::path::absolute)
            .transpose();
        absolute.map_err(|source| {
            let path = self.folder.path().to_owned();
            RunError::Read { path, source }.into()
        })
    }

    /// Trains to the end, or goes on where it was stopped; a model that is done is taken as it is.
    pub(crate) fn run(
        self,
        lessons: Lessons,
        observer: &mut dyn Observer,
        interruption: &Interruption,
    ) -> Result<RunFolder, CleanError> {
        let path = self.folder.path().join(self.stage.folder());
        let Lessons {
            part,
            importance,
            soft_labels,
        } = lessons;
        let initial_weights = self.initial_weights()?;
        let config = stage_config(self.config, initial_weights, part.len());
        let (report, ids) = (&self.data.report, self.data.dataset.ids());
        let permitted = report.permit(part.rows, Purpose::Training, ids)?;
        report.permit(self.data.select.rows.clone(), Purpose::Selection, ids)?;
        let train = Part {
            dataset: part.dataset,
            rows: permitted.into_rows(),
        };
        let parts = GivenParts {
            train,
            validation: Some(self.data.select.clone()),
            test: self.data.test_part()?,
            true_labels: self.data.truth.clone(),
            importance,
            soft_labels,
            validation_labels: self.data.select_labels,
        };
        let prepared = Prepared::from_parts(parts, &config)?;
        let mut trainer = match RunFolder::open(&path) {
            Ok(run) if run.summary().is_file() => {
                if stored_fingerprint(&run)?.as_ref() != Some(&prepared.fingerprint) {
                    let stage = path.display().to_string();
                    return Err(CleanError::DataChanged { stage });
                }
                return Ok(run);
            }
            Ok(run) => Trainer::resume(config, prepared, run)?,
            Err(RunError::NotARun { .. }) => Trainer::begin(config, prepared, &path)?,
            Err(error) => return Err(error.into()),
        };
        match trainer.run(observer, interruption)? {
            Ending::Finished => Ok(RunFolder::open(&path)?),
            Ending::Interrupted { .. } => Err(CleanError::Interrupted),
        }
    }
}

/// The settings of a stage. Who trains, selects and reports is the cleaning's to say, and so is which labels are trusted.
fn stage_config(config: TrainConfig, initial_weights: Option<PathBuf>, samples: usize) -> TrainConfig {
    let all = NonZeroUsize::new(samples).unwrap_or(NonZeroUsize::MIN);
    TrainConfig {
        trusted: None,
        validation: ValidationChoice::None,
        test: Some(TestChoice::None),
        initial_weights,
        batch_size: config.batch_size.min(all),
        ..config
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_data::small_cleaning;

    #[test]
    fn a_row_that_reports_is_not_trained_on() {
        let place = tempfile::tempdir().unwrap();
        let (config, data) = small_cleaning(place.path());
        let folder = CleaningFolder::create(&place.path().join("cleaned")).unwrap();
        let stage = TrainingStage {
            data: &data,
            folder: &folder,
            stage: Stage::First { fold: None },
            config: config.training,
            initial_weights: None,
        };
        let mut rows = data.trainable();
        rows.push(data.report.rows()[0]);
        let lessons = Lessons {
            part: Part {
                dataset: data.dataset.clone(),
                rows,
            },
            importance: Vec::new(),
            soft_labels: None,
        };
        let refused = stage.run(lessons, &mut (), &Interruption::none()).unwrap_err();
        assert!(
            matches!(
                refused,
                CleanError::Leak {
                    purpose: Purpose::Training,
                    count: 1,
                    ..
                }
            ),
            "{refused}"
        );
    }
}
