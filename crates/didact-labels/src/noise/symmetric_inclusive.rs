//! To any class, the true one too.

use rand::{Rng, RngExt};

use super::symmetric::shifted;
use crate::noise_rate::NoiseRate;

/// The given label of one sample: with probability `rate` drawn anew from all classes.
///
/// ```text
/// P(given = true) = 1 - R + R / K,   P(given = j) = R / K for every other j
/// ```
///
/// so that only `R (1 - 1 / K)` of the labels are wrong.
///
/// Source: the partially corrupted labels of Zhang, Bengio, Hardt, Recht and Vinyals, 2017,
/// <https://arxiv.org/abs/1611.03530>.
pub(super) fn draw(rate: NoiseRate, num_classes: usize, label: u32, random: &mut dyn Rng) -> u32 {
    if random.random::<f64>() < rate.value() {
        shifted(label, random.random_range(0..num_classes), num_classes)
    } else {
        label
    }
}
