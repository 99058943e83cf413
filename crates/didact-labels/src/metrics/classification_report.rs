//! Precision, recall and F1 of every class.

use serde::{Deserialize, Serialize};

use super::{ConfusionMatrix, accuracy};
use crate::error::LabelsError;
use crate::label_checks::check_length;

/// Precision, recall, F1 and support of every class and on average.
///
/// Printing it (`Display`) gives the text of scikit-learn's `classification_report(digits=2, zero_division=0)`,
/// character for character.
///
/// # Example
///
/// ```
/// use didact_labels::metrics::{ClassificationReport, ConfusionMatrix, ReportedClasses};
///
/// let confusion = ConfusionMatrix::from_labels(2, &[0, 0, 1, 1], &[0, 1, 1, 1])?;
/// let names = ["cat".to_owned(), "dog".to_owned()];
/// let report = ClassificationReport::new(&confusion, &names, ReportedClasses::All)?;
/// assert_eq!(report.classes[0].scores.recall, 0.5);
/// assert!(report.to_string().contains("         cat       1.00      0.50      0.67         2\n"));
/// # Ok::<(), didact_labels::LabelsError>(())
/// ```
///
/// Source: scikit-learn, `sklearn/metrics/_classification.py`.
/// Differs from scikit-learn 1.9.1: where not one prediction is right, it prints supports as `1.0`, this as `1`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassificationReport {
    /// One row per reported class, in the order of the classes.
    pub classes: Vec<ClassRow>,
    /// Share of right predictions, in `[0, 1]`.
    pub accuracy: f64,
    /// Mean over the reported classes, each counting the same.
    pub macro_average: ClassScores,
    /// Mean over the reported classes, each counting by its support.
    pub weighted_average: ClassScores,
}

/// The scores of one class, with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassRow {
    /// The class's name, or its number where no names were given.
    pub name: String,
    /// The scores.
    #[serde(flatten)]
    pub scores: ClassScores,
}

/// Precision, recall, F1 and support.
///
/// A share of nothing (precision of a class that was never predicted, recall of a class without samples) is 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassScores {
    /// Share of the predictions of this class that are right, in `[0, 1]`.
    pub precision: f64,
    /// Share of the samples of this class that are found, in `[0, 1]`.
    pub recall: f64,
    /// Harmonic mean of precision and recall, in `[0, 1]`.
    pub f1: f64,
    /// Number of samples.
    pub support: u64,
}

/// Which classes a report lists and averages over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReportedClasses {
    /// Every class, also one without samples and predictions, whose scores are 0 and lower the macro average
    /// (scikit-learn with `labels=range(num_classes)`).
    #[default]
    All,
    /// Classes with at least one sample or prediction (scikit-learn without `labels`).
    Occurring,
}

impl ClassificationReport {
    /// The report of a confusion matrix; without `class_names` the classes are named by their numbers.
    ///
    /// # Errors
    ///
    /// [`LabelsError::LengthMismatch`] if there are class names, but not one for every class.
    pub fn new(
        confusion: &ConfusionMatrix,
        class_names: &[String],
        reported: ReportedClasses,
    ) -> Result<Self, LabelsError> {
        if !class_names.is_empty() {
            check_length("class names", confusion.num_classes(), class_names.len())?;
        }
        let classes: Vec<ClassRow> = (0..confusion.num_classes())
            .filter(|&class| reported == ReportedClasses::All || occurs(confusion, class))
            .map(|class| ClassRow {
                name: class_names
                    .get(class)
                    .cloned()
                    .unwrap_or_else(|| class.to_string()),
                scores: ClassScores::of(confusion, class),
            })
            .collect();
        Ok(Self {
            accuracy: accuracy(confusion),
            macro_average: average(&classes, |_| 1.0),
            weighted_average: average(&classes, |scores| scores.support as f64),
            classes,
        })
    }
}

impl ClassScores {
    fn of(confusion: &ConfusionMatrix, class: usize) -> Self {
        let hits = confusion.count(class, class);
        let support = confusion.true_count(class);
        let predicted = confusion.predicted_count(class);
        Self {
            precision: share(hits, predicted),
            recall: share(hits, support),
            f1: share(2 * hits, support + predicted),
            support,
        }
    }
}

fn occurs(confusion: &ConfusionMatrix, class: usize) -> bool {
    confusion.true_count(class) + confusion.predicted_count(class) > 0
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

fn average(classes: &[ClassRow], weight: fn(&ClassScores) -> f64) -> ClassScores {
    let total: f64 = classes.iter().map(|row| weight(&row.scores)).sum();
    let mean = |score: fn(&ClassScores) -> f64| {
        let sum: f64 = classes
            .iter()
            .map(|row| weight(&row.scores) * score(&row.scores))
            .sum();
        if total == 0.0 { 0.0 } else { sum / total }
    };
    ClassScores {
        precision: mean(|scores| scores.precision),
        recall: mean(|scores| scores.recall),
        f1: mean(|scores| scores.f1),
        support: classes.iter().map(|row| row.scores.support).sum(),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "these figures are exact")]

    use super::*;

    fn report(reported: ReportedClasses) -> ClassificationReport {
        let confusion = ConfusionMatrix::from_labels(4, &[0, 0, 0, 1], &[0, 0, 2, 0]).unwrap();
        ClassificationReport::new(&confusion, &[], reported).unwrap()
    }

    #[test]
    fn shares_of_nothing_are_zero() {
        let report = report(ReportedClasses::All);
        let third = 2.0 / 3.0;
        assert_eq!(
            report.classes[0].scores,
            ClassScores {
                precision: third,
                recall: third,
                f1: third,
                support: 3
            }
        );
        for (class, support) in [(1, 1), (2, 0), (3, 0)] {
            let zero = ClassScores {
                precision: 0.0,
                recall: 0.0,
                f1: 0.0,
                support,
            };
            assert_eq!(report.classes[class].scores, zero);
        }
        assert_eq!(report.accuracy, 0.5);
    }

    #[test]
    fn absent_classes_are_left_out_only_where_asked() {
        let names = |report: &ClassificationReport| {
            report
                .classes
                .iter()
                .map(|row| row.name.clone())
                .collect::<Vec<_>>()
        };
        let (all, occurring) = (report(ReportedClasses::All), report(ReportedClasses::Occurring));
        assert_eq!(names(&all), ["0", "1", "2", "3"]);
        assert_eq!(names(&occurring), ["0", "1", "2"]);
        assert_eq!(all.macro_average.recall, 2.0 / 3.0 / 4.0);
        assert_eq!(occurring.macro_average.recall, 2.0 / 3.0 / 3.0);
        assert_eq!(all.weighted_average, occurring.weighted_average);
    }

    #[test]
    fn names_must_be_complete() {
        let error = ClassificationReport::new(
            &ConfusionMatrix::new(2),
            &["cat".to_owned()],
            ReportedClasses::All,
        )
        .unwrap_err();
        assert_eq!(error.to_string(), "class names: expected 2 values, found 1");
    }

    #[test]
    fn a_report_of_nothing_is_all_zero() {
        let report =
            ClassificationReport::new(&ConfusionMatrix::new(2), &[], ReportedClasses::Occurring).unwrap();
        assert!(report.classes.is_empty());
        assert_eq!(report.weighted_average.f1, 0.0);
    }
}
