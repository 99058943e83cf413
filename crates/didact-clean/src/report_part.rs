//! The samples that report, which nothing else may touch.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use didact_data::Dataset;
use didact_train::{CheckedLabel, Part};

use crate::error::CleanError;

/// How many samples an error names.
const NAMED: usize = 10;

/// What rows are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A gradient: of a model or of a cleaner.
    Training,
    /// A choice: of an epoch, a model or a weight.
    Selection,
    /// A corrected label.
    Correction,
}

impl fmt::Display for Purpose {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Training => "training",
            Self::Selection => "selection",
            Self::Correction => "correction",
        })
    }
}

/// Rows that may be used as was asked, because none of them reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permitted {
    rows: Vec<u32>,
}

impl Permitted {
    /// The rows, in the order they were asked in.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The rows, to be kept.
    pub fn into_rows(self) -> Vec<u32> {
        self.rows
    }
}

/// The checked samples that report: how good labels and models are is measured on them, and nothing else.
///
/// Their labels leave this type as figures, or as the test part of a run, which chooses nothing.
///
/// ```
/// use didact_clean::{Purpose, ReportPart};
/// use didact_train::CheckedLabel;
///
/// let report = ReportPart::new(vec![CheckedLabel { row: 3, label: 0 }]);
/// let ids: Vec<String> = (0..5).map(|row| format!("{row}.png")).collect();
/// assert!(report.permit(vec![0, 1], Purpose::Training, &ids).is_ok());
/// let refused = report.permit(vec![2, 3], Purpose::Training, &ids).unwrap_err();
/// assert_eq!(refused.to_string(), "1 of the trusted samples that report were asked for training: 3.png");
/// ```
#[derive(Clone, Debug, Default)]
pub struct ReportPart {
    sealed: Vec<CheckedLabel>,
    rows: HashSet<u32>,
}

impl ReportPart {
    /// Seals checked samples.
    pub fn new(mut sealed: Vec<CheckedLabel>) -> Self {
        sealed.sort_unstable_by_key(|checked| checked.row);
        let rows = sealed.iter().map(|checked| checked.row).collect();
        Self { sealed, rows }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.sealed.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sealed.is_empty()
    }

    /// Their rows, ascending.
    pub fn rows(&self) -> Vec<u32> {
        self.sealed.iter().map(|checked| checked.row).collect()
    }

    /// Lets rows be used, unless one of them reports. `ids` are those of the data set.
    ///
    /// # Errors
    ///
    /// [`CleanError::Leak`] naming the samples.
    pub fn permit(&self, rows: Vec<u32>, purpose: Purpose, ids: &[String]) -> Result<Permitted, CleanError> {
        let leaked: Vec<u32> = rows
            .iter()
            .copied()
            .filter(|row| self.rows.contains(row))
            .collect();
        if leaked.is_empty() {
            return Ok(Permitted { rows });
        }
        let id = |&row: &u32| ids.get(row as usize).cloned().unwrap_or_else(|| row.to_string());
        Err(CleanError::Leak {
            purpose,
            count: leaked.len(),
            ids: leaked.iter().take(NAMED).map(id).collect(),
        })
    }

    /// What a run tests on; none if nothing reports.
    pub(crate) fn test_part(&self, dataset: &Dataset) -> Result<Option<Part>, CleanError> {
        if self.is_empty() {
            return Ok(None);
        }
        labelled_part(dataset, &self.sealed).map(Some)
    }

    /// Row and label of each, to be measured against.
    pub(crate) fn sealed(&self) -> &[CheckedLabel] {
        &self.sealed
    }
}

/// Checked samples as a part of a data set in which they, and they alone, have their checked labels.
pub(crate) fn labelled_part(dataset: &Dataset, checked: &[CheckedLabel]) -> Result<Part, CleanError> {
    let mut labels = vec![None; dataset.len()];
    for checked in checked {
        labels[checked.row as usize] = Some(checked.label);
    }
    let dataset = dataset.clone().with_given_labels(labels)?;
    Ok(Part::of_labelled(Arc::new(dataset)))
}
