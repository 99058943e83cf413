//! Cleanings that are killed in the middle of each of their stages.

use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use crate::support::{Workplace, lines};

/// When to kill, as shares of the time that the stage took in the cleaning that was not killed.
const INSTANTS: [f64; 2] = [0.5, 0.1];
/// Most cleanings to begin for a kill: a stage may be over before it is seen.
const ATTEMPTS: u32 = 60;

/// A stage goes on where one file is there and the other is not.
struct Stage {
    begun: &'static str,
    done: &'static str,
}

fn stage(begun: &'static str, done: &'static str) -> Stage {
    Stage { begun, done }
}

impl Stage {
    /// How long it went on.
    fn lasted(&self, place: &Workplace, folder: &str) -> Duration {
        let written = |file: &str| -> SystemTime {
            let found = std::fs::metadata(place.path(&format!("{folder}/{file}"))).unwrap();
            found.modified().unwrap()
        };
        written(self.done)
            .duration_since(written(self.begun))
            .unwrap_or_default()
    }
}

/// A line of a cleaning, its stages, and what must not depend on whether it was killed.
struct Killed {
    settings: &'static str,
    stages: Vec<Stage>,
    files: &'static [&'static str],
}

impl Killed {
    fn check(&self) {
        let place = Workplace::new();
        place.write("trusted.txt", lines(first_labels()));
        let line = format!(
            "clean embedded:fashion-mnist#0..600 --noise pair:0.4 --trusted trusted.txt --model mlp:hidden=32,dropout=0.2 \
             --epochs 4 --threads 1 --test embedded:fashion-mnist#9000..9100 {}",
            self.settings
        );
        let whole = place.didact(&format!("{line} -o whole"));
        assert_eq!(whole.code, 0, "{}", whole.stderr);
        let lasting = |folder: &str| -> Vec<Vec<u8>> {
            let read = |file| std::fs::read(place.path(&format!("{folder}/{file}"))).unwrap();
            self.files.iter().map(read).collect()
        };
        let expected = lasting("whole");
        for (number, stage) in self.stages.iter().enumerate() {
            let lasted = stage.lasted(&place, "whole");
            for instant in INSTANTS {
                let name = |attempt: u32| format!("killed-{number}-{instant}-{attempt}");
                // Earlier with each attempt: the machine may be faster than it was.
                let delay = |attempt: u32| lasted.mul_f64(instant * 0.9_f64.powf(attempt.into()));
                let is_killed =
                    |attempt: &u32| is_killed_in(&place, &line, &name(*attempt), stage, delay(*attempt));
                let attempt = (0..ATTEMPTS).find(is_killed);
                let folder = name(attempt.unwrap_or_else(|| panic!("never killed after {}", stage.begun)));
                let outcome = place.didact(&format!("clean --resume -o {folder}"));
                assert_eq!(
                    outcome.code, 0,
                    "{folder}, after {}: {}",
                    stage.begun, outcome.stderr
                );
                assert!(lasting(&folder) == expected, "{folder}, after {}", stage.begun);
            }
        }
    }
}

/// Begins a cleaning and kills it so long after the stage began; whether it was still going on.
fn is_killed_in(place: &Workplace, line: &str, folder: &str, stage: &Stage, delay: Duration) -> bool {
    let lacks = |file: &str| place.lacks(&format!("{folder}/{file}"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_didact"))
        .args(format!("{line} -o {folder}").split_whitespace())
        .current_dir(place.path(""))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while lacks(stage.begun) && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_micros(200));
    }
    std::thread::sleep(delay);
    // One that is done already stays as it is; one that ended by itself has a code.
    let _ = child.kill();
    let is_killed = child.wait().unwrap().code().is_none();
    is_killed && !lacks(stage.begun) && lacks(stage.done)
}

/// The labels of the first 300 embedded images, by name.
fn first_labels() -> Vec<String> {
    let path = std::path::Path::new("embedded:fashion-mnist#0..300");
    let data = didact_data::Dataset::open(path, &didact_data::OpenOptions::default()).unwrap();
    let labels = data.given_labels().iter().flatten();
    labels
        .map(|&label| data.class_names()[label as usize].clone())
        .collect()
}

#[test]
fn in_any_stage_of_two_rounds_it_goes_on_to_the_same_bits() {
    let cleaning = Killed {
        settings: "--cleaner network:epochs=12 --rounds 2 --retrain scratch --retrain fine-tune:mixup=0.2",
        stages: vec![
            stage("cleaning.toml", "first/config.toml"),
            stage("first/config.toml", "first/summary.json"),
            stage("first/summary.json", "round-1/cleaner.json"),
            stage("round-1/cleaner.json", "round-1/relearnt/summary.json"),
            stage("round-1/relearnt/summary.json", "round-2/cleaner.json"),
            stage("retrained-1/config.toml", "retrained-1/summary.json"),
            stage("retrained-2/config.toml", "retrained-2/summary.json"),
            stage("retrained-2/summary.json", "summary.json"),
        ],
        files: &[
            "corrected.csv",
            "model.safetensors",
            "parts.csv",
            "transition_matrix.csv",
            "round-2/beliefs.npy",
            "retrained-2/metrics.csv",
        ],
    };
    cleaning.check();
}

#[test]
fn in_any_stage_of_folds_and_bayes_rule_it_goes_on_to_the_same_bits() {
    let cleaning = Killed {
        settings: "--cleaner posterior --folds 2",
        stages: vec![
            stage("first-fold-1/config.toml", "first-fold-1/summary.json"),
            stage("first-fold-2/config.toml", "first-fold-2/summary.json"),
            stage("first-fold-2/summary.json", "round-1/cleaner.json"),
            stage("retrained-1/config.toml", "retrained-1/summary.json"),
        ],
        files: &[
            "corrected.csv",
            "model.safetensors",
            "transition_matrix.csv",
            "round-1/beliefs.npy",
            "retrained-1/metrics.csv",
        ],
    };
    cleaning.check();
}

#[test]
fn in_the_middle_of_the_notebooks_cleaner_it_goes_on_to_the_same_bits() {
    let cleaning = Killed {
        settings: "--cleaner network:variant=notebook,epochs=6 --sure 0 --retrain fine-tune",
        stages: vec![
            stage("first/summary.json", "round-1/cleaner.json"),
            stage("retrained-1/config.toml", "retrained-1/summary.json"),
        ],
        files: &[
            "corrected.csv",
            "model.safetensors",
            "round-1/beliefs.npy",
            "round-1/encoder.safetensors",
            "retrained-1/metrics.csv",
        ],
    };
    cleaning.check();
}
