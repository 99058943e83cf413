//! Samples that fit, in two halves, each judged by a cleaner that has not seen it.

use std::collections::BTreeMap;

use didact_random::{Purpose, Stream};
use didact_train::CheckedLabel;
use rand::RngExt;

/// Apart from the draws of other splits.
const HALVES: u64 = 3;

/// Divides checked samples into two halves, each with half of every fold, by folds, keys and seed; each ascends. The spare samples of
/// odd folds go to both halves in turn.
///
/// `fold_of` and `keys` are those of all samples; without folds `fold_of` is empty.
pub(super) fn halves(
    fit: &[CheckedLabel],
    fold_of: &[u32],
    keys: &[u64],
    seed: u64,
) -> [Vec<CheckedLabel>; 2] {
    let draws = Stream::new(seed, Purpose::Split);
    let mut folds: BTreeMap<Option<u32>, Vec<(u64, CheckedLabel)>> = BTreeMap::new();
    for &checked in fit {
        let row = checked.row as usize;
        let number = draws.at([HALVES, keys[row]]).random();
        let fold = fold_of.get(row).copied();
        folds.entry(fold).or_default().push((number, checked));
    }
    let mut both = [Vec::new(), Vec::new()];
    let mut before = 0;
    for mut drawn in folds.into_values() {
        drawn.sort_unstable_by_key(|(number, checked)| (*number, checked.row));
        let first = usize::midpoint(before, drawn.len()) - before / 2;
        before += drawn.len();
        for (position, (_, checked)) in drawn.into_iter().enumerate() {
            both[usize::from(position >= first)].push(checked);
        }
    }
    for half in &mut both {
        half.sort_unstable_by_key(|checked| checked.row);
    }
    both
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_in_one_half() {
        let fit: Vec<CheckedLabel> = (0..9)
            .map(|row| CheckedLabel {
                row: 2 * row,
                label: 0,
            })
            .collect();
        let keys: Vec<u64> = (0..20).collect();
        let [first, second] = halves(&fit, &[], &keys, 3);
        assert_eq!((first.len(), second.len()), (4, 5));
        let mut all = [first, second].concat();
        all.sort_unstable_by_key(|checked| checked.row);
        assert_eq!(all, fit);
    }

    /// A cleaner of a fold learns from its samples of one half: there are half of them, whatever was drawn.
    #[test]
    fn every_fold_is_halved() {
        let fit: Vec<CheckedLabel> = (0..40).map(|row| CheckedLabel { row, label: 0 }).collect();
        let keys: Vec<u64> = (0..40).collect();
        let fold_of: Vec<u32> = (0..40).map(|row| u32::from(row >= 30)).collect();
        for seed in 0..20 {
            for half in halves(&fit, &fold_of, &keys, seed) {
                let in_first = half.iter().filter(|checked| checked.row < 30).count();
                assert_eq!((half.len(), in_first), (20, 15), "seed {seed}");
            }
        }
    }

    /// Or a half would be empty where each fold has one sample.
    #[test]
    fn spare_samples_go_to_both_halves() {
        let fit: Vec<CheckedLabel> = (0..6).map(|row| CheckedLabel { row, label: 0 }).collect();
        let keys: Vec<u64> = (0..6).collect();
        for fold_of in [[0, 1, 2, 3, 4, 5], [0, 0, 0, 1, 1, 1]] {
            assert_eq!(halves(&fit, &fold_of, &keys, 3).map(|half| half.len()), [3, 3]);
        }
    }
}
