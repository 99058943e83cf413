//! Layers: each declares its parameters under `PyTorch`'s names and layouts, and maps tensors to tensors.
//!
//! They are thin: the work is done by Burn's operations, so that every device Burn knows runs them.

mod batch_norm;
mod conv2d;
mod dropout;
mod linear;
mod max_pool2d;

pub(crate) use batch_norm::{BatchNorm, BatchNormConfig};
pub use conv2d::Padding;
pub(crate) use conv2d::{Conv2d, Conv2dConfig};
pub(crate) use dropout::Dropout;
pub(crate) use linear::Linear;
pub(crate) use max_pool2d::max_pool2d;
