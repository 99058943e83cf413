//! No sample that a run fits to or selects on may be reported on.

use std::collections::HashSet;

use didact_data::{Dataset, SampleShape};

use crate::config::{TrainConfig, ValidationChoice};
use crate::error::TrainError;
use crate::part::Part;
use crate::sources::{open_data, open_validation};

/// The share of reported images that may have a twin among the used ones before that is taken for a leak. Honest sets of
/// images hold a few twins (CIFAR-100 does); a copy, a link or a converted file holds nothing else.
const TWINS: f64 = 0.01;

/// Refuses reported samples that are used otherwise, whatever path they were found by.
///
/// Two samples are one if id and contents are the same. Images are also compared by contents alone, where more than one in a hundred has a twin; rows
/// of a table are not, because equal rows are common there.
///
/// # Errors
///
/// [`TrainError::Leak`] naming the samples; `used_for` says what they are used for.
pub fn refuse_leak(used: &Part, used_for: &'static str, reported: &Part) -> Result<(), TrainError> {
    let same = shared(used, reported, identity);
    let twins = match reported.dataset.shape() {
        SampleShape::Image { .. } => shared(used, reported, |dataset, row| ("", identity(dataset, row).1)),
        SampleShape::Features { .. } => Vec::new(),
    };
    let rows = if twins.len() as f64 > TWINS * reported.len() as f64 {
        twins
    } else {
        same
    };
    if rows.is_empty() {
        return Ok(());
    }
    let ids = rows
        .iter()
        .take(10)
        .map(|&row| reported.dataset.ids()[row as usize].clone())
        .collect();
    Err(TrainError::Leak {
        used_for,
        count: rows.len(),
        ids,
    })
}

/// The reported rows that look, in some way, like a used one.
fn shared(used: &Part, reported: &Part, look: impl Fn(&Dataset, u32) -> (&str, u64)) -> Vec<u32> {
    let seen: HashSet<_> = used.rows.iter().map(|&row| look(&used.dataset, row)).collect();
    reported
        .rows
        .iter()
        .copied()
        .filter(|&row| seen.contains(&look(&reported.dataset, row)))
        .collect()
}

/// Refuses data to report on that share samples with those a finished run was trained or selected on.
///
/// # Errors
///
/// [`TrainError::Leak`], and [`TrainError::Data`] if the data of the run cannot be opened, so that nothing is known.
pub fn refuse_seen(config: &TrainConfig, reported: &Part) -> Result<(), TrainError> {
    let data = open_data(config)?;
    if let ValidationChoice::Data(path) = &config.validation {
        let validation = open_validation(path, &data, config)?;
        refuse_leak(&Part::whole(validation.into()), "selection", reported)?;
    }
    refuse_leak(&Part::whole(data.into()), "training", reported)
}

fn identity(dataset: &Dataset, row: u32) -> (&str, u64) {
    (
        &dataset.ids()[row as usize],
        dataset.content_hashes()[row as usize],
    )
}
