//! A label cleaner that is stopped.

use std::cell::Cell;
use std::path::Path;
use std::rc::Rc;

use burn::tensor::{Device, Tensor};
use didact_data::Batch;
use didact_run::{CleanerEpoch, TensorFile};

use super::encoder::{Batches, Course};
use super::{
    CheckedLabel, CleanerLessons, CleanerWatch, Encoder, FrozenFeatures, LabelCleaner, NetworkCleanerConfig,
};
use crate::error::TrainError;
use crate::network::{Mode, Pass};
use crate::observer::Interruption;

const WIDTH: usize = 3;
const CLASSES: usize = 2;
/// Of 24 samples the first 16 teach.
const FIT: usize = 16;
const SAMPLES: usize = 24;

/// Features that ask to stop when so many batches have been learnt from.
struct AsksToStop {
    features: FrozenFeatures,
    after: Cell<usize>,
    interruption: Rc<Interruption>,
}

impl Encoder for AsksToStop {
    fn width(&self) -> usize {
        self.features.width()
    }

    fn batches(&self, course: Course) -> Result<Batches, TrainError> {
        self.features.batches(course)
    }

    fn encode(&self, batch: Batch, mode: Mode) -> (Tensor<2>, Option<Pass>) {
        if matches!(mode, Mode::Training { .. }) {
            self.after.set(self.after.get().wrapping_sub(1));
            if self.after.get() == 0 {
                self.interruption.ask();
            }
        }
        self.features.encode(batch, mode)
    }
}

fn rows() -> Vec<u32> {
    (0..SAMPLES as u32).collect()
}

/// Numbers without a pattern, in `[0, 1)`: the fractions of multiples of the golden ratio.
fn strewn(count: usize) -> impl Iterator<Item = f32> {
    (1..=count).map(|number| (number as f32 * 0.618_034).fract())
}

/// Learns until so many batches are learnt from, or to the end with 0; how it went, and the epochs that were heard of.
fn learn(
    config: &NetworkCleanerConfig,
    stop_after: usize,
    checkpoint: Option<&Path>,
) -> (Result<Option<LabelCleaner>, TrainError>, Vec<u32>) {
    let (device, rows) = (Device::flex().autodiff(), rows());
    let interruption = Rc::new(Interruption::none());
    let encoder = AsksToStop {
        features: FrozenFeatures::new(strewn(SAMPLES * WIDTH).collect(), WIDTH, &rows, &device),
        after: Cell::new(stop_after),
        interruption: interruption.clone(),
    };
    // True labels are those of a coin that has nothing to do with the features: what is learnt soon does harm.
    let label = |number: f32| u32::from(number * 16.0 % 1.0 > 0.5);
    let checked: Vec<CheckedLabel> = (0..)
        .zip(strewn(SAMPLES))
        .map(|(row, number)| CheckedLabel {
            row,
            label: label(number),
        })
        .collect();
    let given: Vec<Option<u32>> = checked.iter().map(|checked| Some(checked.row % 2)).collect();
    let lessons = CleanerLessons {
        given_labels: &given,
        num_classes: CLASSES,
        fit: &checked[..FIT],
        select: &checked[FIT..],
        seed: 3,
    };
    let heard = Cell::new(Vec::new());
    let hear = |done: CleanerEpoch| {
        let mut epochs = heard.take();
        epochs.push(done.epoch);
        heard.set(epochs);
    };
    let watch = CleanerWatch {
        interruption: &interruption,
        epoch_done: &hear,
    };
    let learnt = LabelCleaner::learn(config, &lessons, Box::new(encoder), &device, watch, checkpoint);
    (learnt, heard.take())
}

/// Two batches an epoch.
fn of_epochs(epochs: u32) -> NetworkCleanerConfig {
    NetworkCleanerConfig {
        epochs: epochs.try_into().unwrap(),
        batch_size: (FIT / 2).try_into().unwrap(),
        ..NetworkCleanerConfig::default()
    }
}

fn answers(cleaner: &LabelCleaner) -> Vec<Vec<f64>> {
    let given: Vec<Option<u32>> = (0..SAMPLES as u32).map(|row| Some(row % 2)).collect();
    cleaner.posteriors(&rows(), &given).unwrap()
}

#[test]
fn stopped_in_the_middle_of_an_epoch_it_goes_on_to_the_same_bits() {
    let folder = tempfile::tempdir().unwrap();
    let config = NetworkCleanerConfig {
        patience: 6.try_into().unwrap(),
        learning_rate: 0.1.try_into().unwrap(),
        ..of_epochs(12)
    };
    let whole = learn(&config, 0, None).0.unwrap().unwrap();
    let (kept, epochs) = (whole.kept_epoch() as usize, whole.epochs().len());
    assert!(kept > 0 && kept + 2 < epochs, "kept {kept} of {epochs}");
    // Before the epoch that is kept, and after it, when the best is what the checkpoint says.
    for stop_after in [1, 2 * kept - 1, 2 * kept + 3] {
        let path = folder.path().join(format!("{stop_after}.safetensors"));
        let (stopped, heard) = learn(&config, stop_after, Some(&path));
        assert!(stopped.unwrap().is_none());
        assert_eq!(heard.len(), (stop_after - 1) / 2);
        let (resumed, heard) = learn(&config, 0, Some(&path));
        let resumed = resumed.unwrap().unwrap();
        assert_eq!(heard.first(), Some(&((stop_after as u32 - 1) / 2 + 1)));
        assert_eq!(resumed.epochs(), whole.epochs());
        assert_eq!(resumed.kept_epoch(), whole.kept_epoch());
        assert_eq!(answers(&resumed), answers(&whole));
    }
}

#[test]
fn what_has_learnt_to_the_end_does_not_learn_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("checkpoint.safetensors");
    let config = of_epochs(3);
    let first = learn(&config, 0, Some(&path)).0.unwrap().unwrap();
    let (again, heard) = learn(&config, 0, Some(&path));
    let again = again.unwrap().unwrap();
    assert_eq!((heard.len(), answers(&again)), (0, answers(&first)));
    assert!(first.seconds_before() == 0.0 && again.seconds_before() > 0.0);
}

#[test]
fn another_checkpoint_or_a_damaged_one_is_refused_with_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("checkpoint.safetensors");
    let begun = of_epochs(3);
    learn(&begun, 3, Some(&path)).0.unwrap();
    let whole = TensorFile::read(&path).unwrap();
    let refused = |config: &NetworkCleanerConfig, expected: &str| {
        let error = learn(config, 0, Some(&path)).0.err().unwrap().to_string();
        assert!(
            error.contains("checkpoint.safetensors") && error.contains(expected),
            "{error}"
        );
    };
    refused(&of_epochs(4), "other settings");
    let with_words = |from: &str, to: &str| TensorFile {
        metadata: whole.metadata.replace(from, to),
        ..whole.clone()
    };
    for (file, expected) in [
        (with_words("lessons ", "lessons 1"), "other settings or lessons"),
        (with_words("\"kept_epoch\":", "\"kept_epoch\":1"), "of 1 kept"),
        (with_words("\"seconds\"", "\"second\""), "unknown field"),
    ] {
        file.write(&path).unwrap();
        refused(&begun, expected);
    }
    for name in ["cleaner.model.", "cleaner.optimizer.", "kept."] {
        let mut file = whole.clone();
        file.tensors.retain(|tensor| !tensor.name.starts_with(name));
        file.write(&path).unwrap();
        refused(&begun, "nothing");
    }
    std::fs::write(&path, "cut short").unwrap();
    refused(&begun, "expected");
}
