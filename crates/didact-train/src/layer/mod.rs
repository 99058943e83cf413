//! Layers: each declares its parameters under `PyTorch`'s names and layouts, and maps tensors to tensors.
//!
//! They are thin: a [`ConvBlock`] makes one operation of `didact-kernels` of a convolution and all that follows it.
//! Between layers, images lie as `[batch_size, height, width, channels]`; `layout` converts at the edges of a network.

mod batch_norm;
mod conv2d;
mod conv_block;
mod dropout;
mod layout;
mod residual_block;
mod weight_scheme;

pub(crate) use batch_norm::{BatchNorm, BatchNormConfig};
pub(crate) use conv_block::{ConvBlock, MAX_OF_TILES};
pub use conv2d::Padding;
pub(crate) use conv2d::{Bias, Conv2d, Conv2dConfig};
pub(crate) use dropout::Dropout;
pub(crate) use layout::{flattened, images, pixels};
pub(crate) use residual_block::{ResidualBlock, ResidualBlockConfig, convolution, normalized};
pub(crate) use weight_scheme::WeightScheme;
