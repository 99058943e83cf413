//! Mentors: against the authors' network, in training, and at work.

use didact_curriculum::{
    Batch, Curriculum, CurriculumConfig, EpochEnd, Mentor, MentorError, MentorExamples, MentorFeatures,
    MentorLabels, MentorNetwork, MentorObjective, MentorObservation, MentorTraining, MentornetConfig,
    MentornetDataDrivenConfig, MentornetVariant, ObservedCut, PredefinedCurriculum, Progress, Setting,
    Warning, data_driven_examples, predefined_examples,
};
use serde_json::Value;

#[expect(clippy::unwrap_used, reason = "a test may panic")]
fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(values) => values.iter().flat_map(numbers).collect(),
        number => vec![number.as_f64().unwrap()],
    }
}

/// Logits of the authors' network, recomputed with TensorFlow's own cells.
#[test]
fn the_compatible_network_gives_the_known_logits() {
    let golden: Value = serde_json::from_str(include_str!("golden/golden_mentornet_forward.json")).unwrap();
    let parts = ["ee", "Wf", "bf", "Wb", "bb", "W1", "b1", "W2", "b2", "le"];
    let parameters = parts.iter().flat_map(|part| numbers(&golden["params"][part]));
    let parameters = parameters.map(|number| number as f32).collect();
    let network = MentorNetwork::from_parameters(
        MentornetVariant::Compat,
        MentorLabels::Aware { classes: 2 },
        parameters,
    )
    .unwrap();
    let inputs = golden["inputs"].as_array().unwrap();
    assert!(!inputs.is_empty());
    for (input, expected) in inputs.iter().zip(numbers(&golden["logits"])) {
        let input = numbers(input);
        let features = MentorFeatures {
            loss: input[0],
            difference: input[1],
            label: input[2] as u32,
            percent: input[3].min(255.0) as u8,
        };
        let logit = f64::from(network.logit(features));
        assert!(
            (logit - expected).abs() < 1e-5,
            "{features:?}: {logit} for {expected}"
        );
    }
}

fn examples_of(curriculum: PredefinedCurriculum) -> MentorExamples {
    let examples = predefined_examples(&curriculum.into(), 4000, 1, 5);
    MentorExamples::split(examples, MentornetVariant::Fixed, 5)
}

fn short() -> MentorTraining {
    MentorTraining {
        steps: 3000,
        restarts: 2,
        seed: 1,
        ..MentorTraining::default()
    }
}

#[expect(clippy::unwrap_used, reason = "a test may panic")]
fn taught(curriculum: PredefinedCurriculum) -> Mentor {
    let examples = examples_of(curriculum);
    let learnt = short().train(&examples, &mut |_, _| ()).unwrap();
    Mentor::new(learnt, ("a test".to_owned(), None), short(), &examples)
}

#[test]
fn a_mentor_learns_which_samples_are_easy() {
    let mentor = taught(PredefinedCurriculum::SelfPaced);
    assert_eq!(mentor.description.error.objective, MentorObjective::CrossEntropy);
    assert!(
        mentor.description.error.accuracy > 0.99,
        "{:?}",
        mentor.description.error
    );
    let weight = |difference| {
        mentor.weight(MentorFeatures {
            loss: 3.0,
            difference,
            label: 0,
            percent: 50,
        })
    };
    assert!(weight(-0.5) > 0.9 && weight(0.5) < 0.1);
    assert!(mentor.description.losses[1] <= 29.0 && mentor.description.differences[0] >= -5.0);
}

#[test]
fn training_repeats_and_keeps_the_best_restart() {
    let examples = examples_of(PredefinedCurriculum::SpclLinear { gamma: 1.0 });
    let train = || short().train(&examples, &mut |_, _| ()).unwrap();
    let (first, second) = (train(), train());
    assert_eq!(first, second);
    assert_eq!(first.errors.len(), 2);
    assert!(
        first
            .errors
            .iter()
            .all(|error| first.error().objective() <= error.objective())
    );
    let objective = MentorObjective::SquaredError;
    let again = MentorError::of(&first.network, &examples.held_out, objective);
    assert_eq!(again, first.error());
}

#[test]
fn examples_that_teach_nothing_are_refused() {
    let none = MentorExamples::default();
    assert!(short().train(&none, &mut |_, _| ()).is_err());
    let examples = examples_of(PredefinedCurriculum::Baseline);
    for wrong in [
        MentorTraining { steps: 0, ..short() },
        MentorTraining {
            batch_size: 0,
            ..short()
        },
        MentorTraining {
            restarts: 0,
            ..short()
        },
        MentorTraining {
            decay: 0.0,
            ..short()
        },
        MentorTraining {
            learning_rate: Some(f64::NAN),
            ..short()
        },
    ] {
        assert!(wrong.train(&examples, &mut |_, _| ()).is_err(), "{wrong:?}");
    }
}

