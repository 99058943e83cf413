//! Which samples validate instead of train?

use std::collections::BTreeMap;

use didact_random::{Purpose, Stream};
use rand::RngExt;
use serde::{Deserialize, Serialize};

use crate::error::DataError;

/// The share of the samples that validate, in `(0, 1)`.
///
/// ```
/// use didact_data::SplitFraction;
///
/// assert_eq!(SplitFraction::new(0.1)?.get(), 0.1);
/// assert!(SplitFraction::new(1.0).is_err());
/// # Ok::<(), didact_data::DataError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct SplitFraction(f64);

impl SplitFraction {
    /// This share.
    ///
    /// # Errors
    ///
    /// [`DataError::OutOfRange`] if it is not in `(0, 1)`.
    pub fn new(fraction: f64) -> Result<Self, DataError> {
        if fraction > 0.0 && fraction < 1.0 {
            Ok(Self(fraction))
        } else {
            let (what, expected) = ("validation fraction", "in (0, 1)".into());
            Err(DataError::OutOfRange {
                what,
                expected,
                found: fraction.to_string(),
            })
        }
    }

    /// The share as a number.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for SplitFraction {
    type Error = DataError;

    fn try_from(fraction: f64) -> Result<Self, DataError> {
        Self::new(fraction)
    }
}

impl From<SplitFraction> for f64 {
    fn from(fraction: SplitFraction) -> Self {
        fraction.0
    }
}

/// Row numbers of the two parts of a data set, each ascending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The samples to train on.
    pub training: Vec<u32>,
    /// The samples to validate with.
    pub validation: Vec<u32>,
}

/// Parts samples at random, the same share of every class as far as whole samples go. Samples without a label cannot
/// validate: all of them are training samples, and none counts in what follows.
///
/// The rule, which never changes:
/// 1. Only classes with two samples or more are divided; together they have `n` samples. `round(fraction · n)` of
///    these validate, yet every class keeps one for training.
/// 2. A class of `m` samples gives `floor(fraction · m)`; what is missing then comes one each from the classes that
///    lost the largest remainder by this, at equal remainders from the one with the smaller label.
/// 3. Each sample draws a number from its key and the seed alone; the smallest numbers of a class validate. So few
///    samples change sides when others join or leave the data.
///
/// # Shapes
///
/// - `given_labels`, `keys`: `[num_samples]`; labels and keys as of [`Dataset`](crate::Dataset)
///
/// # Errors
///
/// [`DataError::EmptyValidation`] if the data is too small for a single validation sample.
///
/// # Panics
///
/// If there are not as many keys as labels.
///
/// # Example
///
/// ```
/// use didact_data::{SplitFraction, stratified_split};
///
/// let labels = [[Some(0); 8].as_slice(), &[Some(1); 4], &[None; 2]].concat();
/// let keys: Vec<u64> = (0..14).collect();
/// let split = stratified_split(&labels, &keys, SplitFraction::new(0.25)?, 7)?;
/// assert_eq!(split.training.len(), 9 + 2);
/// assert_eq!(split.validation.iter().filter(|row| **row < 8).count(), 2);
/// # Ok::<(), didact_data::DataError>(())
/// ```
pub fn stratified_split(
    given_labels: &[Option<u32>],
    keys: &[u64],
    fraction: SplitFraction,
    seed: u64,
) -> Result<Split, DataError> {
    assert_eq!(given_labels.len(), keys.len(), "one key for each label");
    let draws = Stream::new(seed, Purpose::Split);
    let mut classes: BTreeMap<u32, Vec<(u64, u32)>> = BTreeMap::new();
    let mut split = Split {
        training: Vec::new(),
        validation: Vec::new(),
    };
    for ((row, label), key) in (0..).zip(given_labels).zip(keys) {
        match label {
            Some(label) => classes
                .entry(*label)
                .or_default()
                .push((draws.at([0, *key]).random(), row)),
            None => split.training.push(row),
        }
    }
    let sizes: Vec<usize> = classes.values().map(Vec::len).collect();
    for (class, quota) in classes.values_mut().zip(quotas(&sizes, fraction)) {
        class.sort_unstable();
        let (validation, training) = class.split_at(quota);
        split.validation.extend(validation.iter().map(|(_, row)| row));
        split.training.extend(training.iter().map(|(_, row)| row));
    }
    split.training.sort_unstable();
    split.validation.sort_unstable();
    if split.validation.is_empty() {
        return Err(DataError::EmptyValidation {
            samples: keys.len(),
            fraction: fraction.get(),
        });
    }
    Ok(split)
}

