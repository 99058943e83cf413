//! Why a report cannot be written.

use std::path::PathBuf;

use didact_labels::LabelsError;
use didact_run::RunError;

/// An error about a report.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// A report of nothing was asked for.
    #[error("a report needs at least one run")]
    NoRuns,
    /// A file of a run cannot be read or is not what it should be, or the page cannot be written.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The figures in a file of a run contradict each other.
    #[error("{path}: figures that contradict each other")]
    Contradiction {
        /// The file.
        path: PathBuf,
        /// What contradicts what.
        source: Box<LabelsError>,
    },
    /// A thumbnail whose pixels do not fit its size.
    #[error("thumbnail of {id}: expected {expected} bytes of pixels in 1 or 3 channels, found {found}")]
    Thumbnail {
        /// The sample.
        id: String,
        /// Width times height times channels.
        expected: u64,
        /// Number of bytes there.
        found: u64,
    },
    /// A thumbnail that cannot be stored as PNG.
    #[error("thumbnail of {id} cannot be stored as PNG")]
    Png {
        /// The sample.
        id: String,
        /// What the encoder said.
        source: image::ImageError,
    },
    /// The page cannot be put together.
    #[error("the page cannot be put together")]
    Page {
        /// What the template engine said.
        #[from]
        source: askama::Error,
    },
}
