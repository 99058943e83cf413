//! No sample that reports is trained on, selected by or corrected.

use didact_clean::{CleanError, CleaningData, Purpose};
use didact_train::TrainError;

use crate::support::{SAMPLES, TRUSTED, Workplace, assert_same, rows, true_labels};

const FIT_AND_SELECT: usize = 250;

/// What the labels of the samples that report are changes figures, and nothing else: not a weight, not a correction.
#[test]
fn labels_that_report_change_nothing_but_figures() {
    let place = Workplace::new();
    for (name, settings) in [
        ("posterior", "rounds = 2\ncorrected-labels = \"soft\""),
        ("network", "cleaner = { name = \"network\", epochs = 8 }"),
        (
            "notebook",
            "cleaner = { name = \"network\", variant = \"notebook\", epochs = 3 }",
        ),
    ] {
        place.trust(&true_labels()[..TRUSTED]);
        let config = place.config(settings);
        let honest = place.clean(&config, &format!("{name}-honest")).unwrap();
        let mut labels = true_labels()[..TRUSTED].to_vec();
        labels[FIT_AND_SELECT..].rotate_left(1);
        place.trust(&labels);
        let lied = place.clean(&config, &format!("{name}-lied")).unwrap();
        let [left, right] = ["honest", "lied"].map(|end| place.path(&format!("{name}-{end}")));
        let files = [
            "model.safetensors",
            "first/last.safetensors",
            "retrained-1/last.safetensors",
            "transition_matrix.csv",
            "parts.csv",
        ];
        assert_same(&left, &right, &files);
        let [one, other] = [&left, &right].map(|path| rows(&path.join("corrected.csv")));
        assert_eq!(one[TRUSTED..], other[TRUSTED..], "{name}");
        assert_eq!(one[..FIT_AND_SELECT], other[..FIT_AND_SELECT], "{name}");
        assert_eq!(one.len(), SAMPLES);
        let accuracy = |row: &didact_run::ModelRow| row.report.unwrap().accuracy;
        assert!(
            accuracy(&honest.models[0]) > accuracy(&lied.models[0]) + 0.2,
            "{name}"
        );
    }
}

#[test]
fn rows_that_report_are_refused_whatever_they_are_asked_for() {
    let place = Workplace::new();
    let data = CleaningData::open(&place.config("")).unwrap();
    let reporting = data.report.rows();
    assert_eq!(reporting, (250..300).collect::<Vec<u32>>());
    for purpose in [Purpose::Training, Purpose::Selection, Purpose::Correction] {
        let asked = vec![0, 299, 800];
        let error = data
            .report
            .permit(asked, purpose, data.dataset.ids())
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("1 of the trusted samples that report were asked for {purpose}: 299")
        );
    }
    let others = data.trainable();
    assert!(
        data.report
            .permit(others.clone(), Purpose::Training, data.dataset.ids())
            .is_ok()
    );
    assert!(
        reporting
            .iter()
            .all(|row| !others.contains(row) && !data.select.rows.contains(row))
    );
}

#[test]
fn test_data_that_is_among_the_data_is_refused() {
    let place = Workplace::new();
    let mut config = place.config("");
    config.training.test = Some("embedded:fashion-mnist#400..500".to_owned().into());
    let error = place.clean(&config, "cleaned").unwrap_err();
    assert!(
        matches!(error, CleanError::Train(TrainError::Leak { count: 100, .. })),
        "{error}"
    );
}
