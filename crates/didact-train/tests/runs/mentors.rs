//! Runs that a mentor weighs: one of an earlier training, and one that learns while the run goes on.

use std::num::NonZeroU32;
use std::path::Path;

use didact_curriculum::{
    Mentor, MentorExamples, MentorLabels, MentorTraining, PredefinedCurriculum, predefined_examples,
};
use didact_mentor::{judge, observe_run, read_mentor, write_mentor};
use didact_run::{RunFolder, Split, Summary, read_ledger};
use didact_train::{Interruption, Observer, TrainConfig, TrainError, Trainer, parse_method};

use crate::labels::memorising;
use crate::small_config::small_config;
use crate::support::{assert_same_run, prepared, run, run_until, run_with_a_break};

/// A mentor that has learnt for a moment, in a file.
fn mentor(path: &Path, curriculum: PredefinedCurriculum, labels: MentorLabels) {
    let training = MentorTraining {
        steps: 1500,
        restarts: 1,
        labels,
        ..MentorTraining::default()
    };
    let examples = predefined_examples(&curriculum.into(), 2000, 1, 0);
    let examples = MentorExamples::split(examples, training.variant, 0);
    let learnt = training.train(&examples, &mut |_, _| ()).unwrap();
    let mentor = Mentor::new(learnt, ("a test".to_owned(), None), training, &examples);
    write_mentor(path, &mentor).unwrap();
}

fn asking(mentor: &Path) -> TrainConfig {
    let mut config = small_config();
    config.curriculum = parse_method("mentornet:percentile=0.6").unwrap();
    let didact_curriculum::CurriculumConfig::Mentornet(own) = &mut config.curriculum else {
        unreachable!("the name was spelt out");
    };
    own.mentor = Some(mentor.to_owned());
    config
}

#[test]
fn a_run_goes_on_with_the_same_mentor_only() {
    let parent = tempfile::tempdir().unwrap();
    let file = parent.path().join("mentor.safetensors");
    mentor(&file, PredefinedCurriculum::SelfPaced, MentorLabels::Ignored);
    let config = asking(&file);
    let straight = run(&config, &parent.path().join("straight"));
    assert_same_run(
        &straight,
        &run_with_a_break(&config, &parent.path().join("broken"), 4),
    );
    let other = run_until(&config, &parent.path().join("other"), 4);
    let gamma = 2.0;
    mentor(
        &file,
        PredefinedCurriculum::SpclLinear { gamma },
        MentorLabels::Ignored,
    );
    let error = Trainer::resume(config.clone(), prepared(&config), other)
        .err()
        .unwrap();
    assert!(matches!(error, TrainError::MentorChanged { .. }), "{error}");
    assert!(error.hint().is_some());
}

#[test]
fn a_mentor_that_cannot_be_asked_stops_a_run_before_it_begins() {
    let parent = tempfile::tempdir().unwrap();
    let file = parent.path().join("mentor.safetensors");
    let refusal = |config: &TrainConfig| {
        let path = parent.path().join("run");
        let error = Trainer::begin(config.clone(), prepared(config), &path)
            .err()
            .unwrap();
        assert!(!path.exists());
        assert!(error.hint().is_some(), "{error}");
        error.to_string()
    };
    assert!(refusal(&asking(&file)).contains("cannot read"));
    std::fs::write(&file, "no tensors").unwrap();
    assert!(refusal(&asking(&file)).contains("is not a mentor"));
    let mut without = asking(&file);
    without.curriculum = parse_method("mentornet").unwrap();
    assert!(refusal(&without).contains("mentor=FILE"));
    mentor(
        &file,
        PredefinedCurriculum::Baseline,
        MentorLabels::Aware { classes: 3 },
    );
    let error = Trainer::begin(
        asking(&file),
        prepared(&asking(&file)),
        &parent.path().join("run"),
    )
    .err();
    assert!(
        error
            .unwrap()
            .to_string()
            .contains("one that tells 3 classes apart")
    );
}

