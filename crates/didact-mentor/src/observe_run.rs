//! What a run's student observed, from its ledger.

use std::path::Path;

use didact_curriculum::MentorObservation;
use didact_run::{Ledger, RunFolder, Split, read_ledger};
use serde::Deserialize;

use crate::error::MentorFileError;

/// What a run's student observed on training samples whose labels are known, epoch by epoch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunObservations {
    /// Each epoch's observations, with the percent of the run at which it began.
    pub epochs: Vec<Vec<MentorObservation>>,
}

/// Reads the ledger of a run. True labels come from `--true-labels` or from injected noise.
///
/// # Errors
///
/// [`MentorFileError::Run`] for what is not a run, [`MentorFileError::NothingToLearn`] if no sample has a true label.
pub fn observe_run(path: &Path) -> Result<RunObservations, MentorFileError> {
    let folder = RunFolder::open(path)?;
    let nothing = |problem| MentorFileError::NothingToLearn {
        path: path.to_owned(),
        problem,
    };
    let begun: Begun = folder.read_config()?;
    let mut ledgers = Vec::new();
    for epoch in (1..).take_while(|&epoch| folder.ledger(epoch).is_file()) {
        ledgers.push(read_ledger(&folder.ledger(epoch))?);
    }
    if (ledgers.len() as u32 + 1..=begun.epochs).any(|epoch| folder.ledger(epoch).is_file()) {
        return Err(nothing("an epoch is missing in the run's ledger"));
    }
    let percent = |epoch: usize| (epoch as u64 * 100 / u64::from(begun.epochs.max(1))).min(99) as u8;
    let epochs: Vec<Vec<MentorObservation>> = ledgers
        .iter()
        .enumerate()
        .map(|(epoch, ledger)| observations(ledger, percent(epoch)))
        .collect();
    if epochs.iter().all(Vec::is_empty) {
        return Err(nothing(
            "the run's ledger knows no true label of a training sample",
        ));
    }
    Ok(RunObservations { epochs })
}

/// What is asked of a run's configuration: a run that was stopped has fewer epochs than it was begun for.
#[derive(Deserialize)]
struct Begun {
    epochs: u32,
}

fn observations(ledger: &Ledger, percent: u8) -> Vec<MentorObservation> {
    let observe = |row: usize| {
        Some(MentorObservation {
            percent,
            given_label: ledger.given_label[row]?,
            is_right: !ledger.is_noisy(row)?,
            loss: f64::from(ledger.loss[row]?),
        })
    };
    (0..ledger.len())
        .filter(|&row| ledger.split[row] == Split::Train)
        .filter_map(observe)
        .collect()
}
