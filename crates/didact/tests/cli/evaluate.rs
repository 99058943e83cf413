//! Measuring a trained network.

use insta::assert_snapshot;

use crate::support::{Workplace, lines};

fn trained() -> Workplace {
    let place = Workplace::new().with_table();
    let line = "train table.csv#0..48 -o run --model logistic --learning-rate 0.1 --epochs 8 --batch-size 8 --threads 1";
    let outcome = place.didact(line);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    place
}

#[test]
fn the_report_is_scikit_learns() {
    let place = Workplace::new().with_images();
    let line =
        "train images -o run --model logistic --learning-rate 0.1 --epochs 8 --batch-size 4 --augment none";
    assert_eq!(place.didact(line).code, 0);
    let outcome = place.didact("evaluate run more");
    // Classes so far apart are told apart on every machine; how far the loss gets differs in the last digits.
    let text = outcome.all();
    let text = lines(text.lines().filter(|row| !row.starts_with("loss")));
    assert_snapshot!(text, @"
    exit 0
    --- stdout
    16 samples        kept epoch  last epoch
    accuracy             100.0 %     100.0 %
    MCC                    1.000       1.000

                  precision    recall  f1-score   support

            dark       1.00      1.00      1.00         8
           light       1.00      1.00      1.00         8

        accuracy                           1.00        16
       macro avg       1.00      1.00      1.00        16
    weighted avg       1.00      1.00      1.00        16
    --- stderr
    ");
}

#[test]
fn json_has_the_schema_of_the_summary() {
    let place = trained();
    let printed = place.didact("evaluate run more.csv --json").json();
    let summary: serde_json::Value = serde_json::from_str(&place.read("run/summary.json")).unwrap();
    assert_eq!(printed["test"]["n"], 32);
    assert!(printed["test_last"]["mcc"].is_number());
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&printed), keys(&summary));
    assert_eq!(printed["train"], summary["train"]);
}

#[test]
fn an_average_is_of_runs_that_are_all_new_to_the_data() {
    let place = trained();
    let line = "train table.csv#0..56 -o other --model logistic --learning-rate 0.01 --epochs 1 --batch-size 8 --seed 7";
    assert_eq!(place.didact(line).code, 0);
    let loss = |line: &str| place.didact(line).json()["test"]["loss"].as_f64().unwrap();
    let alone = ["run", "other"].map(|run| loss(&format!("evaluate {run} more.csv --json")));
    let average = loss("evaluate run more.csv --average other --json");
    // By Jensen's inequality, for models that differ.
    assert!(average < f64::midpoint(alone[0], alone[1]), "{average} {alone:?}");
    assert!(
        alone.iter().all(|loss| (loss - average).abs() > 1e-6),
        "{average} {alone:?}"
    );
    assert_eq!(
        place.didact("evaluate run table.csv#56..64 --average other").code,
        0
    );
    assert_snapshot!(place.didact("evaluate run table.csv#48..64 --average other").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: 8 test samples are also used for training: 48, 49, 50, 51, 52, 53, 54, 55
    hint: evaluate on data that the run in other has not seen
    ");
}

#[test]
fn rows_the_run_was_trained_on_are_refused_and_others_are_not() {
    let place = trained();
    assert_snapshot!(place.didact("evaluate run table.csv").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: 48 test samples are also used for training: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ...
    hint: evaluate on data that the run in run has not seen
    ");
    assert_eq!(place.didact("evaluate run table.csv#48..64").code, 0);
    assert_eq!(place.didact("evaluate run ./table.csv#47..64").code, 1);
}

#[test]
fn data_that_are_gone_cannot_be_compared_and_stop_nothing() {
    let place = trained();
    std::fs::remove_file(place.path("table.csv")).unwrap();
    let outcome = place.didact("evaluate run more.csv");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert_eq!(
        outcome.stderr,
        "whether the run in run has seen these samples could not be checked: there is no file or folder table.csv\n"
    );
}

#[test]
fn a_run_that_is_not_complete_is_refused() {
    let place = trained();
    std::fs::remove_file(place.path("run/summary.json")).unwrap();
    assert_snapshot!(place.didact("evaluate run more.csv").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: run is not complete: it has no summary.json
    hint: go on with it first: didact train --resume -o run
    ");
}

#[test]
fn data_of_another_shape_are_refused() {
    let place = trained();
    place.write("wide.csv", "a,b,c,label\n1,2,3,small\n4,5,6,large\n");
    assert_snapshot!(place.didact("evaluate run wide.csv").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: the samples of wide.csv should be 2 features, found 3 features
    ");
}
