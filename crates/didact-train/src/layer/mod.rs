//! Layers: each declares its parameters under `PyTorch`'s names and layouts, and maps tensors to tensors.
//!
//! They are thin: a [`ConvBlock`] makes one operation of `didact-kernels` of a convolution and all that follows it.
//! Between layers, images lie as `[batch_size, height, width, channels]`; `layout` converts at the edges of a network.
//! Tokens are the pixels of an image of one row, `[batch_size, 1, tokens, width]`, so that a linear layer on each of them
//! is a convolution like any other.

mod attention;
mod batch_norm;
mod conv2d;
mod conv_block;
mod dropout;
mod layer_norm;
mod layout;
mod residual_block;
mod sequence_pooling;
mod stochastic_depth;
mod transformer_layer;
mod weight_scheme;

pub(crate) use attention::AttentionConfig;
pub(crate) use batch_norm::{BatchNorm, BatchNormConfig};
pub(crate) use conv_block::{ConvBlock, MAX_OF_TILES};
pub use conv2d::Padding;
pub(crate) use conv2d::{Bias, Conv2d, Conv2dConfig};
pub(crate) use dropout::Dropout;
pub(crate) use layer_norm::LayerNorm;
pub(crate) use layout::{flattened, images, pixels};
pub(crate) use residual_block::{ResidualBlock, ResidualBlockConfig, convolution, normalized};
pub(crate) use sequence_pooling::SequencePooling;
pub(crate) use transformer_layer::{TransformerLayer, TransformerLayerConfig};
pub(crate) use weight_scheme::WeightScheme;
