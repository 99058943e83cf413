//! SPADE: weights that are remembered, and moved a step at a time.

mod config;
mod curriculum;

pub(crate) use config::ENTRY;
pub use config::SpadeConfig;
pub use curriculum::Spade;
