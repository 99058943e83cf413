//! What a run needs to go on: one file, replaced whole after each epoch and when it is interrupted.

use didact_curriculum::{Curriculum, State};
use didact_run::{EpochMetrics, EpochTiming, RunError, RunFolder, StoredTensor, TensorFile};
use serde::{Deserialize, Serialize};

use crate::config::TrainConfig;
use crate::error::TrainError;
use crate::learner::Learner;
use crate::learner_state::LearnerWords;
use crate::model_file::ModelDescription;
use crate::position::Position;
use crate::trainer::Trainer;

/// The words of a checkpoint; its tensors hold parameters, optimizer memory, probabilities and, within an epoch,
/// outcomes. Numbers that must come back to the bit are kept as the text of their CSV cells.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    fingerprint: String,
    teacher: Option<String>,
    /// In TOML, whose numbers come back to the bit.
    config: String,
    batches_done: usize,
    learners: Vec<LearnerWords>,
    history: Vec<Vec<String>>,
    timings: Vec<Vec<String>>,
    seconds: f64,
    spent: [f64; 2],
    watchers: [State; 2],
}

/// What stands for the data that a run was begun with, as [`Prepared::fingerprint`](crate::Prepared); none before its first
/// checkpoint.
///
/// # Errors
///
/// [`TrainError::Run`] if the checkpoint cannot be read.
pub fn stored_fingerprint(folder: &RunFolder) -> Result<Option<String>, TrainError> {
    #[derive(Deserialize)]
    struct Begun {
        fingerprint: String,
    }
    let path = folder.checkpoint();
    if !path.exists() {
        return Ok(None);
    }
    let words = TensorFile::read_metadata(&path)?;
    let begun: Begun =
        serde_json::from_str(&words).map_err(|error| not_a_checkpoint(folder, error.to_string()))?;
    Ok(Some(begun.fingerprint))
}

fn not_a_checkpoint(folder: &RunFolder, found: String) -> TrainError {
    RunError::Malformed {
        path: folder.checkpoint(),
        expected: "a checkpoint of this version",
        found,
    }
    .into()
}

impl Trainer {
    /// Replaces the checkpoint.
    pub(crate) fn save_checkpoint(&self, seconds: f64) -> Result<(), TrainError> {
        let learners = self.strategy.learners();
        let config =
            toml::to_string(&self.config).map_err(|error| self.not_a_checkpoint(error.to_string()))?;
        let words = Words {
            fingerprint: self.data.fingerprint.clone(),
            teacher: self.teacher.clone(),
            config,
            batches_done: self.position.batches_done,
            learners: learners.iter().map(|learner| learner.words()).collect(),
            history: self.position.history.iter().map(EpochMetrics::cells).collect(),
            timings: self.position.timings.iter().map(EpochTiming::cells).collect(),
            seconds,
            spent: self.position.spent,
            watchers: [&self.watchers.validation, &self.watchers.test].map(Curriculum::state),
        };
        let of_learner = |(member, learner): (usize, &&Learner)| learner.tensors(member);
        let mut tensors: Vec<StoredTensor> = learners.iter().enumerate().flat_map(of_learner).collect();
        tensors.extend(prefixed("strategy", self.strategy.store()));
        tensors.extend(prefixed("probabilities", vec![self.probabilities.store()]));
        tensors.extend(prefixed("noise", self.noise_watch.store()));
        if self.position.batches_done > 0 {
            tensors.extend(prefixed("outcomes", self.outcomes.store()));
        }
        let metadata =
            serde_json::to_string(&words).map_err(|error| self.not_a_checkpoint(error.to_string()))?;
        Ok(TensorFile { metadata, tensors }.write(&self.folder.checkpoint())?)
    }

    /// Takes the weights of a model that the run begins with, if it begins with one.
    pub(crate) fn take_initial_weights(&mut self) -> Result<(), TrainError> {
        let Some(path) = &self.config.initial_weights else {
            return Ok(());
        };
        let (_, file) = ModelDescription::read(path)?;
        for learner in self.strategy.learners_mut() {
            learner.begin_with(&file)?;
        }
        Ok(())
    }

    /// Takes up the checkpoint, if there is one; a run that was killed before its first one begins anew.
    pub(crate) fn restore_checkpoint(&mut self) -> Result<(), TrainError> {
        let path = self.folder.checkpoint();
        if !path.exists() {
            return self.take_initial_weights();
        }
        let file = TensorFile::read(&path)?;
        let words: Words =
            serde_json::from_str(&file.metadata).map_err(|error| self.not_a_checkpoint(error.to_string()))?;
        let begun: TrainConfig =
            toml::from_str(&words.config).map_err(|error| self.not_a_checkpoint(error.to_string()))?;
        if let Some((key, expected, found)) = begun.first_difference(&self.config) {
            return Err(TrainError::ConfigChanged { key, expected, found });
        }
        if words.fingerprint != self.data.fingerprint {
            return Err(TrainError::DataChanged {
                path: self.config.data.clone(),
            });
        }
        if let Some(path) = self
            .config
            .curriculum
            .teacher()
            .filter(|_| words.teacher != self.teacher)
        {
            return Err(TrainError::TeacherChanged {
                path: path.to_owned(),
            });
        }
        if let Some(path) = self
            .config
            .curriculum
            .mentor()
            .filter(|_| words.teacher != self.teacher)
        {
            return Err(TrainError::MentorChanged {
                path: path.to_owned(),
            });
        }
        self.watchers.validation.restore(&words.watchers[0])?;
        self.watchers.test.restore(&words.watchers[1])?;
        self.position = self.position_in(&words)?;
        self.restore_tensors(&file, words)
    }

    fn restore_tensors(&mut self, file: &TensorFile, words: Words) -> Result<(), TrainError> {
        let learners = self.strategy.learners_mut();
        if learners.len() != words.learners.len() {
            return Err(self.not_a_checkpoint(format!("one of {} networks", words.learners.len())));
        }
        for (member, (learner, words)) in learners.into_iter().zip(words.learners).enumerate() {
            learner.restore(member, words, file)?;
        }
        self.noise_watch
            .restore(|name| file.tensor(&format!("noise.{name}")))?;
        self.strategy
            .restore(&|name| file.tensor(&format!("strategy.{name}")))?;
        self.probabilities.restore(file.tensor("probabilities.sums"))?;
        if words.batches_done > 0 {
            self.outcomes
                .restore(|name| file.tensor(&format!("outcomes.{name}")))?;
        }
        Ok(())
    }

    fn position_in(&self, words: &Words) -> Result<Position, TrainError> {
        let wrong = |found| self.not_a_checkpoint(found);
        let history = words
            .history
            .iter()
            .map(|cells| EpochMetrics::from_cells(cells))
            .collect::<Result<_, _>>();
        let timings = words
            .timings
            .iter()
            .map(|cells| EpochTiming::from_cells(cells))
            .collect::<Result<_, _>>();
        Ok(Position {
            batches_done: words.batches_done,
            history: history.map_err(wrong)?,
            timings: timings.map_err(wrong)?,
            seconds_before: words.seconds,
            spent: words.spent,
        })
    }

    fn not_a_checkpoint(&self, found: String) -> TrainError {
        not_a_checkpoint(&self.folder, found)
    }
}

fn prefixed(prefix: &str, tensors: Vec<StoredTensor>) -> impl Iterator<Item = StoredTensor> {
    tensors.into_iter().map(move |tensor| tensor.within(prefix))
}
