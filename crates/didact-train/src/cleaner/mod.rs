//! The label cleaner: a network that says what the true label of a sample is, from what an image network sees in it and from
//! the label it was given. It learns from samples whose labels someone checked.
//!
//! | file | what it holds |
//! |---|---|
//! | `config` | what can be set, and the variants |
//! | `head` | the network on top of the features |
//! | `objective` | what is learnt, and how an answer is read as probabilities |
//! | `encoder` | where features come from |
//! | `frozen_features`, `shared_encoder` | computed once; by an image network that learns along |
//! | `learning_parameters` | parameters and the optimizer that changes them, of either network |
//! | `lessons` | what it learns from, and who hears of it |
//! | `label_cleaner` | the cleaner, and asking it |
//! | `training` | the loop, which keeps the best epoch |
//! | `checkpoint` | what it needs to go on |

mod checkpoint;
mod config;
mod encoder;
mod frozen_features;
mod head;
mod label_cleaner;
mod learning_parameters;
mod lessons;
mod objective;
mod shared_encoder;
mod training;

pub use config::{CleanerVariant, NetworkCleanerConfig};
pub use encoder::Encoder;
pub use frozen_features::FrozenFeatures;
pub use label_cleaner::LabelCleaner;
pub use lessons::{CheckedLabel, CleanerLessons, CleanerWatch};
pub use shared_encoder::SharedEncoder;

#[cfg(test)]
mod tests;
