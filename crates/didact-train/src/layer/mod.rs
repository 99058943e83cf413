//! Layers: each declares its parameters under `PyTorch`'s names and layouts, and maps tensors to tensors.
//!
//! They are thin: the work is done by Burn's operations, so that every device Burn knows runs them.

mod batch_norm;
mod conv2d;
mod dropout;
mod linear;
mod max_pool2d;

pub use batch_norm::{BatchNorm, BatchNormConfig};
pub use conv2d::{Conv2d, Conv2dConfig, Padding};
pub use dropout::Dropout;
pub use linear::Linear;
pub use max_pool2d::max_pool2d;
