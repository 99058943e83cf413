//! To any other class.

use rand::{Rng, RngExt};

use crate::noise_rate::NoiseRate;

/// The given label of one sample: with probability `rate` another class, each equally likely.
///
/// ```text
/// P(given = true) = 1 - R,   P(given = j) = R / (K - 1) for every other j
/// ```
///
/// Source: van Rooyen, Menon and Williamson, 2015, <https://arxiv.org/abs/1505.07634>; drawn sample by sample as in
/// `CurBench`, `curbench/datasets/vision/utils.py`.
pub(super) fn draw(rate: NoiseRate, num_classes: usize, label: u32, random: &mut dyn Rng) -> u32 {
    if random.random::<f64>() < rate.value() {
        another(num_classes, label, random)
    } else {
        label
    }
}

/// A class that is not `label`, each of the others equally likely.
pub(super) fn another(num_classes: usize, label: u32, random: &mut dyn Rng) -> u32 {
    shifted(label, random.random_range(1..num_classes), num_classes)
}

/// The class `shift` places on, going round.
pub(super) fn shifted(label: u32, shift: usize, num_classes: usize) -> u32 {
    ((label as usize + shift) % num_classes) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shifting_goes_round() {
        assert_eq!(shifted(1, 1, 3), 2);
        assert_eq!(shifted(2, 1, 3), 0);
        assert_eq!(shifted(2, 2, 3), 1);
    }
}
