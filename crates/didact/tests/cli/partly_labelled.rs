//! Data in which some samples have no label.

use insta::assert_snapshot;

use crate::support::{Workplace, lines};

const QUICK: &str = "--model logistic --learning-rate 0.1 --epochs 3 --batch-size 8 --threads 1";

/// `partly.csv` and `more-partly.csv`: the usual tables, in which every fourth row has no label.
fn partly() -> Workplace {
    let place = Workplace::new().with_table();
    for (whole, partly) in [("table.csv", "partly.csv"), ("more.csv", "more-partly.csv")] {
        let text = place.read(whole);
        let cut = |(number, row): (usize, &str)| match row.rsplit_once(',') {
            Some((features, _)) if number % 4 == 1 => format!("{features},"),
            _ => row.to_owned(),
        };
        place.write(partly, lines(text.lines().enumerate().map(cut)));
    }
    place
}

#[test]
fn they_are_counted() {
    let place = partly();
    assert_snapshot!(place.didact("data info partly.csv").stdout, @"
    64 samples of 2 features in 2 classes, read as csv

    classes
           22   34.4 %  large
           26   40.6 %  small
           16   25.0 %  (no label)

    image sizes before resizing

    duplicates: 0 samples equal to another; 0 groups of them with different labels

    bad items: 0
    ");
    let printed = place.didact("data info partly.csv --json").json();
    assert_eq!(
        (&printed["samples"], &printed["unlabelled"]),
        (&64.into(), &16.into())
    );
}

#[test]
fn a_run_trains_on_the_others_and_reports_on_the_others() {
    let place = partly();
    let line = format!("train partly.csv -o run {QUICK} --test more-partly.csv --noise symmetric:0.2 --json");
    let outcome = place.didact(&line);
    let printed = outcome.json();
    let (train, validation) = (&printed["train"], &printed["validation"]);
    assert_eq!(
        (&train["unlabelled"], &printed["test"]["n"]),
        (&16.into(), &24.into())
    );
    let labelled = train["n"].as_u64().unwrap() + validation["n"].as_u64().unwrap();
    assert_eq!(labelled, 48);
    assert!(
        outcome.stderr.contains("(16 of them without a label)"),
        "{}",
        outcome.stderr
    );
    assert!(
        outcome
            .stderr
            .contains("8 samples without a label of these left out"),
        "{}",
        outcome.stderr
    );
    let metrics = place.read("run/metrics.csv");
    assert!(!metrics.contains("NaN"), "{metrics}");
    let page = place.read("run/report.html");
    assert!(
        page.contains("Training samples without a label, which are in no picture and no table here: 16.")
    );
    assert!(!page.contains("NaN"));
    let outcome = place.didact("evaluate run more-partly.csv");
    assert!(outcome.stdout.starts_with("24 samples"), "{}", outcome.stdout);
    assert!(
        outcome
            .stderr
            .contains("8 samples without a label left out of all figures"),
        "{}",
        outcome.stderr
    );
    let resumed = place.didact("train --resume -o run");
    assert_eq!(resumed.code, 0, "{}", resumed.stderr);
}

#[test]
fn a_label_file_may_be_empty_in_places_and_must_name_every_sample() {
    let place = Workplace::new().with_images();
    let row = |image: u8| match image {
        0 => "dark/0.png,\nlight/0.png,-1".to_owned(),
        _ => format!("dark/{image}.png,0\nlight/{image}.png,1"),
    };
    place.write("labels.csv", "file,label\n".to_owned() + &lines((0..8).map(row)));
    let line = format!("train images -o run --labels labels.csv {QUICK} --validation none --json");
    let printed = place.didact(&line).json();
    assert_eq!(
        (&printed["train"]["n"], &printed["train"]["unlabelled"]),
        (&14.into(), &2.into())
    );
    place.write("labels.csv", "file,label\n".to_owned() + &lines((1..8).map(row)));
    let outcome = place.didact(&format!("train images -o other --labels labels.csv {QUICK}"));
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.stderr.contains("no label for `dark/0.png`"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn data_without_any_label_are_still_refused() {
    let place = Workplace::new();
    place.write("table.csv", "x,label\n1,\n2,\n3,-1\n");
    let outcome = place.didact(&format!("train table.csv -o run {QUICK}"));
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.stderr.starts_with("error: table.csv has no labels\n"),
        "{}",
        outcome.stderr
    );
    assert!(place.lacks("run"));
}

#[test]
fn noise_passes_over_them() {
    let place = Workplace::new();
    place.write(
        "labels.csv",
        "file,label\na.png,cat\nb.png,\nc.png,dog\nd.png,cat\n",
    );
    let outcome = place.didact("noise inject labels.csv --noise exact-per-class:0.5 -o noisy.csv");
    assert_snapshot!(outcome.all(), @"
    exit 0
    --- stdout
    wrote 3 labels to noisy.csv, 33.3 % of them wrong; 1 sample without a label stayed without
    --- stderr
    ");
    assert_snapshot!(place.read("noisy.csv"), @"
    id,given_label,true_label
    a.png,dog,cat
    b.png,,
    c.png,dog,dog
    d.png,cat,cat
    ");
}

#[test]
fn class_folders_have_no_place_for_them() {
    let outcome = partly().didact("data convert partly.csv -o partly.parquet --to parquet");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let place = Workplace::new().with_images();
    let labels = (0..16).map(|row| if row == 5 { "" } else { ["0", "1"][row / 8] });
    place.write("labels.csv", "label\n".to_owned() + &lines(labels));
    let line = "data convert images --labels labels.csv -o folders --to class-folders";
    assert_snapshot!(place.didact(line).all(), @"
    exit 1
    --- stdout
    --- stderr
    error: images: 1 of 16 samples has no label, and class folders have no place for them
    hint: Parquet keeps them: --to parquet
    ");
    assert!(place.lacks("folders"));
}

#[test]
fn a_cleaning_labels_them() {
    let place = partly().with_trusted_rows();
    let line = format!("clean partly.csv --trusted trusted.txt -o cleaned {QUICK}");
    let outcome = place.didact(&line);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let table = place.read("cleaned/corrected.csv");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .skip(1)
        .map(|row| row.split(',').collect())
        .collect();
    let unlabelled: Vec<&Vec<&str>> = rows.iter().filter(|row| row[1].is_empty()).collect();
    assert_eq!((rows.len(), unlabelled.len()), (64, 16));
    for row in unlabelled {
        assert!(["large", "small"].contains(&row[2]), "{row:?}");
        assert!(["trusted", "corrected"].contains(&row[4]), "{row:?}");
    }
}
