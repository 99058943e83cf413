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
    for (row, start) in rows[1..]
        .iter()
        .zip(["more/dark/0.png,dark,", "more/light/3.png,light,"])
    {
        let probability: f64 = row.strip_prefix(start).unwrap().parse().unwrap();
        assert!(probability > 0.5 && probability <= 1.0, "{row}");
    }
    assert_eq!(rows.len(), 3);
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
fn several_runs_answer_their_average() {
    let place = trained();
    let line = "train images -o other --model logistic --learning-rate 0.0001 --epochs 1 --batch-size 4 --augment none --seed 7";
    assert_eq!(place.didact(line).code, 0);
    let of = |line: &str| {
        let printed = place.didact(line).json();
        printed["predictions"][0]["probabilities"][1].as_f64().unwrap()
    };
    let alone = ["run", "other"].map(|run| of(&format!("predict {run} more/light/0.png --json")));
    let average = of("predict run more/light/0.png --average other --json");
    let mean = f64::midpoint(alone[0], alone[1]);
    assert!((alone[0] - alone[1]).abs() > 0.01, "{alone:?}");
    assert!((average - mean).abs() < 1e-6, "{average} {alone:?}");
}

#[test]
fn a_run_is_averaged_once_and_only_with_its_like() {
    let place = trained();
    assert_snapshot!(place.didact("predict run more/dark/0.png --average ./run").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: ./run is given twice, and would count twice
    hint: name each run once
    ");
    for image in 0..4 {
        place.write(&format!("pets/cat/{image}.png"), png(30));
        place.write(&format!("pets/dog/{image}.png"), png(220));
    }
    assert_eq!(
        place
            .didact("train pets -o pet --model logistic --epochs 1 --batch-size 4")
            .code,
        0
    );
    assert_snapshot!(place.didact("predict run more/dark/0.png --average pet").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: pet/model.safetensors: expected a model of the classes dark, light, as the first to average, found one of the classes cat, dog
    ");
}

#[test]
fn unreadable_files_are_named_together() {
    let place = trained();
    let whole = png(7);
    place.write("cut.png", &whole[..whole.len() / 2]);
    place.write("text.png", "no image");
    assert_snapshot!(place.didact("predict run more/dark/0.png cut.png text.png missing.png").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: 3 of 4 files cannot be read:
      cut.png: unreadable image (unexpected end of file)
      text.png: unreadable image (The image format could not be determined)
      missing.png: unreadable image (No such file or directory (os error 2))
    hint: nothing was predicted; name image files only (PNG, JPEG, WebP or GIF)
    ");
}

#[test]
fn a_folder_is_not_predicted() {
    let place = trained();
    assert_snapshot!(place.didact("predict run more/dark").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: more/dark is a folder; name image files
    hint: for example more/dark/*.png
    ");
}

#[test]
fn a_model_of_features_says_so() {
    let place = Workplace::new().with_table();
    let outcome = place.didact("train table.csv -o run --model logistic --epochs 1 --batch-size 16");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert_snapshot!(place.didact("predict run more.csv").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: the model of run takes rows of 2 features, not images
    hint: measure it on labelled rows with `didact evaluate RUN DATA`
    ");
}
