//! Counter-based streams of random numbers.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// What random numbers are for. Streams of different purposes are independent, even at the same seed.
///
/// The numbers are part of every seed's meaning: never renumber, only add.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// Initial weights, by position of the parameter.
    InitialWeights = 1,
    /// The order of the training samples, by epoch.
    Order = 2,
    /// Augmentation, by epoch and sample.
    Augmentation = 3,
    /// Dropout, by step and layer.
    Dropout = 4,
    /// Label noise, by sample or class.
    Noise = 5,
    /// The split into training and validation samples.
    Split = 6,
    /// Choices inside a curriculum, by step and sample.
    Curriculum = 7,
    /// Data that are only there to be timed, by data set.
    Benchmark = 8,
    /// Which samples mixup mixes, and how much of each, by step.
    Mixup = 9,
    /// Data that are only there to be drawn, by sample.
    Demonstration = 10,
    /// What a mentor begins with, by position of the part.
    MentorWeights = 11,
    /// Which examples a mentor learns from, and in which order, by pass.
    MentorExamples = 12,
}

/// The random numbers of one seed and purpose, addressed by counters.
///
/// ```
/// use didact_random::{Purpose, Stream};
/// use rand::RngExt;
///
/// let order = Stream::new(0, Purpose::Order);
/// assert_ne!(order.at([1, 0]).random::<u64>(), order.at([2, 0]).random::<u64>());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Stream {
    seed: u64,
    purpose: Purpose,
}

impl Stream {
    /// The stream of `seed` for `purpose`.
    pub fn new(seed: u64, purpose: Purpose) -> Self {
        Self { seed, purpose }
    }

    /// A generator at two counters, such as epoch and sample; independent of the generators at all others.
    ///
    /// The seed, the purpose and both counters together are the 256-bit key of `ChaCha8`, so nothing is hashed and
    /// nothing can collide.
    pub fn at(&self, counters: [u64; 2]) -> ChaCha8Rng {
        let words = [self.seed, self.purpose as u64, counters[0], counters[1]];
        let mut key = [0; 32];
        for (bytes, word) in key.chunks_exact_mut(8).zip(words) {
            bytes.copy_from_slice(&word.to_le_bytes());
        }
        ChaCha8Rng::from_seed(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::RngExt;

    #[test]
    fn seed_purpose_and_both_counters_matter() {
        let draw = |seed, purpose, counters| Stream::new(seed, purpose).at(counters).random::<u64>();
        let one = draw(1, Purpose::Order, [1, 1]);
        assert_eq!(one, draw(1, Purpose::Order, [1, 1]));
        assert_ne!(one, draw(2, Purpose::Order, [1, 1]));
        assert_ne!(one, draw(1, Purpose::Noise, [1, 1]));
        assert_ne!(one, draw(1, Purpose::Order, [2, 1]));
        assert_ne!(one, draw(1, Purpose::Order, [1, 2]));
    }
}
