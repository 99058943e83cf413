//! Stopped runs.

use insta::assert_snapshot;

use crate::support::Workplace;

const LINE: &str = "train table.csv --model mlp:hidden=8 --epochs 3 --batch-size 16 --threads 1";

/// A run that looks as if it was killed before the end.
fn killed(place: &Workplace, run: &str) {
    let outcome = place.didact(&format!("{LINE} -o {run}"));
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    for file in ["summary.json", "last.safetensors", "report.html"] {
        std::fs::remove_file(place.path(&format!("{run}/{file}"))).unwrap();
    }
}

#[test]
fn a_run_goes_on_from_its_folder_alone() {
    let place = Workplace::new().with_table();
    killed(&place, "run");
    let outcome = place.didact("train --resume -o run --json");
    assert_eq!(outcome.json()["epochs_run"], 3);
    assert!(!place.lacks("run/report.html"));
}

#[test]
fn a_run_that_never_began_begins() {
    let place = Workplace::new().with_table();
    killed(&place, "run");
    let metrics = place.read("run/metrics.csv");
    std::fs::remove_file(place.path("run/checkpoints/latest.safetensors")).unwrap();
    assert_eq!(place.didact("train --resume -o run --threads 2").code, 0);
    assert_eq!(place.read("run/metrics.csv"), metrics);
}

#[test]
fn a_complete_run_says_so() {
    let place = Workplace::new().with_table();
    assert_eq!(place.didact(&format!("{LINE} -o run")).code, 0);
    let outcome = place.didact("train --resume -o run");
    assert_eq!(outcome.code, 0);
    assert_eq!(outcome.stderr, "run is complete: there is nothing to resume\n");
    assert!(outcome.stdout.contains("run/report.html"));
    assert_eq!(place.didact("train --resume -o run --epochs 4").code, 1);
    std::fs::remove_file(place.path("run/report.html")).unwrap();
    assert_eq!(place.didact("train --resume -o run").code, 0);
    assert!(!place.lacks("run/report.html"));
}

#[test]
fn other_settings_are_refused() {
    let place = Workplace::new().with_table();
    killed(&place, "run");
    assert_snapshot!(place.didact("train --resume -o run --learning-rate 0.5").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: the run was begun with learning-rate = 0.001, not 0.5
    hint: leave learning-rate out: --resume goes on with the settings in RUN/config.toml
    ");
    assert_snapshot!(place.didact("train more.csv --resume -o run").all(), @r#"
    exit 1
    --- stdout
    --- stderr
    error: the run was begun with data = "table.csv", not "more.csv"
    hint: leave data out: --resume goes on with the settings in RUN/config.toml
    "#);
}

#[test]
fn changed_data_are_refused() {
    let place = Workplace::new().with_table();
    killed(&place, "run");
    let table = place.read("table.csv");
    place.write("table.csv", table.replacen("small", "large", 1));
    let outcome = place.didact("train --resume -o run");
    assert_eq!(outcome.code, 1);
    assert!(
        outcome
            .stderr
            .contains("\nerror: the data, the labels or the split are not those"),
        "{}",
        outcome.stderr
    );
    assert!(
        outcome
            .stderr
            .contains("hint: resume with the data the run was begun with"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn there_must_be_a_run_to_resume() {
    assert_snapshot!(Workplace::new().didact("train --resume -o run").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: run is not a run folder: it has no config.toml
    hint: a run folder is what `didact train DATA -o RUN` writes
    ");
}

/// Runs `didact` and sends it Ctrl-C once its first epoch is done.
#[cfg(unix)]
fn interrupted(place: &Workplace, line: &str) -> (Option<i32>, String) {
    use std::io::{BufRead as _, BufReader};
    use std::process::{Command, Stdio};

    let mut command = Command::new(env!("CARGO_BIN_EXE_didact"));
    command
        .args(line.split_whitespace())
        .current_dir(place.path(""))
        .stderr(Stdio::piped())
        .stdout(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut said = String::new();
    for text in BufReader::new(child.stderr.take().unwrap()).lines() {
        let text = text.unwrap();
        if text.starts_with("epoch") && !said.contains("\nepoch") {
            assert!(
                Command::new("kill")
                    .args(["-INT", &child.id().to_string()])
                    .status()
                    .unwrap()
                    .success()
            );
        }
        said = said + &text + "\n";
    }
    (child.wait().unwrap().code(), said)
}

#[cfg(unix)]
#[test]
fn ctrl_c_saves_and_the_run_goes_on_to_the_same_bits() {
    let place = Workplace::new().with_table();
    let line = "train table.csv --model mlp:hidden=8,dropout=0.5 --epochs 60 --batch-size 8 --threads 1";
    let (code, said) = interrupted(&place, &format!("{line} -o run"));
    assert_eq!(code, Some(130), "{said}");
    assert!(
        said.contains("go on with: didact train --resume -o run"),
        "{said}"
    );
    assert!(place.lacks("run/summary.json"));
    assert_eq!(place.didact("train --resume -o run").code, 0);
    assert_eq!(place.didact(&format!("{line} -o undisturbed")).code, 0);
    assert_eq!(
        place.read("run/metrics.csv"),
        place.read("undisturbed/metrics.csv")
    );
    let weights = |run: &str| std::fs::read(place.path(&format!("{run}/model.safetensors"))).unwrap();
    assert!(weights("run") == weights("undisturbed"));
}

#[test]
fn what_a_run_leaves_that_was_killed_at_once_is_no_obstacle() {
    let place = Workplace::new().with_table();
    std::fs::create_dir_all(place.path("run/ledger")).unwrap();
    std::fs::create_dir_all(place.path("run/checkpoints")).unwrap();
    assert_eq!(place.didact(&format!("{LINE} -o run")).code, 0);
}
