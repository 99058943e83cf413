//! What can be wrong with what a mentor is made of.

use std::io;
use std::path::PathBuf;

use didact_curriculum::CurriculumError;
use didact_run::RunError;

/// An error about a mentor or what it learns from, with the file it is about.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MentorFileError {
    /// The operating system refused to read.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A row of a dump cannot be read.
    #[error("{path}:{line}: expected {expected}, found `{found}`")]
    BadRow {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What should be there.
        expected: &'static str,
        /// What is there.
        found: String,
    },
    /// A dump, a run or a file of examples has nothing to learn from.
    #[error("{path}: {problem}")]
    NothingToLearn {
        /// The file, or the run's folder.
        path: PathBuf,
        /// What is missing, in words.
        problem: &'static str,
    },
    /// A file is not a mentor of this version.
    #[error("{path} is not a mentor: expected {expected}, found {found}")]
    NotAMentor {
        /// The file.
        path: PathBuf,
        /// What a mentor has.
        expected: &'static str,
        /// What the file has.
        found: String,
    },
    /// A file does not hold examples of a mentor.
    #[error("{path} does not hold a mentor's examples: {found}")]
    NotExamples {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, in words.
        found: String,
    },
    /// A file does not describe a curriculum.
    #[error("{path}: {found}")]
    NotACurriculum {
        /// The file.
        path: PathBuf,
        /// What the format's reader says, with line and column.
        found: String,
    },
    /// The network in a file cannot be asked.
    #[error("{path}")]
    Curriculum {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: CurriculumError,
    },
    /// A run folder.
    #[error(transparent)]
    Run(#[from] RunError),
}

impl MentorFileError {
    /// What to do next, where there is something to say.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::BadRow { .. } => {
                "a dump has rows `sample_id epoch noisy_label clean_label loss`, parted by spaces, commas or tabs".to_owned()
            }
            Self::NothingToLearn { .. } => {
                "train with --true-labels or --noise, so that the ledger says which given labels are right".to_owned()
            }
            Self::NotAMentor { .. } | Self::Run(RunError::Read { .. }) => {
                "a mentor is what `didact mentor train` writes, or RUN/mentor.safetensors of a run with \
                 --curriculum mentornet-data-driven"
                    .to_owned()
            }
            Self::NotExamples { .. } => "examples are what `didact mentor data` writes".to_owned(),
            Self::NotACurriculum { .. } => {
                "a piece is a table [[piece]] with `from`, `name` and its settings".to_owned()
            }
            _ => return None,
        })
    }
}
