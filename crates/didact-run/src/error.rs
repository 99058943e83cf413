//! What can be wrong with a run folder.

use std::io;
use std::path::PathBuf;

/// An error about a run folder, with the path it is about.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// A new run was asked for where something already is.
    #[error("{path} exists already")]
    Exists {
        /// The folder asked for.
        path: PathBuf,
    },
    /// Another process is writing the run.
    #[error("{path} is being written by another process")]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// A run was asked for where none is.
    #[error("{path} is not a run folder: it has no {missing}")]
    NotARun {
        /// The folder asked for.
        path: PathBuf,
        /// The first file of a run that is not there.
        missing: &'static str,
    },
    /// A folder without what makes it that of a cleaning.
    #[error("{path} is not the folder of a cleaning: it has no cleaning.toml")]
    NotACleaning {
        /// The folder.
        path: PathBuf,
    },
    /// The operating system refused to read.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The operating system refused to write; the file that was there before, if any, is untouched.
    #[error("cannot write {path}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A file of the run does not hold what it should.
    #[error("{path}: expected {expected}, found {found}")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What the file should hold.
        expected: &'static str,
        /// What it holds, in the words of the format's reader.
        found: String,
    },
}

impl RunError {
    pub(crate) fn malformed(
        path: &std::path::Path,
        expected: &'static str,
        found: impl std::fmt::Display,
    ) -> Self {
        Self::Malformed {
            path: path.to_owned(),
            expected,
            found: found.to_string(),
        }
    }
}
