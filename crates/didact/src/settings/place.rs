//! Where data lie, in a form that holds from any folder.

use std::io;
use std::path::{Path, PathBuf};

use didact_curriculum::CurriculumConfig;
use didact_data::is_embedded;
use didact_labels::NoiseConfig;
use didact_train::{LossConfig, TestChoice, ValidationChoice};

use super::TrainSettings;

impl TrainSettings {
    /// The same settings with absolute paths, so that a run can be resumed and reported from any folder.
    ///
    /// # Errors
    ///
    /// What the system says if the current folder is gone.
    pub(super) fn with_absolute_paths(mut self) -> io::Result<Self> {
        for path in [
            &mut self.data,
            &mut self.labels,
            &mut self.true_labels,
            &mut self.trusted,
            &mut self.initial_weights,
        ] {
            *path = path.as_deref().map(absolute).transpose()?;
        }
        if let Some(ValidationChoice::Data(path)) = &mut self.validation {
            *path = absolute(path)?;
        }
        if let Some(TestChoice::Data(path)) = &mut self.test {
            *path = absolute(path)?;
        }
        if let Some(NoiseConfig::Asymmetric { file } | NoiseConfig::Transition { file }) = &mut self.noise {
            *file = absolute(file)?;
        }
        if let Some(LossConfig::ForwardCorrected(config)) = &mut self.loss {
            config.transition = config.transition.as_deref().map(absolute).transpose()?;
        }
        if let Some(CurriculumConfig::TransferTeacher(config)) = &mut self.curriculum {
            config.teacher = config.teacher.as_deref().map(absolute).transpose()?;
        }
        Ok(self)
    }
}

/// An absolute path to the same data. A range of rows behind it stays; embedded data lie nowhere.
fn absolute(path: &Path) -> io::Result<PathBuf> {
    if is_embedded(path) {
        Ok(path.to_owned())
    } else {
        std::path::absolute(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_rows_stays_and_embedded_data_stay_as_they_are() {
        let folder = std::env::current_dir().unwrap();
        assert_eq!(
            absolute(Path::new("a/eval.bin#0..9")).unwrap(),
            folder.join("a/eval.bin#0..9")
        );
        let embedded = Path::new("embedded:fashion-mnist#0..9");
        assert_eq!(absolute(embedded).unwrap(), embedded);
    }
}
