//! A learner at rest.

use didact_curriculum::{Curriculum, State};
use didact_run::{StoredTensor, StoredValues, TensorFile};
use serde::{Deserialize, Serialize};

use crate::error::TrainError;
use crate::learner::Learner;
use crate::weight_average::WeightAverage;

/// The words of a learner in a checkpoint; its numbers are tensors.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LearnerWords {
    optimizer_steps: u64,
    averaged_steps: u64,
    curriculum: State,
    curriculum_columns: Vec<String>,
    watcher: State,
}

impl Learner {
    /// The words of a checkpoint.
    pub(crate) fn words(&self) -> LearnerWords {
        let curriculum = self.curriculum.state();
        LearnerWords {
            optimizer_steps: self.optimizer.steps_taken(),
            averaged_steps: self.average.as_ref().map_or(0, WeightAverage::updates),
            curriculum_columns: curriculum
                .sample_columns()
                .map(|(name, _)| name.to_owned())
                .collect(),
            curriculum,
            watcher: self.watcher.state(),
        }
    }

    /// The tensors of a checkpoint, their names behind `member.`.
    pub(crate) fn tensors(&self, member: usize) -> Vec<StoredTensor> {
        let curriculum = self.curriculum.state();
        let columns = curriculum.sample_columns().map(|(name, numbers)| StoredTensor {
            name: name.to_owned(),
            shape: vec![numbers.len()],
            values: StoredValues::F32(numbers.to_vec()),
        });
        let average = self.average.as_ref();
        let parts = [
            ("model", self.parameters.store()),
            ("optimizer", self.optimizer.store()),
            (
                "average",
                average.map_or_else(Vec::new, |average| average.parameters().store()),
            ),
            ("loss", self.loss.store()),
            ("curriculum", columns.collect()),
        ];
        let named = parts.into_iter().flat_map(|(part, tensors)| {
            let prefix = format!("{member}.{part}");
            tensors.into_iter().map(move |tensor| tensor.within(&prefix))
        });
        named.collect()
    }

    /// Takes the weights of a trained model to begin with; optimizer and curriculum begin anew.
    ///
    /// # Errors
    ///
    /// [`TrainError::Weights`] if they are not those of such a network.
    pub(crate) fn begin_with(&mut self, file: &TensorFile) -> Result<(), TrainError> {
        self.parameters.restore(|name| file.tensor(name))?;
        if let Some(average) = &mut self.average {
            average.restore(0, self.parameters.frozen());
        }
        Ok(())
    }

    /// Takes up what [`Self::words`] and [`Self::tensors`] kept.
    ///
    /// # Errors
    ///
    /// [`TrainError::Weights`] and [`TrainError::Curriculum`] if it is not that of such a learner.
    pub(crate) fn restore(
        &mut self,
        member: usize,
        words: LearnerWords,
        file: &TensorFile,
    ) -> Result<(), TrainError> {
        let find = |part: &str, name: &str| file.tensor(&format!("{member}.{part}.{name}"));
        self.parameters.restore(|name| find("model", name))?;
        self.optimizer
            .restore(words.optimizer_steps, &self.parameters, |name| {
                find("optimizer", name)
            })?;
        if let Some(average) = &mut self.average {
            let mut parameters = average.parameters().clone();
            parameters.restore(|name| find("average", name))?;
            average.restore(words.averaged_steps, parameters);
        }
        self.loss.restore(&|name| find("loss", name))?;
        let mut curriculum = words.curriculum;
        for name in words.curriculum_columns {
            if let Some(StoredValues::F32(numbers)) = find("curriculum", &name).map(|stored| &stored.values) {
                curriculum = curriculum.with_sample_column(&name, numbers.clone());
            }
        }
        self.curriculum.restore(&curriculum)?;
        Ok(self.watcher.restore(&words.watcher)?)
    }
}
