//! Who is answered by which model, where every model leaves a part out.

use std::collections::BTreeMap;

use didact_random::{Purpose, Stream};
use rand::RngExt;
use serde::{Deserialize, Serialize};

/// Apart from the draws of other splits.
const FOLDS: u64 = 2;

/// Number of folds, at least 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Folds(u32);

impl Folds {
    /// The number.
    pub fn count(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Folds {
    type Error = String;

    fn try_from(count: u32) -> Result<Self, String> {
        if count >= 2 {
            Ok(Self(count))
        } else {
            Err(format!("{count} is not at least 2"))
        }
    }
}

impl From<Folds> for u32 {
    fn from(folds: Folds) -> Self {
        folds.0
    }
}

/// The fold of each of some samples, in `0..folds`: of every label, as nearly as many in each fold as can be. Who shares a fold
/// depends on keys and seed alone.
///
/// # Shapes
///
/// - `labels`, `keys`: `[num_samples]`; those without a label are a class of their own
///
/// # Panics
///
/// If there are not as many keys as labels.
///
/// ```
/// use didact_clean::{Folds, fold_of_each};
///
/// let folds = fold_of_each(&[Some(0); 6], &[1, 2, 3, 4, 5, 6], Folds::try_from(3)?, 7);
/// assert_eq!((0..3).map(|fold| folds.iter().filter(|&&of| of == fold).count()).max(), Some(2));
/// # Ok::<(), String>(())
/// ```
pub fn fold_of_each(labels: &[Option<u32>], keys: &[u64], folds: Folds, seed: u64) -> Vec<u32> {
    assert_eq!(labels.len(), keys.len(), "one key for each label");
    let draws = Stream::new(seed, Purpose::Split);
    let mut classes: BTreeMap<Option<u32>, Vec<(u64, usize)>> = BTreeMap::new();
    for (sample, (label, key)) in labels.iter().zip(keys).enumerate() {
        let drawn = draws.at([FOLDS, *key]).random();
        classes.entry(*label).or_default().push((drawn, sample));
    }
    let mut fold_of = vec![0; labels.len()];
    let mut next = 0;
    for class in classes.values_mut() {
        class.sort_unstable();
        for (_, sample) in class {
            fold_of[*sample] = next % folds.count();
            next += 1;
        }
    }
    fold_of
}
