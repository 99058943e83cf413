//! What follows a convolution, fused: `output = pooling(after(scale * before(input) + shift + residual))`.
//!
//! Nothing between input and output is stored. The way back reads the input again and repeats what it needs, which
//! costs arithmetic that is at hand and saves passes over memory that are not.

mod activation;
mod affine;
mod apply;
mod average;
mod gradient;
mod max_pool;
mod slope;
mod statistics;
mod sums;

pub(crate) use affine::Moments;
pub(crate) use apply::{activate, apply};
pub(crate) use average::{AveragePool, average, spread};
pub(crate) use gradient::{Before, Sums, gradient};
pub(crate) use max_pool::{MaxPool, max_pool, max_pool_gradient};
pub(crate) use slope::{Normalized, Origin, ScaleAndShift};
pub(crate) use statistics::moments;
pub(crate) use sums::{add_up, column_sums, images_together};

use crate::block::Activation;

/// The functions of a tail.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Functions {
    /// Before the affine map.
    pub(crate) before: Activation,
    /// After the addition of the residual.
    pub(crate) after: Activation,
}

/// Pixels that go through together: enough to keep sums in registers, few enough for the first cache.
const PIXELS: usize = 32;
