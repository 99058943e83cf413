//! The label cleaner: a network that says what the true label of a sample is, from what an image network sees in it and from
//! the label it was given. It learns from samples whose labels someone checked.
//!
//! | file | what it holds |
//! |---|---|
//! | `config` | what can be set, and the variants |
//! | `head` | the network on top of the features |
//! | `objective` | what is learnt, and how an answer is read as probabilities |
//! | `encoder` | where features come from: computed once, or by an image network that learns along |
//! | `training` | the loop, which keeps the best epoch |

mod config;
mod encoder;
mod head;
mod objective;
mod training;

pub use config::{CleanerVariant, NetworkCleanerConfig};
pub use encoder::{Encoder, FrozenFeatures, SharedEncoder};
pub use training::{CheckedLabel, CleanerLessons, LabelCleaner};
