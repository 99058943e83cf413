//! Optimizer steps in one pass over memory.
//!
//! By tensor operations a step of Adam reads and writes its numbers some ten times. These functions take tensors on the
//! processor; elsewhere they do nothing and say so, and the caller composes the step of Burn's operations.

mod adam;
mod host;
mod sgd;

pub use adam::{AdamStep, Decay, adam};
pub use sgd::{Momentum, SgdStep, sgd};
