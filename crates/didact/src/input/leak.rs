//! Samples that a run was fitted to or selected on must not be reported on.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use didact_data::{Dataset, has_test_part};
use didact_train::{TrainConfig, ValidationChoice};

use crate::error::{Complaint, Result};

/// Refuses data that share rows with what a run was trained or selected on.
///
/// Rows of the same path are the same samples, except where the path holds a test part: then that part is evaluated,
/// and the training part was trained on.
pub(crate) fn refuse_leak(config: &TrainConfig, evaluated: &Dataset) -> Result<()> {
    let selected_on = match &config.validation {
        ValidationChoice::Data(path) => Some(path.as_path()),
        _ => None,
    };
    for (path, used_for) in [
        (Some(config.data.as_path()), "trained"),
        (selected_on, "selected"),
    ] {
        let rows = path.map_or_else(Vec::new, |path| shared_rows(path, evaluated));
        if let Some(&first) = rows.first() {
            let (count, total, id) = (rows.len(), evaluated.len(), &evaluated.ids()[first]);
            let what =
                format!("the run was {used_for} on {count} of the {total} samples, the first being {id}");
            return Err(Complaint::new(
                what,
                "evaluate on data that the run has not seen, such as DATA#8000..10000",
            )
            .into());
        }
    }
    Ok(())
}

/// The samples of `evaluated` that are rows of the data at `path`.
fn shared_rows(path: &Path, evaluated: &Dataset) -> Vec<usize> {
    let (path, range) = split(path);
    if canonical(&path) != canonical(evaluated.path()) || has_test_part(&path) {
        return Vec::new();
    }
    let rows = evaluated.original_rows().iter().enumerate();
    rows.filter(|(_, row)| range.contains(&(**row as usize)))
        .map(|(sample, _)| sample)
        .collect()
}

/// A path and the rows behind its `#`; all of them where there is no range.
fn split(data: &Path) -> (PathBuf, Range<usize>) {
    let all = (data.to_owned(), 0..usize::MAX);
    if data.exists() {
        return all;
    }
    let parts = || {
        let (path, range) = data.to_str()?.rsplit_once('#')?;
        let (start, end) = range.split_once("..")?;
        Some((PathBuf::from(path), start.parse().ok()?..end.parse().ok()?))
    };
    parts().unwrap_or(all)
}

fn canonical(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_behind_the_last_number_sign() {
        assert_eq!(
            split(Path::new("no#such/file#3..9")),
            (PathBuf::from("no#such/file"), 3..9)
        );
        assert_eq!(
            split(Path::new("no-such-file")),
            (PathBuf::from("no-such-file"), 0..usize::MAX)
        );
    }
}
