//! Why a report cannot be written.

use std::path::PathBuf;

use didact_curriculum::CurriculumError;
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
    /// A curriculum cannot weigh what a picture shows it.
    #[error(transparent)]
    Curriculum(#[from] CurriculumError),
    /// A setting of a picture is outside its range.
    #[error("{parameter} is {found}, expected {expected}")]
    OutOfRange {
        /// Name of the setting.
        parameter: &'static str,
        /// The value given.
        found: f64,
        /// The range allowed, in words.
        expected: &'static str,
    },
    /// A label that a mentor cannot be asked about.
    #[error("the mentor {mentor} takes {expected}, found label {found}")]
    MentorLabel {
        /// What it is called.
        mentor: String,
        /// What it takes, in words.
        expected: String,
        /// The label given.
        found: u32,
    },
    /// A drawing cannot be turned into pixels.
    #[error("the drawing cannot be turned into pixels")]
    Pixels {
        /// What the renderer said.
        #[from]
        source: resvg::usvg::Error,
    },
    /// A drawing has no pixels or too many of them.
    #[error("the drawing would be {width} x {height} pixels")]
    Size {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// Pixels cannot be stored.
    #[error("the picture cannot be stored as {format}")]
    Encoding {
        /// PNG or GIF.
        format: &'static str,
        /// What the encoder said.
        source: image::ImageError,
    },
}
