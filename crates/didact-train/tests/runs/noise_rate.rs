//! When curricula whose parameters are `auto` follow the estimated share of wrong labels.

use std::num::NonZeroU32;

use didact_run::{EpochMetrics, RunFolder, read_ledger, read_rows};
use didact_train::{Interruption, Observer, TrainConfig, Trainer, parse_method};

use crate::labels::memorising;
use crate::small_config::small_config;
use crate::support::{assert_same_run, prepared, run, run_with_a_break};

/// A run that keeps as much of each batch as the estimate leaves, as soon as there is one.
fn following(epochs: u32) -> TrainConfig {
    let mut config = memorising("small-loss:over=1");
    config.epochs = NonZeroU32::new(epochs).unwrap();
    config
}

fn left_out(folder: &RunFolder, epoch: u32) -> usize {
    let ledger = read_ledger(&folder.ledger(epoch)).unwrap();
    ledger
        .weight
        .iter()
        .filter(|weight| **weight == Some(0.0))
        .count()
}

fn estimates(folder: &RunFolder) -> Vec<Option<f64>> {
    let rows = read_rows(&folder.metrics()).unwrap();
    rows.iter()
        .skip(1)
        .map(|cells| EpochMetrics::from_cells(cells).unwrap().estimated_noise_rate)
        .collect()
}

#[test]
fn the_first_estimate_is_logged_and_not_followed() {
    let parent = tempfile::tempdir().unwrap();
    let folder = run(&following(7), &parent.path().join("run"));
    assert!(estimates(&folder)[2].is_some_and(|rate| rate > 0.1));
    for epoch in 1..=5 {
        assert_eq!(left_out(&folder, epoch), 0, "epoch {epoch}");
    }
    assert!(left_out(&folder, 6) > 100 && left_out(&folder, 7) > 100);
}

#[test]
fn a_run_broken_off_while_it_follows_goes_on_with_the_same_bits() {
    let parent = tempfile::tempdir().unwrap();
    let config = following(7);
    let straight = run(&config, &parent.path().join("straight"));
    let steps_per_epoch = 2700_usize.div_ceil(64);
    for steps in [3 * steps_per_epoch + 2, 6 * steps_per_epoch + 2] {
        let broken = run_with_a_break(&config, &parent.path().join(steps.to_string()), steps);
        assert_same_run(&straight, &broken);
        assert_eq!(
            std::fs::read(straight.ledger(7)).unwrap(),
            std::fs::read(broken.ledger(7)).unwrap()
        );
    }
}

#[derive(Default)]
struct Warnings(Vec<String>);

impl Observer for Warnings {
    fn warned(&mut self, warning: &str) {
        self.0.push(warning.to_owned());
    }
}

fn warnings(curriculum: &str, epochs: u32) -> Vec<String> {
    let parent = tempfile::tempdir().unwrap();
    let mut config = small_config();
    config.curriculum = parse_method(curriculum).unwrap();
    config.epochs = NonZeroU32::new(epochs).unwrap();
    let path = parent.path().join("run");
    let mut trainer = Trainer::begin(config.clone(), prepared(&config), &path).unwrap();
    let mut warnings = Warnings::default();
    trainer.run(&mut warnings, &Interruption::none()).unwrap();
    warnings.0
}

#[test]
fn an_estimate_that_will_never_be_is_warned_of_once() {
    for curriculum in ["small-loss", "spl-hard", "mentornet-predefined:dropout=0", "spld"] {
        let said = warnings(curriculum, 2);
        let expected = "the run is too short, at 2 epochs, expected at least 6";
        assert!(
            said.len() == 1 && said[0].contains(expected),
            "{curriculum}: {said:?}"
        );
    }
    for (curriculum, epochs) in [
        ("small-loss:noise-rate=0.4", 2),
        ("spl-hard:to=0.6", 2),
        ("superloss", 2),
        ("none", 2),
        ("small-loss", 6),
    ] {
        assert_eq!(warnings(curriculum, epochs), [""; 0], "{curriculum}");
    }
}
