//! Samples that fit, in two halves, each judged by a cleaner that has not seen it.

use didact_random::{Purpose, Stream};
use didact_train::CheckedLabel;
use rand::RngExt;

/// Apart from the draws of other splits.
const HALVES: u64 = 3;

/// Divides checked samples into two halves, by keys and seed alone; each ascends.
pub(super) fn halves(fit: &[CheckedLabel], keys: &[u64], seed: u64) -> [Vec<CheckedLabel>; 2] {
    let draws = Stream::new(seed, Purpose::Split);
    let mut drawn: Vec<(u64, CheckedLabel)> = fit
        .iter()
        .map(|&checked| (draws.at([HALVES, keys[checked.row as usize]]).random(), checked))
        .collect();
    drawn.sort_unstable_by_key(|(number, checked)| (*number, checked.row));
    let second = drawn.split_off(drawn.len() / 2);
    [drawn, second].map(|half| {
        let mut half: Vec<CheckedLabel> = half.into_iter().map(|(_, checked)| checked).collect();
        half.sort_unstable_by_key(|checked| checked.row);
        half
    })
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
        let [first, second] = halves(&fit, &keys, 3);
        assert_eq!((first.len(), second.len()), (4, 5));
        let mut all = [first, second].concat();
        all.sort_unstable_by_key(|checked| checked.row);
        assert_eq!(all, fit);
    }
}
