//! Whether the data are those that the runs so far were made from.

use didact_run::RunFolder;
use didact_train::{Prepared, Sources, stored_fingerprint};

use super::planned_run::PlannedRun;
use crate::error::{Complaint, Result};

/// Refuses to put runs on different data into one table. Costs opening the data once, if there is a run that was begun.
///
/// # Errors
///
/// The first run that was begun with other data, labels or another split; or if the data cannot be opened.
pub(super) fn refuse_changed_data<'a>(runs: impl Iterator<Item = &'a PlannedRun>) -> Result<()> {
    let mut now: Option<String> = None;
    for run in runs {
        // A run without a checkpoint begins anew, and what is wrong with one that cannot be read is told when it goes on.
        let Some(begun) = fingerprint_of(run) else {
            continue;
        };
        let holds = match &now {
            // Noise and split are each seed's own: what is common to all runs are the data as they were found.
            Some(now) => contents(now) == contents(&begun),
            None => *now.insert(prepared(run)?.fingerprint) == begun,
        };
        if !holds {
            let what = format!(
                "{} was begun with other data, labels or another split than there are now",
                run.folder.display()
            );
            let hint = "restore the data, name another folder with -o, or remove the runs on the old data";
            return Err(Complaint::new(what, hint).into());
        }
    }
    Ok(())
}

fn fingerprint_of(run: &PlannedRun) -> Option<String> {
    stored_fingerprint(&RunFolder::open(&run.folder).ok()?).ok()?
}

fn prepared(run: &PlannedRun) -> Result<Prepared> {
    let mut config = run.config.clone();
    if run.batch_size_is_open {
        // Which is of no concern here, and may be larger than the data.
        config.batch_size = std::num::NonZeroUsize::MIN;
    }
    Ok(Prepared::new(Sources::open(&config)?, &config)?)
}

/// What stands for the data as they were found, of what stands for all data of a run.
fn contents(fingerprint: &str) -> &str {
    fingerprint.rsplit_once('-').map_or("", |(contents, _)| contents)
}
