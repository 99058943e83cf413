//! Which random number belongs to this seed, purpose and sample?
//!
//! Every random choice in didact is a function of `(seed, purpose, counters)`, never of how many numbers were
//! drawn before it. That is why a run gives the same bits for any number of threads, and why a killed run can
//! resume without saving any generator.
//!
//! ```
//! use didact_random::{Purpose, Stream};
//! use rand::RngExt;
//!
//! let mut first = Stream::new(7, Purpose::Augmentation).at([3, 41]);
//! let mut again = Stream::new(7, Purpose::Augmentation).at([3, 41]);
//! assert_eq!(first.random::<u64>(), again.random::<u64>());
//! ```

mod key;
mod stream;

pub use key::sample_key;
pub use stream::{Purpose, Stream};
