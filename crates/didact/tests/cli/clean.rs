//! Labels corrected with a trusted few.

use insta::assert_snapshot;

use crate::support::{Workplace, lines};

pub(crate) const LINE: &str = "clean table.csv --noise symmetric:0.3 --trusted trusted.txt --trusted-split random:fit=0.6,select=0.2 \
                    --model mlp:hidden=8 --epochs 3 --batch-size 16 --threads 1";

/// The table, and a file with the true labels of its first 30 rows.
pub(crate) fn place() -> Workplace {
    Workplace::new().with_table().with_trusted_rows()
}

#[test]
fn everything_is_written_and_told() {
    let place = place();
    let outcome = place.didact(&format!(
        "{LINE} --cleaner network:epochs=3 --rounds 2 -o cleaned --json"
    ));
    let summary = outcome.json();
    assert_eq!(summary["samples"]["all"], 64);
    assert_eq!(summary["samples"]["fit"], 18);
    assert_eq!(summary["samples"]["report"], 6);
    assert_eq!(
        summary["models"][0]["name"],
        "first model, on the labels as given"
    );
    assert_eq!(summary["delivered"], "retrained-1");
    for file in [
        "corrected.csv",
        "model.safetensors",
        "report.html",
        "transition_matrix.csv",
        "transition_matrix.svg",
    ] {
        assert!(!place.lacks(&format!("cleaned/{file}")), "{file}");
    }
    let corrected = place.read("cleaned/corrected.csv");
    let mut rows = corrected.lines();
    assert_eq!(
        rows.next(),
        Some("id,given_label,corrected_label,probability,source,weight")
    );
    assert!(
        rows.clone()
            .take(30)
            .all(|row| row.ends_with(",1.000000,trusted,1.000000"))
    );
    assert_eq!(rows.count(), 64);
    assert!(
        outcome.stderr.contains("label cleaner, round 1\n"),
        "{}",
        outcome.stderr
    );
    // 64 samples, of which 30 are trusted.
    for round in ["round 1: ", "round 2: "] {
        let told = outcome
            .stderr
            .lines()
            .find(|line| line.starts_with(round))
            .unwrap();
        assert!(told.contains(" of 34 labels corrected, 0 left out"), "{told}");
    }
}

#[test]
fn images_are_corrected_and_the_folder_predicts_and_evaluates() {
    let place = Workplace::new().with_images();
    let names: Vec<String> = ["dark", "light"]
        .iter()
        .flat_map(|class| (0..6).map(move |image| format!("{class}/{image}.png,{class}")))
        .collect();
    place.write("trusted.csv", lines(names));
    let line = "clean images --trusted trusted.csv --trusted-split random:fit=0.5,select=0.25 --model logistic --epochs 2 \
                --threads 1 -o cleaned";
    let outcome = place.didact(line);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let twice = place.didact("predict cleaned more/dark/0.png --average cleaned/retrained-1");
    assert!(
        twice.code == 1 && twice.stderr.contains("is given twice"),
        "{}",
        twice.all()
    );
    let predicted = place.didact("predict cleaned more/dark/0.png");
    assert!(
        predicted
            .stdout
            .starts_with("file,label,probability\nmore/dark/0.png,"),
        "{}",
        predicted.all()
    );
    assert_eq!(place.didact("evaluate cleaned more").code, 0);
    let seen = place.didact("evaluate cleaned images");
    assert!(
        seen.stderr.contains("are also used for training"),
        "{}",
        seen.all()
    );
}

