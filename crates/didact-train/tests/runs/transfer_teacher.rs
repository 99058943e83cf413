//! Runs that follow the losses of an earlier one.

use didact_train::{TrainConfig, TrainError, Trainer, parse_method};

use crate::small_config::small_config;
use crate::support::{assert_same_run, prepared, resume, run, run_until};

/// A run that follows the one in a folder.
fn following(teacher: &std::path::Path) -> TrainConfig {
    let mut config = small_config();
    config.curriculum = parse_method("transfer-teacher:start=0.3,final=0.6").unwrap();
    let didact_curriculum::CurriculumConfig::TransferTeacher(own) = &mut config.curriculum else {
        unreachable!("the name was spelt out");
    };
    own.teacher = Some(teacher.to_owned());
    config
}

#[test]
fn a_run_goes_on_with_the_same_teacher_only() {
    let parent = tempfile::tempdir().unwrap();
    let teacher = run(&small_config(), &parent.path().join("teacher"));
    let config = following(&parent.path().join("teacher"));
    let straight = run(&config, &parent.path().join("straight"));
    let broken = run_until(&config, &parent.path().join("broken"), 4);
    let other = run_until(&config, &parent.path().join("other"), 4);
    resume(&config, &broken);
    assert_same_run(&straight, &broken);

    // As if the teacher had been stopped after its first epoch, or were another run by now.
    std::fs::remove_file(teacher.ledger(2)).unwrap();
    let error = Trainer::resume(config.clone(), prepared(&config), other)
        .err()
        .unwrap();
    assert!(matches!(error, TrainError::TeacherChanged { .. }), "{error}");
    assert!(error.hint().is_some());
}
