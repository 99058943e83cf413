//! A run from its configuration to its summary, with all that is shown on the way.

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use didact_data::{Loader, LoaderConfig};
use didact_run::{RunError, RunFolder, Summary};
use didact_train::{Ending, ParameterBuilder, Prepared, TrainConfig, TrainError, Trainer};

use crate::error::Result;
use crate::interruption::on_ctrl_c;
use crate::output::{Printer, Progress, shell_word};

/// Sizes the pool that all crates share. A later call changes nothing, as in quickstart's second run.
pub(crate) fn use_threads(threads: NonZeroUsize) {
    let _ = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.get())
        .build_global();
}

/// Refuses a run folder that is taken, before time is spent on reading data.
///
/// The empty folders of a run that was killed before its configuration was written are taken away.
pub(crate) fn refuse_taken(path: &Path) -> Result<()> {
    if let Ok(folder) = fs::symlink_metadata(path) {
        let is_empty = || fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
        if folder.is_dir() {
            remove_empty(path);
        }
        if fs::symlink_metadata(path).is_ok() && !is_empty() {
            return Err(TrainError::from(RunError::Exists {
                path: path.to_owned(),
            })
            .into());
        }
    }
    Ok(())
}

/// Removes the folders of a run that hold nothing. Nothing else can be removed so; that one stays is no error.
fn remove_empty(path: &Path) {
    for folder in [path.join("ledger"), path.join("checkpoints"), path.to_owned()] {
        let _ = fs::remove_dir(folder);
    }
}

/// Refuses what would stop a run after its folder was made: a device that is not there, a network or an augmentation
/// that does not suit the samples, a curriculum that does not suit the task.
pub(crate) fn check(config: &TrainConfig, data: &Prepared) -> Result<()> {
    let interface = data.interface();
    config.device.open()?;
    config.model.build(interface, &mut ParameterBuilder::default())?;
    config.curriculum.init(Some(interface.num_classes))?;
    config.confidence.observer(Some(interface.num_classes))?;
    let everything_is_checked_and_nothing_loaded = usize::MAX;
    Loader::new(
        data.train.dataset.clone(),
        data.train.rows.clone(),
        LoaderConfig {
            batch_size: config.batch_size,
            normalization: data.normalization.clone(),
            augmentation: config.augment.clone(),
            seed: config.seed,
            epoch: 0,
            first_batch: everything_is_checked_and_nothing_loaded,
            workers: NonZeroUsize::MIN,
        },
    )?;
    Ok(())
}

/// Makes the run folder and the run in it. If the run cannot begin, no empty folder is left.
pub(crate) fn begin(config: TrainConfig, data: Prepared, path: &Path) -> Result<Trainer> {
    let attempt = || Trainer::begin(config, data, RunFolder::create(path)?);
    attempt().map_err(|error: TrainError| {
        remove_empty(path);
        error.into()
    })
}

/// Trains to the end or to Ctrl-C; the summary if it came to the end.
pub(crate) fn finish(mut trainer: Trainer, folder: &RunFolder, printer: Printer) -> Result<Option<Summary>> {
    let go_on = format!(
        "go on with: didact train --resume -o {}",
        shell_word(folder.path())
    );
    let interruption = on_ctrl_c(printer)?;
    let result = trainer.run(&mut Progress::new(printer), interruption);
    if let Err(TrainError::Run(RunError::Write { .. })) = &result {
        printer.note(&format!(
            "the run is kept as far as it was saved; once it can be written to, {go_on}"
        ));
    }
    match result? {
        Ending::Finished => Ok(Some(folder.read_json(&folder.summary())?)),
        Ending::Interrupted { epochs_done } => {
            printer.note(&format!("stopped after {epochs_done} whole epochs; {go_on}"));
            Ok(None)
        }
    }
}
