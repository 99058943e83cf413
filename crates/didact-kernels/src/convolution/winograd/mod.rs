//! Winograd's convolution: 3x3 kernels at stride 1 with fewer multiplications, for tiles of 2x2 outputs 16 where the
//! definition takes 36, for tiles of 4x4 outputs 36 where it takes 144.
//!
//! Lavin and Gray, 2015, "Fast Algorithms for Convolutional Neural Networks". With tiles of 2x2 pixels of the output, each
//! of which sees 4x4 pixels of the input:
//!
//! ```text
//!   input tile d       V = B'd B                                   M = sum over inputs of U * V     output tile
//!   4x4 pixels   ──►   4x4 numbers   ──►   16 matrix products  ──►  4x4 numbers                ──►  A'M A, 2x2 pixels
//!                      a channel           [tiles x inputs] x
//!   kernel g     ──►   U = G g G'    ──►   [inputs x outputs]
//!   3x3                4x4 numbers
//! ```
//!
//! The maps around the products magnify rounding errors a little; the relative error stays below 1e-5. Tiles go through
//! all three stages in blocks that the processor's second cache holds.
//!
//! The gradient with respect to the input is the same convolution with the kernel turned around. That with respect to
//! the weights is the adjoint of the above: `G' (sum over tiles of V * (A dY A')) G`.

mod block;
mod cells;
mod data_gradient;
mod forward;
mod gradient_transform;
mod input_transform;
mod minimal;
mod output_transform;
mod weight_gradient;
mod weights;

use crate::block::Precision;
use crate::buffer::Buffer;
use crate::convolution::shape::Shape;
use crate::simd::InstructionSet;
#[cfg(target_arch = "x86_64")]
pub(super) use weights::in_pairs;

use minimal::{FourByFour, TwoByTwo};

/// How many outputs a tile has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TileSize {
    /// F(2 x 2, 3 x 3).
    Two,
    /// F(4 x 4, 3 x 3).
    Four,
}

/// `output = convolution of input by weight, + bias`.
pub(super) fn forward(
    set: InstructionSet,
    size: TileSize,
    shape: (Shape, Precision),
    input: &[f32],
    weight: &[f32],
    bias: Option<&[f32]>,
) -> Buffer {
    match size {
        TileSize::Two => forward::forward::<TwoByTwo>(set, shape, input, weight, bias),
        TileSize::Four => forward::forward::<FourByFour>(set, shape, input, weight, bias),
    }
}

/// The gradient with respect to the input, added to `begun` if there is one. The padding is at most 2.
pub(super) fn data_gradient(
    set: InstructionSet,
    size: TileSize,
    shape: (Shape, Precision),
    output_gradient: &[f32],
    weight: &[f32],
    begun: Option<Buffer>,
) -> Buffer {
    match size {
        TileSize::Two => data_gradient::data_gradient::<TwoByTwo>(set, shape, output_gradient, weight, begun),
        TileSize::Four => {
            data_gradient::data_gradient::<FourByFour>(set, shape, output_gradient, weight, begun)
        }
    }
}

/// The gradient with respect to the weights.
pub(super) fn weight_gradient(
    set: InstructionSet,
    size: TileSize,
    shape: (Shape, Precision),
    input: &[f32],
    output_gradient: &[f32],
) -> Buffer {
    match size {
        TileSize::Two => weight_gradient::weight_gradient::<TwoByTwo>(set, shape, input, output_gradient),
        TileSize::Four => weight_gradient::weight_gradient::<FourByFour>(set, shape, input, output_gradient),
    }
}
