//! The first thing that people try, to its end.

use serde_json::Value;

use crate::support::Workplace;

fn figure(summary: &Value, path: &str) -> f64 {
    let value = summary.pointer(path).and_then(Value::as_f64);
    value.unwrap_or_else(|| panic!("no number at {path} of {summary}"))
}

#[test]
fn superloss_remembers_less_of_the_noise_than_plain_training() {
    let place = Workplace::new();
    let printed = place.didact("quickstart --json -o first").json();
    let mut keys: Vec<&String> = printed.as_object().unwrap().keys().collect();
    keys.sort_unstable();
    assert_eq!(keys, ["report", "runs", "seconds"]);
    let names: Vec<&String> = printed["runs"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["plain", "superloss"]);
    assert!(figure(&printed, "/seconds") > 0.0);

    let [plain, superloss] = ["plain", "superloss"].map(|name| &printed["runs"][name]);
    let last = |summary| figure(summary, "/test_last/accuracy");
    assert!(
        last(superloss) > last(plain) + 0.02,
        "{} {}",
        last(superloss),
        last(plain)
    );
    let weight = |group| figure(superloss, &format!("/train/last/{group}/weight"));
    assert!(weight("clean") > weight("noisy"));
    assert!(
        place
            .read(printed["report"].as_str().unwrap())
            .contains("superloss")
    );

    // What was stopped before the report goes on; what is complete is kept.
    std::fs::remove_file(place.path("first/report.html")).unwrap();
    let again = place.didact("quickstart --json -o first").json();
    assert_eq!(again["runs"], printed["runs"]);
    assert!(!place.lacks("first/report.html"));
}
