//! Where data are: a path, and perhaps a range of rows behind `#`.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::embedded::is_embedded;
use crate::error::DataError;

/// A DATA argument taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Location {
    pub(crate) path: PathBuf,
    pub(crate) rows: Option<Range<usize>>,
}

impl Location {
    /// Splits `eval.bin#0..2500`. A path that exists as it stands is taken as it stands.
    pub(crate) fn find(data: &Path) -> Result<Self, DataError> {
        if data.exists() {
            return Ok(Self {
                path: data.to_owned(),
                rows: None,
            });
        }
        let location = match split(data) {
            Some((path, rows)) => Self {
                path,
                rows: Some(rows),
            },
            None => Self {
                path: data.to_owned(),
                rows: None,
            },
        };
        if location.path.exists() || is_embedded(&location.path) {
            Ok(location)
        } else {
            Err(not_found(location.path))
        }
    }

    /// The rows asked for, of so many.
    pub(crate) fn select(&self, rows: usize) -> Result<Range<usize>, DataError> {
        match &self.rows {
            None => Ok(0..rows),
            Some(range) if range.start < range.end && range.end <= rows => Ok(range.clone()),
            Some(range) => {
                let (start, end) = (range.start, range.end);
                Err(DataError::RowRange {
                    path: self.path.clone(),
                    start,
                    end,
                    rows,
                })
            }
        }
    }
}

/// A DATA path without the range of rows behind it, if there is one.
///
/// ```
/// use std::path::Path;
///
/// assert_eq!(didact_data::without_rows(Path::new("eval.bin#0..2500")), Path::new("eval.bin"));
/// ```
pub fn without_rows(data: &Path) -> PathBuf {
    if data.exists() {
        data.to_owned()
    } else {
        split(data).map_or_else(|| data.to_owned(), |(path, _)| path)
    }
}

fn split(data: &Path) -> Option<(PathBuf, Range<usize>)> {
    let (path, range) = data.to_str()?.rsplit_once('#')?;
    let (start, end) = range.split_once("..")?;
    Some((PathBuf::from(path), start.parse().ok()?..end.parse().ok()?))
}

fn not_found(path: PathBuf) -> DataError {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut siblings: Vec<String> = fs::read_dir(folder)
        .map(|entries| {
            entries
                .flatten()
                .map(|entry| entry.file_name().to_string_lossy().into_owned())
                .collect()
        })
        .unwrap_or_default();
    siblings.sort();
    DataError::NotFound { path, siblings }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_split_off_and_the_last_row_is_not_included() {
        assert_eq!(
            split(Path::new("a#b/eval.bin#3..10")),
            Some((PathBuf::from("a#b/eval.bin"), 3..10))
        );
        assert_eq!(split(Path::new("eval.bin")), None);
        assert_eq!(split(Path::new("eval.bin#3")), None);
    }

    #[test]
    fn an_empty_or_too_long_range_is_refused() {
        let select = |rows| {
            Location {
                path: PathBuf::new(),
                rows: Some(rows),
            }
            .select(10)
        };
        assert_eq!(select(0..10).unwrap(), 0..10);
        assert!(select(0..11).is_err());
        assert!(select(4..4).is_err());
    }

    #[test]
    fn a_misspelt_file_is_answered_with_its_neighbour() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("train.bin"), []).unwrap();
        let hint = Location::find(&folder.path().join("trian.bin"))
            .unwrap_err()
            .hint();
        assert_eq!(hint.as_deref(), Some("did you mean `train.bin`?"));
    }
}
