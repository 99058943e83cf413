//! How does a small network run at the speed of the machine?
//!
//! One operation, the [`Block`], is all that a small convolutional network needs between its input and its classes:
//!
//! ```text
//! pooling( after( normalization( before( convolution(input) ) ) + residual ) )
//! ```
//!
//! On the processor it runs by the kernels of this crate, forward and backward, as an operation of Burn's autodiff;
//! elsewhere by Burn's own operations. Images lie as `[batch_size, height, width, channels]`. Under everything is one
//! product whose sums stay in registers:
//!
//! ```text
//!                            right: panels of 2 vectors of columns
//!                            k = 0   [ . . | . . ]
//!   left: rows               k = 1   [ . . | . . ]
//!    row 0  [ a a a ... ]                 ▼
//!    row 1  [ a a a ... ]  ──►   tile:  [ + + | + + ]   rows of pixels x output channels,
//!    ...                                [ + + | + + ]   summed over kernel and input channels
//! ```
//!
//! | room | what is in it |
//! |---|---|
//! | `block` | the operation, its way back, and what falls back to Burn |
//! | `convolution` | direct, by Winograd's algorithm, and in `bf16` by vectors or by a unit for matrices |
//! | `tail` | what follows a convolution, fused |
//! | `attention`, `layer_norm`, `weighted_sum` | what a transformer has besides |
//! | `dropout`, `halving_max_pool` | layers of their own |
//! | `operation` | how a kernel and its way back become an operation of Burn |
//! | `product`, `bf16` | the inner loop, and products of matrices that are rounded, by vectors or by a unit for them |
//! | `simd` | vectors of each instruction set |
//! | `update` | optimizer steps in one pass |
//! | `buffer` | memory that is used again |
//!
//! `docs/kernels.md` of the repository explains them. Results do not depend on the number of threads.
//!
//! ```
//! use burn::tensor::{Device, Tensor};
//! use didact_kernels::{Activation, Block, Convolution, Pooling, Precision};
//!
//! let device = Device::flex();
//! let block = Block {
//!     convolution: Some(Convolution {
//!         weight: Tensor::ones([16, 3, 3, 3], &device),
//!         bias: None,
//!         stride: 1,
//!         padding: 1,
//!         precision: Precision::F32,
//!     }),
//!     after: Activation::Relu,
//!     pooling: Some(Pooling::Max { size: 2, stride: 2 }),
//!     ..Block::default()
//! };
//! let images = Tensor::ones([8, 32, 32, 3], &device);
//! let output = block.apply(images).output;
//! assert_eq!(output.dims(), [8, 16, 16, 16]);
//! // Everywhere, a window has a pixel whose 3x3 neighbours are all inside the image: 3 * 3 * 3 ones.
//! assert!(output.into_data().iter::<f32>().all(|value| value == 27.0));
//! ```
//!
//! `unsafe` is confined to this crate: it is the price of vector instructions and of threads that share an output. Every
//! kernel is behind a safe function that checks lengths.

#![recursion_limit = "256"]
#![allow(unsafe_code, reason = "this is the crate that `unsafe` is confined to")]
#![warn(clippy::undocumented_unsafe_blocks)]
#![expect(
    clippy::inline_always,
    reason = "instructions beyond the baseline exist only within functions that enable them"
)]
#![expect(
    clippy::needless_range_loop,
    reason = "loops over constant ranges unroll into registers, iterators over arrays of vectors not always"
)]
#![expect(
    clippy::many_single_char_names,
    reason = "the letters of the published formulas"
)]

mod attention;
#[cfg(target_arch = "x86_64")]
mod bf16;
mod block;
mod buffer;
mod convolution;
mod dropout;
mod halving_max_pool;
mod layer_norm;
mod operation;
mod peak;
mod product;
mod shared;
mod simd;
mod tail;
mod update;
mod weighted_sum;

pub use attention::Attention;
pub use block::{
    Activation, Applied, BatchStatistics, Block, Convolution, InputUse, Normalization, Pooling, Precision,
    Statistics, fallbacks,
};
pub use dropout::Dropout;
pub use halving_max_pool::{halving_max_pool, halving_max_pool_stock};
pub use layer_norm::LayerNorm;
pub use peak::peak_gflops;
pub use simd::InstructionSet;
pub use update::{AdamStep, Decay, Momentum, SgdStep, adam, sgd};
pub use weighted_sum::{weighted_sum, weighted_sum_stock};