#[test]
fn a_stopped_cleaning_goes_on() {
    let place = place();
    assert_eq!(place.didact(&format!("{LINE} -o whole")).code, 0);
    assert_eq!(place.didact(&format!("{LINE} -o stopped")).code, 0);
    for file in [
        "summary.json",
        "corrected.csv",
        "retrained-1/summary.json",
        "retrained-1/last.safetensors",
    ] {
        std::fs::remove_file(place.path(&format!("stopped/{file}"))).unwrap();
    }
    let unfinished = place.didact("predict stopped x.png");
    assert_snapshot!(unfinished.all(), @"
    exit 1
    --- stdout
    --- stderr
    error: stopped is not complete: it has no summary.json
    hint: go on with it first: didact clean --resume -o stopped
    ");
    assert_snapshot!(place.didact("clean --resume -o stopped --sure 0.75").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: the cleaning was begun with sure = 0.5, not 0.75
    hint: leave sure out: --resume goes on with the settings in cleaning.toml
    ");
    assert_eq!(place.didact("clean --resume -o stopped --threads 2").code, 0);
    assert_eq!(
        place.read("stopped/corrected.csv"),
        place.read("whole/corrected.csv")
    );
}

#[test]
fn the_settings_of_one_cleaning_make_another() {
    let place = place();
    assert_eq!(
        place
            .didact(&format!(
                "{LINE} --retrain scratch --retrain fine-tune:mixup=0.2 -o one"
            ))
            .code,
        0
    );
    let again = place.didact("clean --config one/cleaning.toml -o again");
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert_eq!(place.read("one/corrected.csv"), place.read("again/corrected.csv"));
    let table = |name: &str| place.read(&format!("{name}/retrained-2/metrics.csv"));
    assert_eq!(table("one"), table("again"));
    place.write("bad.toml", "cleanr = 'network'\n[training]\ndata = 'table.csv'\n");
    assert_snapshot!(place.didact("clean --config bad.toml -o other").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: bad.toml:1:1: unknown key `cleanr`, expected one of `trusted-split`, `cleaner`, `corrected-labels`, `sure`, `uncertain`, `rounds`, `folds`, `retrain`, `preset`, `training`
    hint: did you mean `cleaner`?
    ");
}

#[test]
fn mistakes_are_explained_and_nothing_is_written() {
    let place = place();
    let refused = |arguments: &str| {
        let outcome = place.didact(&format!("clean table.csv {arguments} -o cleaned"));
        assert!(outcome.code != 0 && place.lacks("cleaned"), "{}", outcome.all());
        outcome.stderr
    };
    assert_snapshot!(refused(""), @"error: neither --trusted nor --folds: labels are corrected by what somebody checked, or by models that have not seen them; --folds 5 makes such models");
    assert_snapshot!(refused("--trusted trusted.txt --trusted-split in-order:fit=1,select=5"), @"
    error: 1 trusted samples fit the cleaner, and cleaning needs at least 2
    hint: check more labels, some of each class, or give the part a larger share with --trusted-split
    ");
    assert_snapshot!(refused("--trusted trusted.txt --trusted-split in-order:fit=20,select=10"), @"
    error: no trusted sample is left to report by, and there are no test data
    hint: check more labels, or leave some to report with --trusted-split, or give --test DATA
    ");
    assert_snapshot!(refused("--trusted trusted.txt --validation 0.2"), @"
    error: --validation with --trusted: trusted samples select
    hint: give their share with --trusted-split random:fit=0.8,select=0.1
    ");
    assert_snapshot!(refused("--folds 3 --cleaner network"), @"error: --cleaner network without --trusted: the network learns from labels that somebody checked; --cleaner posterior needs none");
    assert!(refused("--trusted nowhere.txt").contains("nowhere.txt"));
    assert!(refused("--folds 1").contains("1 is not at least 2"));
    assert!(refused("--trusted trusted.txt --sure 1.5").contains("1.5 is not in [0, 1]"));
    assert_snapshot!(refused("--trusted trusted.txt --corrected-labels soft --loss early-learning"), @"error: --corrected-labels soft with another loss than cross-entropy: the others are defined for one label a sample; the first model alone may have one, with --retrain scratch:loss=cross-entropy and one round");
    assert!(
        place
            .didact("clean --resume -o nowhere")
            .stderr
            .contains("it has no cleaning.toml")
    );
}

#[test]
fn cleanings_stand_side_by_side_on_a_page() {
    let place = place();
    for (name, cleaner) in [("one", "posterior"), ("two", "network:epochs=3")] {
        assert_eq!(
            place
                .didact(&format!("{LINE} --cleaner {cleaner} -o {name}"))
                .code,
            0
        );
    }
    assert_snapshot!(place.didact("report one two").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: 2 cleanings need a file to be written to
    hint: name it with -o, for example -o both.html
    ");
    assert_snapshot!(place.didact("report one two/first -o both.html").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: runs and cleanings do not go on one page
    hint: name runs only, or cleanings only; the models of a cleaning are runs: CLEANING/first
    ");
    assert_eq!(
        place.didact("report one two -o both.html").stdout,
        "wrote both.html\n"
    );
    let report = place.read("both.html");
    // A model of each before and after, and the cleaner that is a network.
    for (words, times) in [
        ("first model, on the labels as given", 2),
        ("retrained: scratch", 2),
        ("label cleaner, round 1", 1),
        ("mlp:hidden=8", 4),
        ("1, that report", 2),
    ] {
        assert_eq!(report.matches(words).count(), times, "{words}");
    }
    std::fs::remove_file(place.path("two/summary.json")).unwrap();
    assert!(
        place
            .didact("report one two -o both.html")
            .all()
            .contains("two is not complete")
    );
}
