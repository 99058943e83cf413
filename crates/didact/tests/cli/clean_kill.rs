//! Cleanings that are killed in the middle of each of their stages.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::support::{Workplace, lines};

/// Kills in each stage: one at once, one later.
const KILLS: u32 = 2;
/// Most cleanings to begin for that: a stage may be over before it is seen.
const ATTEMPTS: u32 = 60;

/// A stage goes on where one file is there and the other is not.
struct Stage {
    begun: &'static str,
    done: &'static str,
}

fn stage(begun: &'static str, done: &'static str) -> Stage {
    Stage { begun, done }
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
            let (mut killed, mut delay) = (0, Duration::from_millis(30));
            for attempt in 0..ATTEMPTS {
                let folder = format!("killed-{number}-{attempt}");
                if !is_killed_in(&place, &line, &folder, stage, delay) {
                    delay /= 2;
                    continue;
                }
                let outcome = place.didact(&format!("clean --resume -o {folder}"));
                assert_eq!(
                    outcome.code, 0,
                    "{} after {delay:?}: {}",
                    stage.begun, outcome.stderr
                );
                assert!(
                    lasting(&folder) == expected,
                    "killed {delay:?} after {} was there",
                    stage.begun
                );
                (killed, delay) = (killed + 1, Duration::ZERO);
                if killed == KILLS {
                    break;
                }
            }
            assert_eq!(killed, KILLS, "kills between {} and {}", stage.begun, stage.done);
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
    // One that is done already stays as it is.
    let _ = child.kill();
    child.wait().unwrap();
    !lacks(stage.begun) && lacks(stage.done)
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
            stage("round-1/checkpoint.safetensors", "round-1/cleaner.json"),
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
