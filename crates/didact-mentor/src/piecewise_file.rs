//! A curriculum of one's own, described in TOML.

use std::fs;
use std::path::Path;

use didact_curriculum::PiecewiseCurriculum;

use crate::error::MentorFileError;

/// Reads a [`PiecewiseCurriculum`].
///
/// # Errors
///
/// [`MentorFileError::Read`], and [`MentorFileError::NotACurriculum`] with line and column.
pub fn read_piecewise(path: &Path) -> Result<PiecewiseCurriculum, MentorFileError> {
    let text = fs::read_to_string(path).map_err(|source| MentorFileError::Read {
        path: path.to_owned(),
        source,
    })?;
    toml::from_str(&text).map_err(|error| MentorFileError::NotACurriculum {
        path: path.to_owned(),
        found: error.to_string().trim_end().to_owned(),
    })
}
