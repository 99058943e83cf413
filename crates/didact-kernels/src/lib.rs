//! How does a small network run at the speed of the machine?
//!
//! One operation, the [`Block`], is all that a small convolutional network needs between its input and its classes.

#![recursion_limit = "256"]

mod block;

pub use block::{
    Activation, Applied, BatchStatistics, Block, Convolution, Normalization, Pooling, Precision, Statistics,
};
