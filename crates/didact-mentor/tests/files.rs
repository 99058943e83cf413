//! Mentors and examples survive their files, and other files are refused.

use std::path::{Path, PathBuf};

use didact_curriculum::{
    Mentor, MentorExamples, MentorLabels, MentorTraining, MentornetVariant, PredefinedCurriculum,
    predefined_examples,
};
use didact_mentor::{
    ExamplesOrigin, MentorFileError, read_examples, read_mentor, read_piecewise, write_examples, write_mentor,
};
use didact_run::{StoredTensor, StoredValues, TensorFile};

fn examples() -> MentorExamples {
    let examples = predefined_examples(&PredefinedCurriculum::SelfPaced.into(), 100, 3, 0);
    MentorExamples::split(examples, MentornetVariant::Fixed, 0)
}

fn origin() -> ExamplesOrigin {
    ExamplesOrigin {
        curriculum: "self-paced".to_owned(),
        percentile: Some(0.9),
        num_classes: Some(3),
    }
}

fn mentor() -> Mentor {
    let training = MentorTraining {
        steps: 10,
        restarts: 1,
        labels: MentorLabels::Aware { classes: 3 },
        ..MentorTraining::default()
    };
    let learnt = training
        .train(&examples(), &mut |_, _| ())
        .unwrap_or_else(|error| panic!("{error}"));
    Mentor::new(
        learnt,
        ("self-paced".to_owned(), Some(0.9)),
        training,
        &examples(),
    )
}

fn at(folder: &tempfile::TempDir, name: &str) -> PathBuf {
    folder.path().join(name)
}

#[test]
fn a_mentor_is_read_as_it_was_written_and_the_bytes_repeat() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (at(&folder, "a.safetensors"), at(&folder, "b.safetensors"));
    write_mentor(&first, &mentor()).unwrap();
    write_mentor(&second, &mentor()).unwrap();
    assert_eq!(std::fs::read(&first).unwrap(), std::fs::read(&second).unwrap());
    assert!(std::fs::metadata(&first).unwrap().len() < 8 * 1024);
    let read = read_mentor(&first).unwrap();
    assert_eq!(read.network, mentor().network);
    assert_eq!(read.description.curriculum, "self-paced");
    assert_eq!(read.description.training, mentor().description.training);
    assert_eq!(
        read.description.losses.map(f32::to_bits),
        mentor().description.losses.map(f32::to_bits)
    );
}

#[expect(clippy::unwrap_used, reason = "a test may panic")]
fn refusal(path: &Path) -> String {
    let error = read_mentor(path).unwrap_err();
    assert!(
        error.hint().is_some() || matches!(error, MentorFileError::Run(_)),
        "{error}"
    );
    error.to_string()
}

#[test]
fn other_files_and_other_versions_are_not_mentors() {
    let folder = tempfile::tempdir().unwrap();
    let path = at(&folder, "a.safetensors");
    std::fs::write(&path, "no tensors").unwrap();
    assert!(refusal(&path).contains("is not a mentor"));
    let tensor = |name: &str| StoredTensor {
        name: name.to_owned(),
        shape: vec![1],
        values: StoredValues::F32(vec![1.0]),
    };
    let other = |metadata: String| TensorFile {
        metadata,
        tensors: vec![tensor("hidden.bias")],
    };
    other(r#"{"model":"logistic"}"#.to_owned()).write(&path).unwrap();
    assert!(refusal(&path).contains("a file without them"));
    other(r#"{"mentor":2}"#.to_owned()).write(&path).unwrap();
    assert!(refusal(&path).contains("version 2"));
    write_mentor(&path, &mentor()).unwrap();
    let words = TensorFile::read(&path).unwrap().metadata;
    other(words).write(&path).unwrap();
    assert!(refusal(&path).contains("no epoch_embedding"));
    assert!(matches!(
        read_mentor(&at(&folder, "none")),
        Err(MentorFileError::Run(_))
    ));
}

#[test]
fn a_truncated_mentor_is_refused_at_every_length() {
    let folder = tempfile::tempdir().unwrap();
    let path = at(&folder, "a.safetensors");
    write_mentor(&path, &mentor()).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    for length in (0..bytes.len()).step_by(97) {
        std::fs::write(&path, &bytes[..length]).unwrap();
        assert!(read_mentor(&path).is_err(), "{length} bytes");
    }
}

#[test]
fn examples_are_read_as_they_were_written() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (at(&folder, "a.parquet"), at(&folder, "b.parquet"));
    write_examples(&first, &examples(), &origin()).unwrap();
    write_examples(&second, &examples(), &origin()).unwrap();
    assert_eq!(std::fs::read(&first).unwrap(), std::fs::read(&second).unwrap());
    assert_eq!(read_examples(&first).unwrap(), (examples(), origin()));
}

#[test]
fn targets_that_no_weight_can_be_and_other_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = at(&folder, "a.parquet");
    let mut wrong = examples();
    wrong.held_out[0].target = 1.5;
    write_examples(&path, &wrong, &origin()).unwrap();
    assert!(
        read_examples(&path)
            .unwrap_err()
            .to_string()
            .contains("a target of 1.5")
    );
    wrong.held_out[0].target = 0.5;
    wrong.held_out[0].features.loss = f64::INFINITY;
    write_examples(&path, &wrong, &origin()).unwrap();
    assert!(
        read_examples(&path)
            .unwrap_err()
            .to_string()
            .contains("inf in loss")
    );
    std::fs::write(&path, "no parquet").unwrap();
    assert!(matches!(
        read_examples(&path),
        Err(MentorFileError::NotExamples { .. })
    ));
}