/// How many samples of each class validate, from the sizes of the classes: steps 1 and 2 of the rule.
fn quotas(sizes: &[usize], fraction: SplitFraction) -> Vec<usize> {
    let most = |size: usize| size.saturating_sub(1);
    let share = |size: usize| {
        if size < 2 {
            0.0
        } else {
            fraction.get() * size as f64
        }
    };
    let divided: usize = sizes.iter().filter(|size| **size >= 2).sum();
    let total =
        ((fraction.get() * divided as f64).round() as usize).min(sizes.iter().map(|size| most(*size)).sum());

    let mut quotas: Vec<usize> = sizes
        .iter()
        .map(|size| (share(*size) as usize).min(most(*size)))
        .collect();
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    // A stable sort, so that the smaller label comes first among equals.
    order.sort_by(|one, other| {
        share(sizes[*other])
            .fract()
            .total_cmp(&share(sizes[*one]).fract())
    });
    let mut missing = total.saturating_sub(quotas.iter().sum());
    while missing > 0 {
        for class in &order {
            if missing > 0 && quotas[*class] < most(sizes[*class]) {
                quotas[*class] += 1;
                missing -= 1;
            }
        }
    }
    quotas
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fraction(value: f64) -> SplitFraction {
        SplitFraction::new(value).unwrap()
    }

    #[test]
    fn sizes_follow_the_largest_remainders() {
        assert_eq!(quotas(&[10, 10, 10], fraction(0.1)), [1, 1, 1]);
        // Shares 1.25, 1.75, 2.0; 5 in all: the 1.75 gets the missing one.
        assert_eq!(quotas(&[5, 7, 8], fraction(0.25)), [1, 2, 2]);
        // Equal remainders: the smaller label.
        assert_eq!(quotas(&[5, 5, 5], fraction(0.5)), [3, 3, 2]);
    }

    #[test]
    fn every_class_keeps_a_training_sample() {
        assert_eq!(quotas(&[1, 2, 100], fraction(0.99)), [0, 1, 99]);
        assert_eq!(quotas(&[2, 2, 2], fraction(0.9)), [1, 1, 1]);
        assert_eq!(quotas(&[1, 1, 10], fraction(0.5)), [0, 0, 5]);
    }

    #[test]
    fn a_fraction_outside_its_range_is_refused() {
        for wrong in [0.0, 1.0, -0.1, 1.4, f64::NAN] {
            assert!(SplitFraction::new(wrong).is_err(), "{wrong}");
        }
        let error = SplitFraction::new(1.4).unwrap_err();
        assert_eq!(
            error.to_string(),
            "validation fraction is 1.4, expected a value in (0, 1)"
        );
    }

    #[test]
    fn data_too_small_for_validation_is_refused() {
        let error = stratified_split(&[0, 0, 1, 2].map(Some), &[1, 2, 3, 4], fraction(0.1), 1).unwrap_err();
        assert!(
            matches!(error, DataError::EmptyValidation { samples: 4, .. }),
            "{error}"
        );
    }

    #[test]
    fn the_seed_chooses_and_the_row_number_does_not() {
        let labels = [Some(0); 40];
        let keys: Vec<u64> = (0..40).map(|row| row * 7919).collect();
        let split = |keys: &[u64], seed| {
            stratified_split(&labels, keys, fraction(0.5), seed)
                .unwrap()
                .validation
        };
        assert_ne!(split(&keys, 1), split(&keys, 2));
        let reversed: Vec<u64> = keys.iter().rev().copied().collect();
        let mirrored: Vec<u32> = split(&reversed, 1).iter().rev().map(|row| 39 - row).collect();
        assert_eq!(split(&keys, 1), mirrored);
    }

    /// Splits are part of a seed's meaning: a library update that changes them must show.
    #[test]
    fn the_split_of_a_seed_never_changes() {
        let keys: Vec<u64> = (0..12).collect();
        let labels = [Some(0), Some(1)].repeat(6);
        let split = stratified_split(&labels, &keys, fraction(0.3), 7).unwrap();
        assert_eq!(split.validation, [0, 1, 4, 7]);
    }

    #[test]
    fn samples_without_a_label_train_and_change_nothing_for_the_others() {
        let keys: Vec<u64> = (0..15).collect();
        let labels = [[Some(0), Some(1)].repeat(6), vec![None; 3]].concat();
        let split = stratified_split(&labels, &keys, fraction(0.3), 7).unwrap();
        assert_eq!(split.validation, [0, 1, 4, 7]);
        assert_eq!(split.training, [2, 3, 5, 6, 8, 9, 10, 11, 12, 13, 14]);
        let error = stratified_split(&[None; 15], &keys, fraction(0.3), 7).unwrap_err();
        assert!(matches!(error, DataError::EmptyValidation { .. }), "{error}");
    }

    proptest! {
        #[test]
        fn a_split_is_exact_disjoint_and_stratified(
            labels in prop::collection::vec(0..6_u32, 8..200),
            share in 0.05..0.95,
            seed: u64,
        ) {
            let keys: Vec<u64> = (0..labels.len() as u64).collect();
            let given: Vec<Option<u32>> = labels.iter().copied().map(Some).collect();
            let Ok(split) = stratified_split(&given, &keys, fraction(share), seed) else { return Ok(()) };
            prop_assert!(split.training.is_sorted() && split.validation.is_sorted());
            let mut all = [split.training.clone(), split.validation.clone()].concat();
            all.sort_unstable();
            prop_assert_eq!(all, (0..labels.len() as u32).collect::<Vec<_>>());
            let count = |rows: &[u32], class: u32| rows.iter().filter(|row| labels[**row as usize] == class).count();
            let size_of = |class| labels.iter().filter(|label| **label == class).count();
            let divided: usize = (0..6).map(size_of).filter(|size| *size >= 2).sum();
            // A class that must keep one for training leaves more to others than their share.
            let capped = (0..6).map(size_of).any(|size| size > 0 && share * size as f64 > size as f64 - 1.0);
            for class in 0..6 {
                let (validation, size) = (count(&split.validation, class), size_of(class));
                prop_assert!(size == 0 || validation < size);
                prop_assert!(size < 2 || capped || (validation as f64 - share * size as f64).abs() <= 1.0);
            }
            let exact = (share * f64::from(divided as u32)).round() as usize;
            prop_assert!(split.validation.len() == exact || (capped && split.validation.len() < exact));
        }
    }
}
