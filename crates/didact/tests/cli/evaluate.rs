//! Measuring a trained network.

use insta::assert_snapshot;

use crate::support::Workplace;

fn trained() -> Workplace {
    let place = Workplace::new().with_table();
    let line = "train table.csv#0..48 -o run --model logistic --learning-rate 0.1 --epochs 8 --batch-size 8 --threads 1";
    let outcome = place.didact(line);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    place
}

#[test]
fn the_report_is_scikit_learns() {
    assert_snapshot!(trained().didact("evaluate run more.csv").all(), @"");
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
fn rows_the_run_was_trained_on_are_refused_and_others_are_not() {
    let place = trained();
    assert_snapshot!(place.didact("evaluate run table.csv").all(), @"");
    assert_eq!(place.didact("evaluate run table.csv#48..64").code, 0);
    assert_eq!(place.didact("evaluate run ./table.csv#47..64").code, 1);
}

#[test]
fn a_run_that_is_not_complete_is_refused() {
    let place = trained();
    std::fs::remove_file(place.path("run/summary.json")).unwrap();
    assert_snapshot!(place.didact("evaluate run more.csv").all(), @"");
}

#[test]
fn data_of_another_shape_are_refused() {
    let place = trained();
    place.write("wide.csv", "a,b,c,label\n1,2,3,small\n4,5,6,large\n");
    assert_snapshot!(place.didact("evaluate run wide.csv").all(), @"");
}
