//! How does a small network run at the speed of the machine?
//!
//! One operation, the [`Block`], is all that a small convolutional network needs between its input and its classes.

#![recursion_limit = "256"]
#![allow(unsafe_code, reason = "this is the crate that `unsafe` is confined to")]

mod block;
mod buffer;
mod convolution;
mod peak;
mod product;
mod shared;
mod simd;
mod tail;
mod update;

pub use block::{
    Activation, Applied, BatchStatistics, Block, Convolution, Normalization, Pooling, Precision, Statistics, fallbacks,
};
pub use convolution::{Algorithm, Direction, Shape};
pub use peak::peak_gflops;
pub use simd::InstructionSet;
pub use update::{AdamStep, Decay, Momentum, SgdStep, adam, sgd};