const IDS: [u64; 4] = [1, 2, 3, 4];
const ROWS: [u32; 4] = [0, 1, 2, 3];
const LABELS: [u32; 4] = [0, 1, 0, 1];

fn batch(losses: &[f32; 4], percent: u64) -> Batch<'_> {
    Batch {
        losses,
        ids: &IDS,
        rows: &ROWS,
        labels: &LABELS,
        progress: Progress {
            epoch: 0,
            epochs: 10,
            step: percent,
            steps: 100,
        },
        noise_rate: None,
    }
}

fn without_dropout(mentor: &Mentor) -> impl Curriculum + use<> {
    let config = MentornetConfig {
        dropout: "0".parse().unwrap_or_else(|error| panic!("{error}")),
        percentile: didact_curriculum::ShareChoice::Given(0.5),
        ..MentornetConfig::default()
    };
    let setting = Setting {
        mentor: Some(mentor),
        ..Setting::default()
    };
    config.init(&setting).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_mentors_weights_are_those_of_its_network() {
    let mentor = taught(PredefinedCurriculum::SelfPaced);
    let mut curriculum = without_dropout(&mentor);
    let losses = [0.5, 1.0, 2.0, 9.0];
    let weights = curriculum.weigh(&batch(&losses, 40)).unwrap().weights;
    // Between the second and the third of four the authors' percentile takes the smaller, 1; half of it is the moving one.
    let expected = losses.map(|loss| {
        mentor.weight(MentorFeatures {
            loss: f64::from(loss),
            difference: f64::from(loss) - 0.5,
            label: 0,
            percent: 40,
        })
    });
    assert_eq!(weights, expected);
}

#[test]
fn losses_that_a_mentor_never_saw_are_told_once() {
    let mentor = taught(PredefinedCurriculum::SelfPaced);
    let mut curriculum = without_dropout(&mentor);
    let end = |epoch| EpochEnd {
        epoch,
        epochs: 10,
        trusted: &[],
    };
    curriculum.weigh(&batch(&[0.5, 1.0, 2.0, 2.5], 40)).unwrap();
    assert_eq!(curriculum.epoch_ended(&end(0)).unwrap(), []);
    curriculum.weigh(&batch(&[60.0, 70.0, 80.0, 90.0], 40)).unwrap();
    let warnings = curriculum.epoch_ended(&end(1)).unwrap();
    assert!(
        matches!(warnings[..], [Warning::OutsideTheMentorsRange { share, .. }] if share > 0.9),
        "{warnings:?}"
    );
    curriculum.weigh(&batch(&[60.0, 70.0, 80.0, 90.0], 40)).unwrap();
    assert_eq!(curriculum.epoch_ended(&end(2)).unwrap(), []);
}

#[test]
fn a_mentor_must_be_there_and_know_the_classes() {
    let none = CurriculumConfig::Mentornet(MentornetConfig::default());
    let message = none
        .init(&Setting::default())
        .err()
        .map(|error| error.to_string());
    assert!(message.is_some_and(|message| message.contains("mentor=FILE")));
    let mut aware = taught(PredefinedCurriculum::Baseline);
    aware.network = MentorNetwork::new(MentornetVariant::Fixed, MentorLabels::Aware { classes: 5 }, 1);
    let setting = |num_classes| Setting {
        num_classes,
        mentor: Some(&aware),
        ..Setting::default()
    };
    assert!(none.init(&setting(Some(5))).is_ok());
    assert!(none.init(&setting(Some(6))).is_err());
    assert!(none.init(&setting(None)).is_err());
}

/// 200 samples whose wrong labels have losses that only data tell: wrong ones are those in the middle.
fn trusted() -> Vec<MentorObservation> {
    let observe = |number: u32| {
        let loss = f64::from(number % 20) / 4.0;
        MentorObservation {
            percent: 0,
            given_label: number % 2,
            is_right: !(1.5..3.5).contains(&loss),
            loss,
        }
    };
    (0..200).map(observe).collect()
}

fn data_driven(steps: u32) -> Box<dyn Curriculum> {
    let config = MentornetDataDrivenConfig {
        steps,
        burn_in: 20,
        dropout: "0".parse().unwrap_or_else(|error| panic!("{error}")),
        ..MentornetDataDrivenConfig::default()
    };
    CurriculumConfig::MentornetDataDriven(config)
        .init(&Setting {
            num_classes: Some(2),
            ..Setting::default()
        })
        .unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_data_driven_mentor_learns_what_no_formula_says_and_learns_anew() {
    let (mut curriculum, trusted) = (data_driven(4000), trusted());
    let losses = [0.25, 1.0, 2.5, 4.5];
    let end = |epoch| EpochEnd {
        epoch,
        epochs: 10,
        trusted: &trusted,
    };
    assert_eq!(curriculum.weigh(&batch(&losses, 5)).unwrap().weights, [1.0; 4]);
    assert_eq!(curriculum.epoch_ended(&end(0)).unwrap(), []);
    assert!(curriculum.mentor().is_none());
    assert_eq!(curriculum.epoch_ended(&end(1)).unwrap(), []);
    let first = curriculum.mentor().unwrap().clone();
    assert_eq!(first.description.percents, [20, 20]);
    assert_eq!(first.description.percentile, Some(0.6));
    // The moving percentile needs some batches to settle.
    for _ in 0..20 {
        curriculum.weigh(&batch(&losses, 25)).unwrap();
    }
    let weights = curriculum.weigh(&batch(&losses, 25)).unwrap().weights;
    assert!(
        weights[0] > 0.7 && weights[2] < 0.3 && weights[3] > 0.7,
        "{weights:?}"
    );
    let saved = curriculum.state();
    let mut resumed = data_driven(4000);
    resumed
        .restore(&serde_json::from_str(&serde_json::to_string(&saved).unwrap()).unwrap())
        .unwrap();
    assert_eq!(resumed.mentor(), Some(&first));
    assert_eq!(
        resumed.weigh(&batch(&losses, 26)).unwrap(),
        curriculum.weigh(&batch(&losses, 26)).unwrap()
    );
    curriculum.epoch_ended(&end(2)).unwrap();
    assert_eq!(
        curriculum.mentor().unwrap().description.percents,
        [30, 30],
        "refreshed at 21 %"
    );
    for epoch in 3..7 {
        curriculum.epoch_ended(&end(epoch)).unwrap();
    }
    assert_eq!(curriculum.mentor().unwrap().description.percents, [30, 30]);
    curriculum.epoch_ended(&end(7)).unwrap();
    assert_eq!(
        curriculum.mentor().unwrap().description.percents,
        [80, 80],
        "refreshed at 75 %"
    );
}

#[test]
fn trusted_labels_that_are_all_right_teach_nothing_and_say_so() {
    let mut curriculum = data_driven(10);
    let all_right: Vec<MentorObservation> = trusted().into_iter().filter(|found| found.is_right).collect();
    let warnings = curriculum
        .epoch_ended(&EpochEnd {
            epoch: 1,
            epochs: 10,
            trusted: &all_right,
        })
        .unwrap();
    assert!(
        matches!(
            warnings[..],
            [Warning::NothingToTellApart {
                trusted: 120,
                right: 120
            }]
        ),
        "{warnings:?}"
    );
    assert_eq!(curriculum.weigh(&batch(&[1.0; 4], 50)).unwrap().weights, [1.0; 4]);
}

/// Examples from observations against NumPy's percentiles (`golden/data_driven.py`).
#[test]
fn differences_count_from_numpys_percentiles() {
    let golden: Value = serde_json::from_str(include_str!("golden/data_driven.json")).unwrap();
    let observe = |row: &Value| MentorObservation {
        percent: row["epoch"].as_u64().unwrap() as u8,
        given_label: 0,
        is_right: row["right"].as_bool().unwrap(),
        loss: row["loss"].as_f64().unwrap(),
    };
    let observations: Vec<MentorObservation> =
        golden["rows"].as_array().unwrap().iter().map(observe).collect();
    for case in golden["cases"].as_array().unwrap() {
        let share = case["percentile"].as_f64().unwrap() / 100.0;
        for (cut, key) in [
            (ObservedCut::All, "all"),
            (ObservedCut::EachPercent, "each_percent"),
        ] {
            let examples = data_driven_examples(&observations, share, cut).unwrap();
            assert_eq!(examples.len(), 40);
            for (example, expected) in examples.iter().zip(numbers(&case[key])) {
                assert!(
                    (example.features.difference - expected).abs() < 1e-12,
                    "{share} {key}"
                );
            }
            let targets = examples.iter().map(|example| example.target > 0.5);
            assert!(targets.eq(observations.iter().map(|found| found.is_right)));
        }
    }
}

/// Imbalance: a rare class has larger losses than a common one, right labels and wrong ones alike. A mentor that does not
/// know of classes takes its right labels for wrong ones; one that does tells them apart.
#[test]
fn a_mentor_that_knows_labels_is_fair_to_a_difficult_class() {
    let observe = |number: u32| {
        let (is_rare, is_right) = (number.is_multiple_of(5), !number.is_multiple_of(3));
        let spread = f64::from(number % 11) / 11.0;
        let loss = if is_right { spread } else { 2.0 + spread };
        MentorObservation {
            percent: 20,
            given_label: u32::from(is_rare),
            is_right,
            loss: if is_rare { loss + 2.0 } else { loss },
        }
    };
    let observations: Vec<MentorObservation> = (0..1500).map(observe).collect();
    let examples = data_driven_examples(&observations, 0.6, ObservedCut::All).unwrap();
    let examples = MentorExamples::split(examples, MentornetVariant::Fixed, 0);
    let accuracy = |labels| {
        let training = MentorTraining {
            labels,
            steps: 4000,
            ..short()
        };
        training
            .train(&examples, &mut |_, _| ())
            .unwrap()
            .error()
            .accuracy
    };
    let (ignoring, aware) = (
        accuracy(MentorLabels::Ignored),
        accuracy(MentorLabels::Aware { classes: 2 }),
    );
    assert!(aware > 0.99 && ignoring < 0.95, "{aware} against {ignoring}");
}

#[test]
fn percents_that_were_not_taught_are_answered_as_the_nearest_that_were() {
    let observe = |number: u32| MentorObservation {
        percent: [10, 14, 40][number as usize % 3],
        given_label: 0,
        is_right: number.is_multiple_of(2),
        loss: f64::from(number % 17) + f64::from(number % 2),
    };
    let observations: Vec<MentorObservation> = (0..300).map(observe).collect();
    let examples = data_driven_examples(&observations, 0.5, ObservedCut::All).unwrap();
    let examples = MentorExamples::split(examples, MentornetVariant::Fixed, 0);
    let training = MentorTraining {
        steps: 300,
        ..short()
    };
    let learnt = training.train(&examples, &mut |_, _| ()).unwrap();
    let mentor = Mentor::new(learnt, ("data-driven".to_owned(), Some(0.5)), training, &examples);
    let weight = |percent| {
        let features = MentorFeatures {
            loss: 4.0,
            difference: 0.3,
            label: 0,
            percent,
        };
        mentor.weight(features).to_bits()
    };
    for (untaught, nearest) in [(0, 10), (12, 10), (13, 14), (27, 14), (28, 40), (99, 40)] {
        assert_eq!(weight(untaught), weight(nearest), "{untaught}");
    }
    assert_ne!(weight(10), weight(40));
}

/// Beyond what it was taught a mentor's weight is no guess if it is that of the edge.
#[test]
fn weights_that_differ_from_those_of_the_edge_are_guesses() {
    let mut mentor = taught(PredefinedCurriculum::SelfPaced);
    let end = EpochEnd {
        epoch: 0,
        epochs: 10,
        trusted: &[],
    };
    let warned = |mentor: &Mentor| {
        let mut curriculum = without_dropout(mentor);
        // The moving percentile is 0.5 on the first batch: the last difference is 0.9, the others are below it.
        curriculum.weigh(&batch(&[0.1, 1.0, 1.05, 1.4], 40)).unwrap();
        curriculum.epoch_ended(&end).unwrap()
    };
    assert_eq!(warned(&mentor), []);
    // As if it had been taught differences up to 0.8 only: to 0.9 it says what it says to that.
    mentor.description.differences[1] = 0.8;
    assert_eq!(warned(&mentor), []);
    // As if it had been taught differences of easy samples only: its answer to harder ones is another.
    mentor.description.differences[1] = -0.3;
    let warnings = warned(&mentor);
    assert!(
        matches!(warnings[..], [Warning::OutsideTheMentorsRange { guessed, .. }] if (0.5..=0.75).contains(&guessed)),
        "{warnings:?}"
    );
}

/// The errors that the specification of this program asks of mentors, of whole trainings with one beginning.
#[test]
fn mentors_of_the_written_curricula_reach_their_errors() {
    let training = MentorTraining {
        restarts: 1,
        ..MentorTraining::default()
    };
    for (curriculum, most) in [
        (PredefinedCurriculum::Baseline, 1e-4),
        (PredefinedCurriculum::SelfPaced, 1e-3),
        (PredefinedCurriculum::HardExampleMining, 1e-3),
        (PredefinedCurriculum::Focal { gamma: 2.0 }, 1e-3),
        (PredefinedCurriculum::SpclLinear { gamma: 1.0 }, 1e-3),
        (PredefinedCurriculum::Predefined { gamma: 1.0 }, 1e-4),
    ] {
        let examples = predefined_examples(&curriculum.into(), 100_000, 1, 0);
        let examples = MentorExamples::split(examples, MentornetVariant::Fixed, 0);
        assert_eq!(
            [examples.training.len(), examples.held_out.len()],
            [80_000, 20_000]
        );
        let error = training.train(&examples, &mut |_, _| ()).unwrap().error();
        assert!(error.objective() < most, "{curriculum:?}: {error:?}");
    }
}