/// A run whose mentor learns from so many trusted samples.
fn learning(mut config: TrainConfig, folder: &Path, trusted: usize) -> TrainConfig {
    let clean = TrainConfig {
        noise: None,
        ..config.clone()
    };
    let labels = prepared(&clean).train.dataset.given_labels().to_vec();
    let rows: Vec<String> = labels[..trusted].iter().flatten().map(u32::to_string).collect();
    let file = folder.join(format!("trusted-{trusted}.txt"));
    std::fs::write(&file, rows.join("\n")).unwrap();
    config.trusted = Some(file);
    config.curriculum = parse_method("mentornet-data-driven:steps=2000,restarts=1").unwrap();
    config
}

fn four_epochs() -> TrainConfig {
    let mut config = small_config();
    config.epochs = NonZeroU32::new(4).unwrap();
    config
}

/// What a run was warned of.
#[derive(Default)]
struct Warnings(Vec<String>);

impl Observer for Warnings {
    fn warned(&mut self, warning: &str) {
        self.0.push(warning.to_owned());
    }
}

#[test]
fn a_mentor_that_learns_on_the_way_goes_on_to_the_same_bits_and_is_left_behind() {
    let parent = tempfile::tempdir().unwrap();
    let config = learning(four_epochs(), parent.path(), 200);
    let straight = run(&config, &parent.path().join("straight"));
    let kept = std::fs::read(straight.mentor()).unwrap();
    // An epoch has nine batches: before the mentor has learnt, just after, and after it has learnt anew.
    for steps in [5, 9, 14, 31] {
        let broken = run_with_a_break(&config, &parent.path().join(steps.to_string()), steps);
        assert_same_run(&straight, &broken);
        assert!(kept == std::fs::read(broken.mentor()).unwrap(), "{steps}");
    }
    let learnt = read_mentor(&straight.mentor()).unwrap();
    assert_eq!(learnt.description.curriculum, "data-driven");
    assert_eq!(learnt.description.percents, [75, 75]);
}

#[test]
fn trusted_samples_teach_the_mentor_and_are_trained_on_as_they_were_given() {
    let parent = tempfile::tempdir().unwrap();
    let config = learning(four_epochs(), parent.path(), 200);
    let given = prepared(&small_config()).train.dataset.given_labels().to_vec();
    let data = prepared(&config);
    assert_eq!(data.train.dataset.given_labels(), given);
    assert_eq!(data.trusted.iter().flatten().count(), 200);
    let mut without_truth = config.clone();
    without_truth.noise = None;
    assert_eq!(prepared(&without_truth).true_labels.iter().flatten().count(), 200);
}

#[test]
fn too_few_trusted_samples_are_refused_and_labels_that_are_all_right_teach_nothing() {
    let parent = tempfile::tempdir().unwrap();
    let few = learning(small_config(), parent.path(), 7);
    let error = didact_train::Prepared::new(didact_train::Sources::open(&few).unwrap(), &few).unwrap_err();
    assert!(
        matches!(error, TrainError::TooFewTrusted { classes: 10, .. }),
        "{error}"
    );
    assert!(error.hint().is_some());
    let none = TrainConfig { trusted: None, ..few };
    let error = Trainer::begin(none.clone(), prepared(&none), &parent.path().join("run"))
        .err()
        .unwrap();
    assert!(error.to_string().contains("without --trusted"), "{error}");
    let mut clean = learning(four_epochs(), parent.path(), 200);
    clean.noise = None;
    let mut trainer = Trainer::begin(clean.clone(), prepared(&clean), &parent.path().join("clean")).unwrap();
    let mut warnings = Warnings::default();
    trainer.run(&mut warnings, &Interruption::none()).unwrap();
    let told = warnings
        .0
        .iter()
        .filter(|warning| warning.contains("trusted samples were given a right label"));
    assert_eq!(told.count(), 1, "{:?}", warnings.0);
    assert!(
        !RunFolder::open(&parent.path().join("clean"))
            .unwrap()
            .mentor()
            .exists()
    );
}

