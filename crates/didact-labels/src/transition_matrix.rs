//! How likely each true class is to be given as each class.

use serde::{Deserialize, Serialize};

use crate::error::{LabelsError, MatrixPlace};
use crate::metrics::ConfusionMatrix;

/// How far from 1 a row may sum, since rates are often written with few digits.
const ROW_SUM_TOLERANCE: f64 = 1e-6;

/// Probability of each given class for each true class.
///
/// # Shapes
///
/// `[true class, given class]`, each entry in `[0, 1]`; **rows sum to 1**. (cleanlab's `noise_matrix` is the
/// transpose: its columns sum to 1.)
///
/// # Example
///
/// ```
/// use didact_labels::TransitionMatrix;
///
/// let matrix = TransitionMatrix::from_rows(&[vec![0.8, 0.2], vec![0.0, 1.0]])?;
/// assert_eq!(matrix.get(0, 1), 0.2);
/// # Ok::<(), didact_labels::LabelsError>(())
/// ```
///
/// Source: Patrini, Rozza, Menon, Nock and Qu, 2017, <https://arxiv.org/abs/1609.03683> (their `T`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Vec<f64>>", into = "Vec<Vec<f64>>")]
pub struct TransitionMatrix {
    num_classes: usize,
    entries: Vec<f64>,
}

impl TransitionMatrix {
    /// Checks a matrix given as one row per true class.
    ///
    /// # Errors
    ///
    /// [`LabelsError::BadMatrix`] with row and column if the matrix is not square, an entry is not in `[0, 1]`, or
    /// a row is more than 1e-6 away from summing to 1.
    pub fn from_rows(rows: &[Vec<f64>]) -> Result<Self, LabelsError> {
        for (row, entries) in rows.iter().enumerate() {
            check_row(row, entries, rows.len())?;
        }
        Ok(Self {
            num_classes: rows.len(),
            entries: rows.concat(),
        })
    }

    /// The shares with which each true class was given as each class, where the columns of `counts` are given labels.
    ///
    /// A class that does not occur keeps its label with probability 1, so that every row still sums to 1.
    pub fn from_counts(counts: &ConfusionMatrix) -> Self {
        let num_classes = counts.num_classes();
        let mut entries = Vec::with_capacity(num_classes * num_classes);
        for class in 0..num_classes {
            let total = counts.true_count(class);
            entries.extend((0..num_classes).map(|given| match total {
                0 => f64::from(u8::from(given == class)),
                _ => counts.count(class, given) as f64 / total as f64,
            }));
        }
        Self { num_classes, entries }
    }

    /// The number of classes.
    pub fn num_classes(&self) -> usize {
        self.num_classes
    }

    /// Probability that a sample of `true_class` is given as `given_class`.
    ///
    /// # Panics
    ///
    /// If a class is not in `0..num_classes`.
    pub fn get(&self, true_class: usize, given_class: usize) -> f64 {
        self.row(true_class)[given_class]
    }

    /// Probability of each given class for samples of `true_class`.
    ///
    /// # Panics
    ///
    /// If `true_class` is not in `0..num_classes`.
    pub fn row(&self, true_class: usize) -> &[f64] {
        &self.entries[true_class * self.num_classes..][..self.num_classes]
    }
}

impl TryFrom<Vec<Vec<f64>>> for TransitionMatrix {
    type Error = LabelsError;

    fn try_from(rows: Vec<Vec<f64>>) -> Result<Self, LabelsError> {
        Self::from_rows(&rows)
    }
}

impl From<TransitionMatrix> for Vec<Vec<f64>> {
    fn from(matrix: TransitionMatrix) -> Self {
        (0..matrix.num_classes)
            .map(|class| matrix.row(class).to_vec())
            .collect()
    }
}

fn check_row(row: usize, entries: &[f64], num_classes: usize) -> Result<(), LabelsError> {
    let bad = |column: Option<usize>, expected: &str, found: String| LabelsError::BadMatrix {
        place: MatrixPlace {
            source: "transition matrix".to_owned(),
            row: Some(row + 1),
            column: column.map(|c| c + 1),
        },
        expected: expected.to_owned(),
        found,
    };
    if entries.len() != num_classes {
        return Err(bad(
            None,
            &format!("{num_classes} columns"),
            entries.len().to_string(),
        ));
    }
    if let Some(column) = entries.iter().position(|entry| !(0.0..=1.0).contains(entry)) {
        return Err(bad(
            Some(column),
            "a probability in [0, 1]",
            entries[column].to_string(),
        ));
    }
    let sum: f64 = entries.iter().sum();
    if (sum - 1.0).abs() > ROW_SUM_TOLERANCE {
        return Err(bad(None, "entries that sum to 1", format!("a sum of {sum}")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "these figures are exact")]

    use super::*;

    fn message(rows: &[Vec<f64>]) -> String {
        TransitionMatrix::from_rows(rows).unwrap_err().to_string()
    }

    #[test]
    fn rows_are_true_classes() {
        let matrix = TransitionMatrix::from_rows(&[vec![0.7, 0.3], vec![0.1, 0.9]]).unwrap();
        assert_eq!(matrix.get(0, 1), 0.3);
        assert_eq!(matrix.row(1), [0.1, 0.9]);
    }

    #[test]
    fn faults_name_row_and_column() {
        assert_eq!(
            message(&[vec![1.0, 0.0], vec![1.0]]),
            "transition matrix, row 2: expected 2 columns, found 1"
        );
        assert_eq!(
            message(&[vec![1.0, 0.0], vec![-0.5, 1.5]]),
            "transition matrix, row 2, column 1: expected a probability in [0, 1], found -0.5"
        );
        assert_eq!(
            message(&[vec![0.5, 0.25], vec![0.0, 1.0]]),
            "transition matrix, row 1: expected entries that sum to 1, found a sum of 0.75"
        );
        assert!(message(&[vec![f64::NAN]]).ends_with("found NaN"));
    }

    #[test]
    fn counts_become_shares_and_an_absent_class_keeps_its_label() {
        let counts = ConfusionMatrix::from_labels(3, &[0, 0, 0, 0, 1], &[0, 0, 0, 2, 0]).unwrap();
        let matrix = TransitionMatrix::from_counts(&counts);
        assert_eq!(matrix.row(0), [0.75, 0.0, 0.25]);
        assert_eq!(matrix.row(1), [1.0, 0.0, 0.0]);
        assert_eq!(matrix.row(2), [0.0, 0.0, 1.0]);
    }

    #[test]
    fn survives_json_and_is_checked_there() {
        let matrix = TransitionMatrix::from_rows(&[vec![0.7, 0.3], vec![0.1, 0.9]]).unwrap();
        let json = serde_json::to_string(&matrix).unwrap();
        assert_eq!(json, "[[0.7,0.3],[0.1,0.9]]");
        assert_eq!(serde_json::from_str::<TransitionMatrix>(&json).unwrap(), matrix);
        assert!(serde_json::from_str::<TransitionMatrix>("[[0.7,0.4],[0.1,0.9]]").is_err());
    }
}
