//! What the page of a cleaning shows.

use crate::clean::{LINE, place};
use crate::clean_recipes::images;

/// How many samples that models learn from have a class in a column of `corrected.csv`.
fn number_of(corrected: &[Vec<String>], parts: &str, class: &str, column: usize) -> usize {
    let is_taught = |row: &&Vec<String>| {
        let part = parts
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{},", row[0])));
        part.is_none_or(|part| part == "fit")
    };
    let taught = corrected.iter().filter(is_taught);
    taught.filter(|row| row[column] == class).count()
}

fn cells(table: &str) -> Vec<Vec<String>> {
    let rows = table.lines().skip(1);
    rows.map(|row| row.split(',').map(str::to_owned).collect())
        .collect()
}

#[test]
fn it_has_every_part_of_a_cleaning() {
    let place = place();
    let line = format!("{LINE} --cleaner network:epochs=3 --rounds 2 -o cleaned --json");
    let summary = place.didact(&line).json();
    let report = place.read("cleaned/report.html");
    for words in [
        "What it came to",
        "Labels",
        "Label cleaner: accuracy on the selecting samples",
        "Training curves",
        "Which class is given as which",
        "Confusion matrix, test samples",
        "retrained-1: precision, recall and F1 of every class (test samples)",
        "Changed with the most certainty",
        "As cleaning.toml",
    ] {
        assert!(report.contains(words), "{words}");
    }
    for row in summary["models"].as_array().unwrap() {
        let name = row["name"].as_str().unwrap();
        assert!(report.contains(&format!("<th scope=\"row\">{name}")), "{name}");
    }
    for stage in ["first", "round-1/relearnt", "retrained-1"] {
        for curve in ["Loss of the task", "Accuracy"] {
            assert!(
                report.contains(&format!("{stage}: {curve}")),
                "no {curve} of {stage}"
            );
        }
    }
}

#[test]
fn classes_are_counted_as_given_and_as_corrected() {
    let place = place();
    assert_eq!(place.didact(&format!("{LINE} -o cleaned")).code, 0);
    let (corrected, parts) = (
        cells(&place.read("cleaned/corrected.csv")),
        place.read("cleaned/parts.csv"),
    );
    let report = place.read("cleaned/report.html");
    for class in ["large", "small"] {
        let [given, now] = [1, 2].map(|column| number_of(&corrected, &parts, class, column));
        let told = format!("{class}: {given} as given, {now} as corrected");
        assert!(report.contains(&told), "{told}");
    }
}

#[test]
fn corrected_images_are_there_to_be_looked_at() {
    let place = images();
    let line = "clean images --noise symmetric:0.4 --noise-seed 2 --trusted trusted.csv \
                --trusted-split random:fit=0.5,select=0.25 --model logistic --learning-rate 0.1 --epochs 8 --batch-size 4 \
                --curriculum none --test more --threads 1 -o cleaned";
    let outcome = place.didact(line);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let corrected = cells(&place.read("cleaned/corrected.csv"));
    let changed: Vec<&Vec<String>> = corrected.iter().filter(|row| row[4] == "corrected").collect();
    assert!(!changed.is_empty(), "nothing to see: {corrected:?}");
    let report = place.read("cleaned/report.html");
    let examples = &report[report.find("Changed with the most certainty").unwrap()..];
    for row in changed {
        assert!(examples.contains(&row[0]), "{} is not there", row[0]);
    }
    assert!(
        examples.contains("<img ") && examples.contains("corrected: "),
        "no picture"
    );
}