#[test]
fn an_epoch_in_which_no_sample_counts_is_told_with_what_to_change() {
    let parent = tempfile::tempdir().unwrap();
    let told = |curriculum: &str| {
        let mut config = small_config();
        config.epochs = NonZeroU32::new(2).unwrap();
        config.curriculum = parse_method(curriculum).unwrap();
        let mut trainer =
            Trainer::begin(config.clone(), prepared(&config), &parent.path().join(curriculum)).unwrap();
        let mut warnings = Warnings::default();
        trainer.run(&mut warnings, &Interruption::none()).unwrap();
        let is_it = |warning: &&String| {
            warning.starts_with("in this epoch no sample counted more than next to nothing")
                && warning.contains("a larger threshold, percentile or share, or less dropout")
        };
        warnings.0.iter().filter(is_it).count()
    };
    // Below every loss in the first epoch, above all in the second.
    assert_eq!(told("spl-hard:threshold=growth,start=0.0001,factor=1000000"), 1);
    assert_eq!(told("none"), 0);
}

/// Recovery: a mentor that learnt from 300 checked labels finds the wrong ones among the others, the network memorises less,
/// and it is of use to another run, under other noise.
#[test]
fn a_mentor_finds_wrong_labels_and_its_student_beats_plain_training() {
    let parent = tempfile::tempdir().unwrap();
    let plain = run(&memorising("none"), &parent.path().join("plain"));
    let mut config = learning(memorising("none"), parent.path(), 300);
    config.curriculum = parse_method("mentornet-data-driven:steps=4000,dropout=0").unwrap();
    let taught = run(&config, &parent.path().join("taught"));
    let last = |folder: &RunFolder| -> Summary { folder.read_json(&folder.summary()).unwrap() };
    let (plain_accuracy, accuracy) = (
        last(&plain).test_last.unwrap().accuracy,
        last(&taught).test_last.unwrap().accuracy,
    );
    assert!(
        accuracy > plain_accuracy + 0.03,
        "{accuracy} against {plain_accuracy}"
    );
    let weights = last(&taught).train.last.unwrap();
    assert!(weights.clean.weight > 2.0 * weights.noisy.weight, "{weights:?}");
    let mentor = read_mentor(&taught.mentor()).unwrap();
    let mut other = memorising("none");
    other.noise = Some("pair:0.3".parse().unwrap());
    let other = run(&other, &parent.path().join("other"));
    let observed = observe_run(other.path()).unwrap();
    let judged = judge(&mentor, &observed.epochs, 0.7);
    let area = judged[5].area_under_roc.unwrap();
    assert!(area > 0.7, "{area}");
}

#[test]
fn a_run_goes_on_with_the_same_trusted_labels_only() {
    let parent = tempfile::tempdir().unwrap();
    let config = learning(four_epochs(), parent.path(), 200);
    let broken = run_until(&config, &parent.path().join("broken"), 4);
    let file = config.trusted.clone().unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    let (first, rest) = text.split_once('\n').unwrap();
    let other = (first.parse::<u32>().unwrap() + 1) % 10;
    std::fs::write(&file, format!("{other}\n{rest}")).unwrap();
    let error = Trainer::resume(config.clone(), prepared(&config), broken)
        .err()
        .unwrap();
    assert!(matches!(error, TrainError::DataChanged { .. }), "{error}");
}

