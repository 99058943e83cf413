//! How difficult an earlier run found the samples of this one.

use std::collections::HashMap;
use std::path::Path;

use didact_curriculum::Mentor;
use didact_data::Dataset;
use didact_random::sample_key;
use didact_run::{RunFolder, read_ledger};

use crate::error::TrainError;

/// The mean loss of each row over all epochs of an earlier run, `[num_samples]`; `None` for samples that run did not train
/// on, and for those it knew under another label, of which its losses say nothing.
///
/// # Errors
///
/// [`TrainError::Run`] if there is no such run, [`TrainError::StrangeTeacher`] if it has no epoch, or knows no sample with
/// its label.
pub(crate) fn difficulties(run: &Path, dataset: &Dataset) -> Result<Vec<Option<f32>>, TrainError> {
    let folder = RunFolder::open(run)?;
    let rows: HashMap<&str, usize> = dataset
        .ids()
        .iter()
        .enumerate()
        .map(|(row, id)| (id.as_str(), row))
        .collect();
    let mut sums = vec![(0.0f64, 0u32); dataset.len()];
    for epoch in (1..).take_while(|&epoch| folder.ledger(epoch).is_file()) {
        let ledger = read_ledger(&folder.ledger(epoch))?;
        for (position, id) in ledger.id.iter().enumerate() {
            let Some(&row) = rows.get(id.as_str()) else {
                continue;
            };
            let is_same_label = dataset.given_labels()[row] == ledger.given_label[position];
            if let Some(loss) = ledger.loss[position].filter(|_| is_same_label) {
                sums[row].0 += f64::from(loss);
                sums[row].1 += 1;
            }
        }
    }
    if sums.iter().all(|&(_, count)| count == 0) {
        return Err(TrainError::StrangeTeacher { path: run.to_owned() });
    }
    let mean = |(sum, count): (f64, u32)| (count > 0).then(|| (sum / f64::from(count)) as f32);
    Ok(sums.into_iter().map(mean).collect())
}

/// What stands for a mentor when a run is resumed.
pub(crate) fn mentor_fingerprint(mentor: &Mentor) -> String {
    let known: Vec<Option<f32>> = mentor.network.parameters().iter().copied().map(Some).collect();
    fingerprint(&known)
}

/// What stands for difficulties when a run is resumed: the same only for the same ones, to the bit.
pub(crate) fn fingerprint(difficulties: &[Option<f32>]) -> String {
    let text: String = difficulties
        .iter()
        .map(|difficulty| difficulty.map_or_else(|| ",".to_owned(), |loss| format!("{:x},", loss.to_bits())))
        .collect();
    format!("{:016x}", sample_key(&text))
}
