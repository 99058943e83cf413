//! How does a small network run at the speed of the machine?
//!
//! One operation, the [`Block`], is all that a small convolutional network needs between its input and its classes.

#![recursion_limit = "256"]
#![allow(unsafe_code, reason = "this is the crate that `unsafe` is confined to")]

mod block;
mod buffer;
mod convolution;
mod product;
mod shared;
mod simd;
mod tail;

pub use block::{
    Activation, Applied, BatchStatistics, Block, Convolution, Normalization, Pooling, Precision, Statistics,
};
pub use convolution::{Algorithm, Direction, Shape};
pub use simd::InstructionSet;
