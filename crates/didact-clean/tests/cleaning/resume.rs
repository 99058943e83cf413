//! A cleaning that is stopped in the middle of any stage ends as one that is not.

use didact_clean::{CleanConfig, CleanError, Cleaning, Stage};
use didact_run::{CleanerRecord, CleaningFolder, TensorFile};
use didact_train::{Interruption, parse_method};

use crate::support::{Quiet, Workplace, assert_same};

const SETTINGS: &str = "\
rounds = 2
cleaner = { name = \"network\", epochs = 6 }
retrain = [{ name = \"scratch\" }, { name = \"fine-tune\", mixup = 0.2 }]";
const FILES: [&str; 7] = [
    "corrected.csv",
    "model.safetensors",
    "transition_matrix.csv",
    "round-2/beliefs.npy",
    "round-1/relearnt/metrics.csv",
    "retrained-1/metrics.csv",
    "retrained-2/last.safetensors",
];

/// Cleans to the end; the epochs of label cleaners that this took.
fn go_on(place: &Workplace, config: &CleanConfig, name: &str) -> Vec<u32> {
    let folder = CleaningFolder::open(&place.path(name)).unwrap();
    let cleaning = Cleaning::resume(config.clone(), config, folder).unwrap();
    let mut quiet = Quiet::default();
    cleaning.run(&mut quiet, &Interruption::none()).unwrap();
    quiet.heard
}

/// Begins a cleaning, which must be stopped before its end.
fn run_until_stopped(
    place: &Workplace,
    config: &CleanConfig,
    name: &str,
    quiet: &mut Quiet<'_>,
    interruption: &Interruption,
) {
    let cleaning = place.begin(config, name).unwrap();
    let stopped = cleaning.run(quiet, interruption).unwrap_err();
    assert!(matches!(stopped, CleanError::Interrupted), "{name}: {stopped}");
}

/// Begins a cleaning and stops it after so many epochs of the first round's label cleaners.
fn stop_after_cleaner_epochs(place: &Workplace, config: &CleanConfig, name: &str, epochs: usize) {
    let interruption = Interruption::none();
    let mut quiet = Quiet {
        stop_at: Some((Stage::Cleaner { round: 1 }, &interruption)),
        cleaner_epochs: epochs,
        ..Quiet::default()
    };
    run_until_stopped(place, config, name, &mut quiet, &interruption);
}

#[test]
fn stopped_in_the_middle_of_training_it_ends_as_if_it_had_not_been() {
    let place = Workplace::new();
    let config = place.config(SETTINGS);
    place.clean(&config, "whole").unwrap();
    // 800 samples in batches of 32 are 25 steps an epoch, and four models of 4 epochs each are trained.
    for steps in [37, 137, 237, 337] {
        let name = format!("stopped-{steps}");
        let interruption = Interruption::none();
        let mut quiet = Quiet {
            stop_after: Some((steps, &interruption)),
            ..Quiet::default()
        };
        run_until_stopped(&place, &config, &name, &mut quiet, &interruption);
        go_on(&place, &config, &name);
        assert_same(&place.path("whole"), &place.path(&name), &FILES);
    }
}

#[test]
fn stopped_while_a_cleaner_learns_it_ends_as_if_it_had_not_been() {
    let place = Workplace::new();
    let config = place.config(SETTINGS);
    place.clean(&config, "whole").unwrap();
    for round in [1, 2] {
        let name = format!("stopped-{round}");
        let interruption = Interruption::none();
        let mut quiet = Quiet {
            stop_at: Some((Stage::Cleaner { round }, &interruption)),
            cleaner_epochs: 2,
            ..Quiet::default()
        };
        run_until_stopped(&place, &config, &name, &mut quiet, &interruption);
        assert!(
            !place
                .path(&name)
                .join(format!("round-{round}/cleaner.json"))
                .exists()
        );
        go_on(&place, &config, &name);
        assert_same(&place.path("whole"), &place.path(&name), &FILES);
    }
}

#[test]
fn folds_that_were_stopped_go_on() {
    let place = Workplace::new();
    let config = place.config("folds = 2\nrounds = 2\ncleaner = { name = \"network\", epochs = 4 }");
    place.clean(&config, "whole").unwrap();
    let files = [
        "corrected.csv",
        "model.safetensors",
        "first-fold-2/metrics.csv",
        "round-1/relearnt-fold-1/metrics.csv",
        "round-2/beliefs.npy",
    ];
    let stages = [
        Stage::First { fold: Some(2) },
        Stage::Cleaner { round: 1 },
        Stage::Relearnt {
            round: 1,
            fold: Some(2),
        },
        Stage::Cleaner { round: 2 },
    ];
    for (number, stage) in stages.into_iter().enumerate() {
        let name = format!("stopped-{number}");
        let interruption = Interruption::none();
        let mut quiet = Quiet {
            stop_at: Some((stage, &interruption)),
            ..Quiet::default()
        };
        run_until_stopped(&place, &config, &name, &mut quiet, &interruption);
        go_on(&place, &config, &name);
        assert_same(&place.path("whole"), &place.path(&name), &files);
    }
}

/// How the cleaner of the first round learnt: every epoch's figures.
fn record(place: &Workplace, name: &str) -> CleanerRecord {
    let folder = CleaningFolder::open(&place.path(name)).unwrap();
    CleaningFolder::read_json(&folder.cleaner(1)).unwrap()
}

/// Dropout and running statistics of the image network are part of what goes on.
#[test]
fn a_cleaner_whose_image_network_learns_along_goes_on_from_its_last_epoch() {
    let place = Workplace::new();
    let mut config = place.config(
        "cleaner = { name = \"network\", variant = \"notebook\", epochs = 4, patience = 3 }
retrain = [{ name = \"fine-tune\" }]",
    );
    config.training.epochs = 1.try_into().unwrap();
    config.training.model = parse_method("notebook-resnet-8").unwrap();
    place.clean(&config, "whole").unwrap();
    let files = [
        "corrected.csv",
        "model.safetensors",
        "round-1/beliefs.npy",
        "round-1/encoder.safetensors",
    ];
    for (stopped_after, left) in [(1, &[2, 3, 4][..]), (3, &[4])] {
        let name = format!("stopped-{stopped_after}");
        stop_after_cleaner_epochs(&place, &config, &name, stopped_after);
        let checkpoint = place.path(&name).join("round-1/checkpoint.safetensors");
        let words: serde_json::Value =
            serde_json::from_str(&TensorFile::read_metadata(&checkpoint).unwrap()).unwrap();
        assert_eq!(go_on(&place, &config, &name), left);
        assert_same(&place.path("whole"), &place.path(&name), &files);
        let (whole, resumed) = (record(&place, "whole"), record(&place, &name));
        assert_eq!(whole.views, resumed.views);
        assert!(resumed.seconds > words["seconds"].as_f64().unwrap());
        assert!(!checkpoint.exists());
    }
}

#[test]
fn a_checkpoint_of_an_image_network_that_lacks_something_is_refused() {
    let place = Workplace::new();
    let config = place.config("cleaner = { name = \"network\", variant = \"notebook\" }");
    stop_after_cleaner_epochs(&place, &config, "stopped", 2);
    let path = place.path("stopped/round-1/checkpoint.safetensors");
    let whole = TensorFile::read(&path).unwrap();
    for name in ["encoder.model.", "encoder.optimizer.", "kept-encoder."] {
        let mut file = whole.clone();
        file.tensors.retain(|tensor| !tensor.name.starts_with(name));
        file.write(&path).unwrap();
        let folder = CleaningFolder::open(&place.path("stopped")).unwrap();
        let cleaning = Cleaning::resume(config.clone(), &config, folder).unwrap();
        let error = cleaning
            .run(&mut Quiet::default(), &Interruption::none())
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("round-1/checkpoint.safetensors") && error.contains("nothing"),
            "{error}"
        );
    }
}

/// The weights that fine-tuning begins with are named by a path, which is another one when the folder has moved.
#[test]
fn a_folder_that_moved_goes_on() {
    let place = Workplace::new();
    let config = place.config("retrain = [{ name = \"fine-tune\" }]");
    place.clean(&config, "whole").unwrap();
    let interruption = Interruption::none();
    let mut quiet = Quiet {
        // Four epochs of 25 steps are those of the first model.
        stop_after: Some((137, &interruption)),
        ..Quiet::default()
    };
    let stopped = place
        .begin(&config, "before")
        .unwrap()
        .run(&mut quiet, &interruption)
        .unwrap_err();
    assert!(matches!(stopped, CleanError::Interrupted), "{stopped}");
    std::fs::rename(place.path("before"), place.path("after")).unwrap();
    go_on(&place, &config, "after");
    assert_same(
        &place.path("whole"),
        &place.path("after"),
        &["corrected.csv", "model.safetensors"],
    );
}

#[test]
fn one_process_at_a_time_writes_a_cleaning() {
    let place = Workplace::new();
    let config = place.config("");
    let _cleaning = place.begin(&config, "cleaned").unwrap();
    let folder = CleaningFolder::open(&place.path("cleaned")).unwrap();
    let error = Cleaning::resume(config.clone(), &config, folder).err().unwrap();
    assert!(error.to_string().contains("cleaned"), "{error}");
}

#[test]
fn other_settings_and_other_data_are_refused() {
    let place = Workplace::new();
    let config = place.config("");
    place.clean(&config, "cleaned").unwrap();
    let folder = || CleaningFolder::open(&place.path("cleaned")).unwrap();
    let mut other = config.clone();
    other.training.learning_rate = 0.5.try_into().unwrap();
    let error = Cleaning::resume(other, &config, folder()).err().unwrap();
    assert_eq!(
        error.to_string(),
        "the cleaning was begun with learning-rate = 0.003, not 0.5"
    );
    // A trusted label that reports is now another one: the model that is there was tested on the old one.
    let mut labels = crate::support::true_labels()[..300].to_vec();
    labels.swap(280, 281);
    labels[299] = labels[0].clone();
    place.trust(&labels);
    let cleaning = Cleaning::resume(config.clone(), &config, folder()).unwrap();
    let error = cleaning
        .run(&mut Quiet::default(), &Interruption::none())
        .unwrap_err();
    assert!(matches!(error, CleanError::DataChanged { .. }), "{error}");
}

#[test]
fn the_number_of_threads_changes_no_bit() {
    let place = Workplace::new();
    let config = place.config("");
    let on = |threads: usize| {
        let name = format!("threads-{threads}");
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| place.clean(&config, &name)).unwrap();
        place.path(&name)
    };
    let files = ["corrected.csv", "model.safetensors", "round-1/beliefs.npy"];
    assert_same(&on(1), &on(2), &files);
}
