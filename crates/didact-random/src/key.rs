//! From a sample's id to the counter that its randomness is drawn at.

/// A 64-bit number that stands for a sample's id.
///
/// It depends on the id alone, so that a sample keeps its augmentation and noise when others join or leave the
/// data. Two of a million ids share a key with probability 3e-8; they would then share random numbers, nothing
/// worse. The hash is FNV-1a (Fowler, Noll, Vo), written out because it must never change between versions.
///
/// ```
/// assert_eq!(didact_random::sample_key(""), 0xcbf2_9ce4_8422_2325);
/// assert_ne!(didact_random::sample_key("cat/01.png"), didact_random::sample_key("cat/10.png"));
/// ```
pub fn sample_key(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
