//! Labels for new images.

use insta::assert_snapshot;

use crate::support::{Workplace, png};

fn trained() -> Workplace {
    let place = Workplace::new().with_images();
    let line = "train images -o run --model logistic --learning-rate 0.1 --epochs 8 --batch-size 4 --augment none --threads 1";
    let outcome = place.didact(line);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    place
}

#[test]
fn each_file_gets_a_label_and_a_probability() {
    let place = trained();
    let outcome = place.didact("predict run more/dark/0.png more/light/3.png");
    let rows: Vec<&str> = outcome.stdout.lines().collect();
    assert_eq!(rows[0], "file,label,probability");
    assert!(
        rows[1].starts_with("more/dark/0.png,dark,0."),
        "{}",
        outcome.all()
    );
    assert!(
        rows[2].starts_with("more/light/3.png,light,0."),
        "{}",
        outcome.all()
    );
}

#[test]
fn json_has_all_probabilities() {
    let place = trained();
    let printed = place.didact("predict run more/light/0.png --json").json();
    assert_eq!(printed["class_names"], serde_json::json!(["dark", "light"]));
    let probabilities = printed["predictions"][0]["probabilities"].as_array().unwrap();
    let sum: f64 = probabilities
        .iter()
        .map(|probability| probability.as_f64().unwrap())
        .sum();
    assert!((sum - 1.0).abs() < 1e-5, "{sum}");
}

#[test]
fn unreadable_files_are_named_together() {
    let place = trained();
    let whole = png(7);
    place.write("cut.png", &whole[..whole.len() / 2]);
    place.write("text.png", "no image");
    assert_snapshot!(place.didact("predict run more/dark/0.png cut.png text.png missing.png").all(), @"");
}

#[test]
fn a_model_of_features_says_so() {
    let place = Workplace::new().with_table();
    let outcome = place.didact("train table.csv -o run --model logistic --epochs 1 --batch-size 16");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert_snapshot!(place.didact("predict run more.csv").all(), @"");
}
