//! Whole runs, and what must be the same in two of them.
use std::path::{Path, PathBuf};

use didact_run::RunFolder;
use didact_train::{Ending, Interruption, Prepared, Sources, TrainConfig, Trainer};

/// The data of a configuration.
pub(crate) fn prepared(config: &TrainConfig) -> Prepared {
    Prepared::new(Sources::open(config).unwrap(), config).unwrap()
}

/// A whole run in a new folder.
pub(crate) fn run(config: &TrainConfig, path: &Path) -> RunFolder {
    let mut trainer = Trainer::begin(config.clone(), prepared(config), path).unwrap();
    assert_eq!(
        trainer.run(&mut (), &Interruption::none()).unwrap(),
        Ending::Finished
    );
    RunFolder::open(path).unwrap()
}

/// Goes on with a run until it is finished.
pub(crate) fn resume(config: &TrainConfig, folder: &RunFolder) {
    let mut trainer = Trainer::resume(config.clone(), prepared(config), folder.clone()).unwrap();
    assert_eq!(
        trainer.run(&mut (), &Interruption::none()).unwrap(),
        Ending::Finished
    );
}

/// The bytes of everything in a run that must be reproducible.
pub(crate) fn reproducible(folder: &RunFolder) -> Vec<(String, Vec<u8>)> {
    let files = [
        folder.config(),
        folder.metrics(),
        folder.evaluation(),
        folder.model(),
        folder.last_model(),
        folder.probabilities(),
        folder.features(),
        folder.ledger(1),
        folder.ledger(2),
    ];
    let read = |path: &PathBuf| {
        (
            path.file_name().unwrap().to_string_lossy().into_owned(),
            std::fs::read(path).unwrap(),
        )
    };
    files.iter().map(read).collect()
}

/// Fails naming the first file that differs.
pub(crate) fn assert_same_run(left: &RunFolder, right: &RunFolder) {
    for ((name, left), (_, right)) in reproducible(left).into_iter().zip(reproducible(right)) {
        assert!(left == right, "{name} differs");
    }
}
