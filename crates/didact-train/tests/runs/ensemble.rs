//! Several runs that answer together.

use didact_run::RunFolder;
use didact_train::{DeviceChoice, Ensemble, Part, Predictions, Predictor, TrainConfig};

use crate::small_config::small_config;
use crate::support::{prepared, run};

fn ensemble(folders: &[&RunFolder]) -> Ensemble {
    let others: Vec<_> = folders[1..].iter().map(|folder| folder.model()).collect();
    Ensemble::open(&folders[0].model(), &others, DeviceChoice::Cpu).unwrap()
}

fn alone(folder: &RunFolder, part: &Part) -> Predictions {
    Predictor::open(&folder.model(), DeviceChoice::Cpu)
        .unwrap()
        .predict(part)
        .unwrap()
}

#[test]
fn three_models_answer_their_mean_and_are_measured_by_it() {
    let parent = tempfile::tempdir().unwrap();
    let folders = [3, 4, 5].map(|seed| {
        let config = TrainConfig {
            seed,
            ..small_config()
        };
        run(&config, &parent.path().join(seed.to_string()))
    });
    let part = prepared(&small_config()).test.unwrap();
    let members = folders.each_ref().map(|folder| alone(folder, &part));
    let together = ensemble(&folders.each_ref()).predict(&part).unwrap();

    let mean = |position: usize| {
        let of = members.each_ref().map(|member| member.probabilities[position]);
        (of[0] + of[1] + of[2]) / 3.0
    };
    let labels: Vec<usize> = part.labelled().map(|(_, label)| label as usize).collect();
    let (mut right, mut in_five, mut loss) = (0, 0, 0.0);
    for (sample, &label) in labels.iter().enumerate() {
        let row: Vec<f32> = (0..10).map(|class| mean(sample * 10 + class)).collect();
        for (class, expected) in row.iter().enumerate() {
            let found = together.probabilities[sample * 10 + class];
            assert!(
                (found - expected).abs() < 1e-6,
                "{sample}, {class}: {found} {expected}"
            );
        }
        let above = row.iter().filter(|&&value| value > row[label]).count();
        right += usize::from(above == 0);
        in_five += usize::from(above < 5);
        loss -= f64::from(row[label]).ln();
    }
    let metrics = together.metrics;
    assert_eq!(metrics.n, 64);
    assert!(
        (metrics.accuracy - right as f64 / 64.0).abs() < 1e-12,
        "{metrics:?} {right}"
    );
    assert!(
        (metrics.top5_accuracy - in_five as f64 / 64.0).abs() < 1e-12,
        "{metrics:?} {in_five}"
    );
    assert!((metrics.loss - loss / 64.0).abs() < 1e-5, "{metrics:?} {loss}");
    let is_alike = |member: &Predictions| member.probabilities == together.probabilities;
    assert!(
        !members.iter().any(is_alike),
        "the seeds must give different models"
    );
}

#[test]
fn one_model_answers_as_it_does_alone() {
    let parent = tempfile::tempdir().unwrap();
    let folder = run(&small_config(), &parent.path().join("run"));
    let part = prepared(&small_config()).test.unwrap();
    let (alone, together) = (
        alone(&folder, &part),
        ensemble(&[&folder]).predict(&part).unwrap(),
    );
    assert_eq!(alone.probabilities, together.probabilities);
    assert_eq!(alone.metrics, together.metrics);
}

#[test]
fn models_of_other_samples_are_refused_by_name() {
    let parent = tempfile::tempdir().unwrap();
    let folder = run(&small_config(), &parent.path().join("run"));
    let wide = TrainConfig {
        image_size: std::num::NonZeroU32::new(20),
        ..small_config()
    };
    let other = run(&wide, &parent.path().join("wide"));
    let refused = Ensemble::open(&folder.model(), &[other.model()], DeviceChoice::Cpu);
    let message = refused.err().map(|error| error.to_string()).unwrap();
    assert!(
        message.starts_with(&other.model().display().to_string()),
        "{message}"
    );
    assert!(
        message.ends_with(
            "expected a model of samples of 1x28x28, as the first to average, found one of samples of 1x20x20"
        ),
        "{message}"
    );
}
