//! How a loader works.

use std::num::NonZeroUsize;

use crate::augmentation::Augmentation;
use crate::normalization::Normalization;

/// How to turn rows into batches during one epoch.
#[derive(Clone, Debug)]
pub struct LoaderConfig {
    /// Samples a batch. The last batch of an epoch holds what is left and may be smaller.
    pub batch_size: NonZeroUsize,
    /// What happens to every sample first.
    pub normalization: Normalization,
    /// What happens to it then, at random.
    pub augmentation: Augmentation,
    /// The seed of the augmentation.
    pub seed: u64,
    /// The epoch, which like the seed and the sample's id decides how it is augmented.
    pub epoch: u32,
    /// The first batch to make, above 0 to go on within an epoch.
    pub first_batch: usize,
    /// How many threads work beside the consumer. No result depends on it.
    pub workers: NonZeroUsize,
}
