//! Runs in which some samples have no label.

use std::fmt::Write as _;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use burn::tensor::Device;
use didact_curriculum::Progress;
use didact_data::{Batch, Dataset, SampleShape};
use didact_run::{Ledger, RunFolder, Split, Summary, read_ledger};
use didact_train::{Interface, Learner, LearnerSetting, Lesson, TrainConfig, ValidationChoice, parse_method};

use crate::small_config::small_config;
use crate::support::{assert_same_run, prepared, run};

const SAMPLES: u32 = 300;

/// Three classes in the plane, far apart; of every ten samples three have no label.
fn blobs(path: &Path, at_unlabelled: f32) -> PathBuf {
    let mut text = "x,y,label\n".to_owned();
    for sample in 0..SAMPLES {
        let class = sample % 3;
        let wobble = (sample * 7919 % 101) as f32 / 101.0 - 0.5;
        let (x, y) = (
            [0.0, 3.0, -3.0][class as usize] + wobble,
            [3.0, -2.0, -2.0][class as usize] - wobble,
        );
        let (x, y, label) = match sample % 10 {
            0 | 4 | 7 => (x + at_unlabelled, y - at_unlabelled, String::new()),
            _ => (x, y, class.to_string()),
        };
        writeln!(text, "{x},{y},{label}").unwrap();
    }
    std::fs::write(path, text).unwrap();
    path.to_owned()
}

fn config(data: PathBuf) -> TrainConfig {
    let mut config = small_config();
    config.data = data;
    config.test = None;
    config.noise = None;
    config.normalize = parse_method("none").unwrap();
    config.model = parse_method("mlp:hidden=16").unwrap();
    config.schedule = parse_method("constant").unwrap();
    config.learning_rate = 1e-2.try_into().unwrap();
    config.augment = "none".parse().unwrap();
    config.batch_size = std::num::NonZeroUsize::new(32).unwrap();
    config.epochs = NonZeroU32::new(8).unwrap();
    config
}

fn summary(folder: &RunFolder) -> Summary {
    folder.read_json(&folder.summary()).unwrap()
}

/// Says of every number of a ledger where it is, and that it is finite.
fn assert_whole(ledger: &Ledger) {
    for row in 0..ledger.len() {
        let columns = [
            ledger.loss[row],
            ledger.confidence[row],
            ledger.prob_given[row],
            ledger.margin[row],
        ];
        if ledger.given_label[row].is_some() {
            assert!(columns.iter().all(|number| number.unwrap().is_finite()));
        } else {
            assert_eq!((columns, ledger.weight[row]), ([None; 4], Some(0.0)));
            assert_eq!(ledger.split[row], Split::Train);
        }
        assert!(ledger.predicted[row] < 3);
    }
}

#[test]
fn a_run_learns_from_the_labels_there_are_and_predicts_the_others() {
    let parent = tempfile::tempdir().unwrap();
    let folder = run(
        &config(blobs(&parent.path().join("data.csv"), 0.0)),
        &parent.path().join("run"),
    );
    let summary = summary(&folder);
    let (train, validation) = (summary.train.metrics, summary.validation.unwrap());
    assert_eq!((train.n, summary.train.unlabelled, validation.n), (189, 90, 21));
    assert!(validation.accuracy > 0.99, "{validation:?}");
    let ledger = read_ledger(&folder.ledger(8)).unwrap();
    assert_whole(&ledger);
    let unlabelled = (0..ledger.len()).filter(|&row| ledger.given_label[row].is_none());
    let right = unlabelled
        .filter(|&row| u64::from(ledger.predicted[row]) == ledger.id[row].parse::<u64>().unwrap() % 3);
    assert!(right.count() > 85);
    let metrics = std::fs::read_to_string(folder.metrics()).unwrap();
    assert!(!metrics.contains("NaN") && !metrics.contains("inf"), "{metrics}");
    let bytes = std::fs::read(folder.probabilities()).unwrap();
    let numbers = bytes[bytes.len() - SAMPLES as usize * 3 * 4..].chunks_exact(4);
    let numbers: Vec<f32> = numbers
        .map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap()))
        .collect();
    for row in numbers.chunks_exact(3) {
        assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-4, "{row:?}");
    }
}

/// Without batch normalisation nothing ties one sample's answer to another's: what is learnt is the same to the bit,
/// wherever the samples lie that have no label.
#[test]
fn samples_without_a_label_teach_nothing() {
    let parent = tempfile::tempdir().unwrap();
    for (name, curriculum, mixup) in [
        ("superloss", "superloss:expectation=exponential", None),
        ("mixup", "none", Some(0.4)),
    ] {
        let [near, far] = [0.0, 25.0].map(|distance| {
            let place = parent.path().join(format!("{name}-{distance}"));
            std::fs::create_dir(&place).unwrap();
            let mut config = config(blobs(&place.join("data.csv"), distance));
            config.epochs = NonZeroU32::new(2).unwrap();
            config.curriculum = parse_method(curriculum).unwrap();
            config.mixup = mixup.map(|alpha: f64| alpha.try_into().unwrap());
            run(&config, &place.join("run"))
        });
        let files: [fn(&RunFolder) -> PathBuf; 4] = [
            RunFolder::model,
            RunFolder::last_model,
            RunFolder::metrics,
            RunFolder::evaluation,
        ];
        for file in files {
            let [one, other] = [&near, &far].map(|folder| std::fs::read(file(folder)).unwrap());
            assert!(one == other, "{} differs", file(&near).display());
        }
        let [near, far] = [near, far].map(|folder| read_ledger(&folder.ledger(2)).unwrap());
        assert_ne!(near.predicted, far.predicted);
        assert_eq!(
            (near.loss, near.weight, near.margin),
            (far.loss, far.weight, far.margin)
        );
    }
}

