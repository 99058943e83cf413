//! Metrics against scikit-learn's; `tests/golden/generate.py` made the numbers.

#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]
#![expect(clippy::float_cmp, reason = "these figures are exact")]

use didact_labels::metrics::{
    ClassScores, ClassificationReport, ConfusionMatrix, ReportedClasses, ScoreMatrix, accuracy,
    matthews_correlation, top_k_accuracy,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    cases: Vec<Case>,
    top_k: Vec<TopKCase>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    num_classes: usize,
    class_names: Vec<String>,
    true_labels: Vec<u32>,
    predicted_labels: Vec<u32>,
    accuracy: f64,
    matthews_correlation: f64,
    confusion: ConfusionMatrix,
    text_all: String,
    text_occurring: String,
    figures_all: Vec<[f64; 4]>,
}

#[derive(Deserialize)]
struct TopKCase {
    scores: Vec<f32>,
    num_classes: usize,
    labels: Vec<u32>,
    k: usize,
    accuracy: f64,
}

impl Case {
    fn confusion(&self) -> ConfusionMatrix {
        ConfusionMatrix::from_labels(self.num_classes, &self.true_labels, &self.predicted_labels).unwrap()
    }

    fn report(&self, reported: ReportedClasses) -> ClassificationReport {
        ClassificationReport::new(&self.confusion(), &self.class_names, reported).unwrap()
    }
}

fn golden() -> Golden {
    let golden: Golden = serde_json::from_str(include_str!("golden/metrics.json")).unwrap();
    assert!(golden.cases.len() >= 12 && golden.top_k.len() >= 4);
    golden
}

#[test]
fn confusion_matrix_and_accuracy_are_equal() {
    for case in golden().cases {
        assert_eq!(case.confusion(), case.confusion, "{}", case.name);
        assert_eq!(accuracy(&case.confusion()), case.accuracy, "{}", case.name);
    }
}

#[test]
fn matthews_correlation_is_equal() {
    for case in golden().cases {
        let difference = matthews_correlation(&case.confusion()) - case.matthews_correlation;
        assert!(difference.abs() < 1e-15, "{}: {difference:e}", case.name);
    }
}

#[test]
fn the_report_is_printed_character_for_character() {
    for case in golden().cases {
        assert_eq!(
            case.report(ReportedClasses::All).to_string(),
            case.text_all,
            "{}",
            case.name
        );
        assert_eq!(
            case.report(ReportedClasses::Occurring).to_string(),
            case.text_occurring,
            "{}",
            case.name
        );
    }
}

#[test]
fn the_figures_of_the_report_are_equal() {
    for case in golden().cases {
        let report = case.report(ReportedClasses::All);
        let rows = report.classes.iter().map(|row| row.scores);
        let rows: Vec<ClassScores> = rows
            .chain([report.macro_average, report.weighted_average])
            .collect();
        assert_eq!(rows.len(), case.figures_all.len());
        for (row, expected) in rows.iter().zip(&case.figures_all) {
            let found = [row.precision, row.recall, row.f1, row.support as f64];
            for (found, expected) in found.iter().zip(expected) {
                assert!(
                    (found - expected).abs() < 1e-14,
                    "{}: {found} {expected}",
                    case.name
                );
            }
        }
    }
}

#[test]
fn a_report_survives_json() {
    let report = golden().cases[1].report(ReportedClasses::All);
    let json = serde_json::to_string(&report).unwrap();
    assert!(
        json.starts_with(r#"{"classes":[{"name":"cat","precision":0.5,"recall":0.5,"f1":0.5,"support":2},"#)
    );
    assert_eq!(
        serde_json::from_str::<ClassificationReport>(&json).unwrap(),
        report
    );
}

#[test]
fn top_k_accuracy_is_equal() {
    for case in golden().top_k {
        let scores = ScoreMatrix::new(&case.scores, case.num_classes).unwrap();
        assert_eq!(
            top_k_accuracy(scores, &case.labels, case.k).unwrap(),
            case.accuracy
        );
    }
}