#[test]
fn a_curriculum_that_is_misspelt_is_named_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = at(&folder, "own.toml");
    let read = |text: &str| {
        std::fs::write(&path, text).unwrap();
        read_piecewise(&path).map_err(|error| error.to_string())
    };
    assert!(read("[[piece]]\nfrom = 0\nname = 'baseline'\n").is_ok());
    for (text, expected) in [
        (
            "[[piece]]\nfrom = 0\nname = 'baselin'\n",
            "unknown variant `baselin`",
        ),
        (
            "[[piece]]\nfrom = 0\nname = 'baseline'\ngamma = 2\n",
            "unknown field `gamma`",
        ),
        (
            "[[piece]]\nfrom = 3\nname = 'baseline'\n",
            "the first does not begin at 0",
        ),
        ("piece = 3\n", "line 1"),
        ("", "missing field"),
    ] {
        let message = read(text).unwrap_err();
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn a_mentor_whose_words_no_training_leaves_is_refused_before_anything_is_made_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = at(&folder, "a.safetensors");
    write_mentor(&path, &mentor()).unwrap();
    let good = TensorFile::read(&path).unwrap();
    let first = mentor().description.percents[0];
    for (from, to) in [
        (format!("\"percents\":[{first},"), "\"percents\":[99,".to_owned()),
        (
            "\"classes\":3".to_owned(),
            "\"classes\":9000000000000000000".to_owned(),
        ),
        ("\"classes\":3".to_owned(), "\"classes\":4".to_owned()),
        ("\"classes\":3".to_owned(), "\"classes\":0".to_owned()),
        ("\"percentile\":0.9".to_owned(), "\"percentile\":60.0".to_owned()),
        ("\"restarts\":1".to_owned(), "\"restarts\":0".to_owned()),
    ] {
        assert!(good.metadata.contains(&from), "{}", good.metadata);
        let metadata = good
            .metadata
            .replace(&from, &to)
            .replace(",99],\"error\"", ",98],\"error\"");
        let bad = TensorFile {
            metadata,
            ..good.clone()
        };
        bad.write(&path).unwrap();
        assert!(read_mentor(&path).is_err(), "{to}");
    }
}

/// A run folder with a configuration for so many epochs, and the ledgers of some.
fn run_of(folder: &Path, epochs: u32, done: &[u32]) -> didact_run::RunFolder {
    let run = didact_run::RunFolder::create(folder).unwrap_or_else(|error| panic!("{error}"));
    let config = std::collections::BTreeMap::from([("epochs", epochs)]);
    run.write_config(&config)
        .unwrap_or_else(|error| panic!("{error}"));
    let ledger = didact_run::Ledger {
        id: vec!["a".into(), "b".into()],
        split: vec![didact_run::Split::Train; 2],
        given_label: vec![Some(1), Some(0)],
        true_label: vec![Some(0), None],
        loss: vec![Some(0.5), Some(0.25)],
        weight: vec![Some(1.0); 2],
        confidence: vec![Some(1.0); 2],
        prob_given: vec![Some(0.5); 2],
        margin: vec![Some(0.0); 2],
        predicted: vec![0; 2],
    };
    for &epoch in done {
        didact_run::write_ledger(&run.ledger(epoch), &ledger).unwrap_or_else(|error| panic!("{error}"));
    }
    run
}

#[test]
fn an_epoch_has_the_percent_of_the_run_it_was_begun_for_and_gaps_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let stopped = run_of(&at(&folder, "stopped"), 10, &[1, 2, 3]);
    let observed = didact_mentor::observe_run(stopped.path()).unwrap().epochs;
    let percents: Vec<u8> = observed.iter().flatten().map(|found| found.percent).collect();
    assert_eq!(percents, [0, 10, 20]);
    assert!(!observed[0][0].is_right);
    let torn = run_of(&at(&folder, "torn"), 10, &[1, 3]);
    let error = didact_mentor::observe_run(torn.path()).unwrap_err();
    assert!(error.to_string().contains("an epoch is missing"), "{error}");
}