#[test]
fn noise_passes_over_them_and_trusted_labels_are_labels() {
    let parent = tempfile::tempdir().unwrap();
    let mut config = config(blobs(&parent.path().join("data.csv"), 0.0));
    config.noise = Some("exact-per-class:0.2".parse().unwrap());
    config.validation = ValidationChoice::None;
    let data = prepared(&config);
    assert_eq!(
        (data.train.num_unlabelled(), data.train.labelled().count()),
        (90, 210)
    );
    assert!((data.noise.as_ref().unwrap().realised - 0.2).abs() < 1e-9);
    assert_eq!(data.train.dataset.given_labels()[0], None);
    let trusted = parent.path().join("trusted.csv");
    std::fs::write(&trusted, "2\n\n1\n").unwrap();
    config.trusted = Some(trusted);
    let given = prepared(&config).train.dataset.given_labels()[..3].to_vec();
    assert_eq!(given, [Some(2), data.train.dataset.given_labels()[1], Some(1)]);
}

#[test]
fn test_and_validation_data_are_measured_where_they_have_labels() {
    let parent = tempfile::tempdir().unwrap();
    let file = |name: &str| blobs(&parent.path().join(name), 0.5);
    let mut config = config(file("train.csv"));
    config.validation = ValidationChoice::Data(file("validation.csv"));
    let text = std::fs::read_to_string(file("source.csv")).unwrap();
    let shifted: Vec<String> = text.lines().map(|line| line.replacen('.', ".1", 1)).collect();
    std::fs::write(parent.path().join("test.csv"), shifted.join("\n")).unwrap();
    config.test = Some(parent.path().join("test.csv").display().to_string().into());
    config.epochs = NonZeroU32::new(1).unwrap();
    let folder = run(&config, &parent.path().join("run"));
    let summary = summary(&folder);
    assert_eq!(
        (summary.test.unwrap().n, summary.validation.unwrap().n),
        (210, 210)
    );
    assert_eq!(prepared(&config).unlabelled, 180);
}

#[test]
fn a_stopped_run_with_them_goes_on_with_the_same_bits() {
    let parent = tempfile::tempdir().unwrap();
    let mut config = config(blobs(&parent.path().join("data.csv"), 0.0));
    config.epochs = NonZeroU32::new(2).unwrap();
    config.strategy = didact_train::StrategyConfig::CoTeaching {};
    let [one, other] = ["one", "other"].map(|name| run(&config, &parent.path().join(name)));
    assert_same_run(&one, &other);
    assert_whole(&read_ledger(&other.ledger(2)).unwrap());
}

fn learner() -> Learner {
    let shape = SampleShape::Features { count: 2 };
    let setting = LearnerSetting {
        interface: Interface {
            input: shape,
            num_classes: 3,
        },
        num_samples: 6,
        class_names: &[],
        difficulties: None,
        mentor: None,
        soft_labels: None,
    };
    Learner::new(&config(PathBuf::new()), &setting, 3, &Device::flex().autodiff()).unwrap()
}

/// The weights after a step on these samples, and what the step showed.
fn stepped(rows: Vec<u32>, given: [Option<u32>; 6]) -> (Vec<f32>, Vec<f32>) {
    let points: Vec<f32> = (0..12_u8).map(|value| f32::from(value % 5) - 2.0).collect();
    let dataset = Dataset::from_features(points.clone(), 2, vec![0, 1, 2, 0, 1, 2]).unwrap();
    let dataset = dataset.with_given_labels(given.to_vec()).unwrap();
    let values = rows
        .iter()
        .flat_map(|&row| points[2 * row as usize..][..2].to_vec())
        .collect();
    let batch = Batch {
        index: 0,
        rows,
        values,
    };
    let progress = Progress {
        epoch: 0,
        epochs: 1,
        step: 0,
        steps: 1,
    };
    let mut learner = learner();
    let outcome = learner
        .step(&Lesson::new(&batch, &dataset, progress), 1e-2)
        .unwrap();
    let stored = learner.parameters.store().into_iter();
    let weights = stored.flat_map(|tensor| match tensor.values {
        didact_run::StoredValues::F32(values) => values,
        didact_run::StoredValues::I64(_) => Vec::new(),
    });
    (weights.collect(), outcome.weights)
}

#[test]
fn a_step_is_that_of_its_labelled_samples_alone() {
    let labels = [None, Some(1), Some(2), None, Some(0), None];
    let (mixed, weights) = stepped(vec![0, 4, 3, 1, 5, 2], labels);
    let (alone, expected) = stepped(vec![4, 1, 2], labels);
    assert_eq!((weights.len(), &weights), (3, &expected));
    assert!(
        mixed
            .iter()
            .zip(&alone)
            .all(|(one, other)| (one - other).abs() < 1e-6)
    );
}

#[test]
fn a_batch_without_a_label_changes_no_weight() {
    let before = {
        let stored = learner().parameters.store().into_iter();
        let values = stored.flat_map(|tensor| match tensor.values {
            didact_run::StoredValues::F32(values) => values,
            didact_run::StoredValues::I64(_) => Vec::new(),
        });
        values.collect::<Vec<f32>>()
    };
    let (after, weights) = stepped(vec![5, 0, 3], [None, Some(1), Some(2), None, Some(0), None]);
    assert!(weights.is_empty());
    assert_eq!(after, before);
}
