//! How do samples become batches while the network trains?
//!
//! A [`Loader`] goes once over given rows. Worker threads read, normalise and augment ahead of the consumer; which
//! of them made a batch shows neither in its order nor in its bits.

mod config;
mod recipe;
mod workers;

pub use config::LoaderConfig;
pub use recipe::Batch;
pub use workers::Loader;

#[cfg(test)]
mod tests;