#[test]
fn a_trusted_label_of_a_sample_without_a_label_is_a_label() {
    let parent = tempfile::tempdir().unwrap();
    let rows: Vec<String> = (0..200)
        .map(|row| {
            format!(
                "{},{},{}",
                f64::from(row % 7),
                f64::from(row % 5),
                ["", "0", "1"][row as usize % 3]
            )
        })
        .collect();
    let data = parent.path().join("data.csv");
    std::fs::write(&data, rows.join("\n")).unwrap();
    let trusted = parent.path().join("trusted.txt");
    std::fs::write(&trusted, ["1\n"; 60].concat()).unwrap();
    let mut config = small_config();
    config.data = data;
    config.test = None;
    config.noise = None;
    config.augment = "none".parse().unwrap();
    config.trusted = Some(trusted);
    config.curriculum = parse_method("mentornet-data-driven").unwrap();
    let data = prepared(&config);
    let given = data.train.dataset.given_labels();
    assert!(given[..60].iter().all(Option::is_some));
    // Of 60 samples 20 had no label; the others teach the mentor.
    assert_eq!(data.trusted.iter().flatten().count(), 40);
}

/// The weights of a network after a run, and its losses on the way.
fn bits(folder: &RunFolder) -> (Vec<u8>, Vec<u8>) {
    (
        std::fs::read(folder.last_model()).unwrap(),
        std::fs::read(folder.metrics()).unwrap(),
    )
}

/// At full weights, of the first 18 % of a run, and shares that are all 1, mixtures are the samples themselves.
#[test]
fn mentor_mix_learns_the_mixtures_that_weights_choose_and_weighs_them_if_asked() {
    let parent = tempfile::tempdir().unwrap();
    let with = |strategy: &str, curriculum: &str| {
        let mut config = small_config();
        config.strategy = parse_method(strategy).unwrap();
        config.curriculum = parse_method(curriculum).unwrap();
        config.select = didact_train::Select::Last;
        let name = format!("{strategy} {curriculum}").replace([':', '='], "-");
        bits(&run(&config, &parent.path().join(name)))
    };
    // A burn-in of the whole run weighs 1.
    let (all, none) = (
        "mentornet-predefined:burn-in=100,dropout=0",
        "mentornet-predefined:burn-in=100,dropout=1",
    );
    let plain = with("none", "none");
    assert!(with("mentor-mix:alpha=1e-9", all) == plain);
    let mixed = with("mentor-mix:alpha=8", all);
    assert!(mixed.0 != plain.0);
    // Weights of 0 make each sample the smaller part of its mixture: here nothing of it, and its partner is drawn evenly.
    let partners = with("mentor-mix:alpha=1e-9", none);
    assert!(partners.0 != plain.0);
    // Mixtures that are weighed 1 are learnt as if they were not weighed; those that are weighed 0 are not learnt at all.
    assert!(with("mentor-mix:alpha=8,second-weighing=mixtures", all) == mixed);
    let weighed = with("mentor-mix:alpha=8,second-weighing=mixtures", none);
    let still = with("none", none);
    assert!(weighed.0 == still.0 && weighed.0 != plain.0);
}

#[test]
fn mentor_mix_learns_mixtures_and_tells_of_samples() {
    let parent = tempfile::tempdir().unwrap();
    let plain = run(&memorising("none"), &parent.path().join("plain"));
    let mut config = memorising("mentornet-predefined:percentile=0.6,dropout=0");
    config.strategy = parse_method("mentor-mix:alpha=2").unwrap();
    let mixed = run(&config, &parent.path().join("mixed"));
    let losses = |folder: &RunFolder, epoch| {
        let ledger = read_ledger(&folder.ledger(epoch)).unwrap();
        let rows = (0..ledger.len()).filter(|&row| ledger.split[row] == Split::Train);
        let sum: f32 = rows.filter_map(|row| ledger.loss[row]).sum();
        sum / 2700.0
    };
    // Mixtures leave a network less sure of what it memorises.
    assert!(losses(&mixed, 15) > losses(&plain, 15));
    let summary: Summary = mixed.read_json(&mixed.summary()).unwrap();
    let weights = summary.train.last.unwrap();
    assert!(weights.clean.weight > 1.5 * weights.noisy.weight, "{weights:?}");
    let accuracy = summary.test_last.unwrap().accuracy;
    assert!(accuracy > 0.7, "{accuracy}");
}
