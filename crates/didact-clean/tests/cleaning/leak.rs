//! No sample that reports is trained on, selected by or corrected.

use didact_clean::{CleanError, Cleaning, CleaningData, Purpose};
use didact_train::{CheckedLabel, Interruption, TrainError};

use crate::support::{Quiet, SAMPLES, TRUSTED, Workplace, assert_same, rows, true_labels};

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

/// Of a table of two features and a label: what the samples that report look like, and which labels they were given, reaches no
/// weight, no correction and no normalisation either.
#[test]
fn samples_that_report_change_nothing_but_figures() {
    for (settings, files) in [
        (
            "rounds = 2",
            &["first/last.safetensors", "round-1/relearnt/last.safetensors"][..],
        ),
        (
            "folds = 3",
            &["first-fold-1/last.safetensors", "first-fold-3/last.safetensors"],
        ),
    ] {
        change_what_reports(settings, files);
    }
}

fn change_what_reports(settings: &str, files: &[&str]) {
    let place = Workplace::new();
    let table = |name: &str, report: fn(u32) -> [u32; 3]| {
        let usual = |row: u32| {
            [
                row * 7 % 16,
                row * 11 % 13,
                u32::from(row * 7 % 16 + row * 11 % 13 > 13),
            ]
        };
        let given = |[one, two, label]: [u32; 3], row: u32| {
            [one, two, if row.is_multiple_of(5) { 1 - label } else { label }]
        };
        let row = |row: u32| {
            if (100..120).contains(&row) {
                report(row)
            } else {
                given(usual(row), row)
            }
        };
        let rows = (0..300)
            .map(row)
            .map(|[one, two, label]| format!("{one},{two},class-{label}\n"));
        std::fs::write(
            place.path(name),
            "one,two,label\n".to_owned() + &rows.collect::<String>(),
        )
        .unwrap();
        let trusted = (0..120).map(|row| format!("class-{}", usual(row)[2]));
        place.trust(&trusted.collect::<Vec<String>>());
    };
    table("honest.csv", |row| [row * 7 % 16, row * 11 % 13, 1]);
    table("other.csv", |row| [1000 + row, row, row % 2]);
    let paths = ["honest", "other"].map(|name| {
        let split = "trusted-split = { name = \"in-order\", fit = 80, select = 20 }";
        let mut config = place.config(&format!("{split}\n{settings}"));
        config.training.data = place.path(&format!("{name}.csv"));
        config.training.noise = None;
        place.clean(&config, name).unwrap();
        place.path(name)
    });
    assert_same(
        &paths[0],
        &paths[1],
        &["model.safetensors", "transition_matrix.csv"],
    );
    assert_same(&paths[0], &paths[1], files);
    let [one, other] = paths.map(|path| rows(&path.join("corrected.csv")));
    assert_eq!((&one[..100], &one[120..]), (&other[..100], &other[120..]));
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

/// Puts a sample where it does not belong.
type Change = fn(&mut CleaningData, CheckedLabel);

/// What was parted when the data were opened is asked again before it is used.
#[test]
fn parts_that_were_changed_are_refused_before_they_are_used() {
    let reporting = CheckedLabel { row: 299, label: 0 };
    let changes: [(Change, Purpose); 3] = [
        (|data, reporting| data.fit.push(reporting), Purpose::Training),
        (
            |data, reporting| data.select.rows.push(reporting.row),
            Purpose::Selection,
        ),
        (
            |data, reporting| data.selecting.push(reporting),
            Purpose::Selection,
        ),
    ];
    let place = Workplace::new();
    for (index, (change, expected)) in changes.into_iter().enumerate() {
        let config = place.config("cleaner = { name = \"network\", epochs = 2 }");
        let mut data = CleaningData::open(&config).unwrap();
        change(&mut data, reporting);
        let cleaning = Cleaning::begin(config, data, &place.path(&format!("{index}"))).unwrap();
        let error = cleaning
            .run(&mut Quiet::default(), &Interruption::none())
            .unwrap_err();
        assert!(
            matches!(error, CleanError::Leak { purpose, count: 1, .. } if purpose == expected),
            "{error}"
        );
    }
}
