//! To the next class.

use rand::{Rng, RngExt};

use super::symmetric::shifted;
use crate::noise_rate::NoiseRate;

/// The given label of one sample: with probability `rate` the next class, the first after the last.
///
/// ```text
/// P(given = true) = 1 - R,   P(given = true + 1 mod K) = R
/// ```
///
/// Source: "pair flipping" of Han, Yao, Yu, Niu, Xu, Hu, Tsang and Sugiyama, 2018,
/// <https://arxiv.org/abs/1804.06872>.
pub(super) fn draw(rate: NoiseRate, num_classes: usize, label: u32, random: &mut dyn Rng) -> u32 {
    if random.random::<f64>() < rate.value() {
        shifted(label, 1, num_classes)
    } else {
        label
    }
}
