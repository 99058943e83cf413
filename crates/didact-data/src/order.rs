//! In which order does an epoch see its samples?

use didact_random::{Purpose, Stream};
use rand::RngExt;

/// The rows in the random order of one epoch, a function of the seed and the epoch alone.
///
/// All orders are equally likely (the shuffle of Fisher and Yates).
///
/// ```
/// let order = didact_data::shuffled(&[10, 11, 12, 13], 7, 1);
/// assert_eq!(order, didact_data::shuffled(&[10, 11, 12, 13], 7, 1));
/// ```
pub fn shuffled(rows: &[u32], seed: u64, epoch: u32) -> Vec<u32> {
    let mut generator = Stream::new(seed, Purpose::Order).at([u64::from(epoch), 0]);
    let mut rows = rows.to_vec();
    for last in (1..rows.len()).rev() {
        rows.swap(last, generator.random_range(0..=last));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_stays_exactly_once() {
        let rows: Vec<u32> = (100..200).collect();
        let mut order = shuffled(&rows, 1, 1);
        assert_ne!(order, rows);
        order.sort_unstable();
        assert_eq!(order, rows);
        assert_eq!(shuffled(&[], 1, 1), [0; 0]);
        assert_eq!(shuffled(&[5], 1, 1), [5]);
    }

    #[test]
    fn seed_and_epoch_change_the_order() {
        let rows: Vec<u32> = (0..50).collect();
        assert_ne!(shuffled(&rows, 1, 1), shuffled(&rows, 1, 2));
        assert_ne!(shuffled(&rows, 1, 1), shuffled(&rows, 2, 1));
    }

    /// Orders are part of a seed's meaning: a library update that changes them must show.
    #[test]
    fn the_order_of_a_seed_never_changes() {
        assert_eq!(
            shuffled(&[0, 1, 2, 3, 4, 5, 6, 7], 7, 1),
            [4, 6, 2, 3, 0, 5, 1, 7]
        );
    }

    #[test]
    fn all_orders_of_three_come_up_about_equally_often() {
        let mut seen = std::collections::BTreeMap::new();
        for epoch in 0..6000 {
            *seen.entry(shuffled(&[0, 1, 2], 3, epoch)).or_insert(0) += 1;
        }
        // 1000 each on average with a standard deviation of 29: five of them to either side.
        assert_eq!(seen.len(), 6);
        assert!(seen.values().all(|count| (855..1145).contains(count)), "{seen:?}");
    }
}
