//! Winograd's convolution: 3x3 kernels at stride 1 with 16 multiplications where the definition takes 36.
//!
//! Lavin and Gray, 2015, "Fast Algorithms for Convolutional Neural Networks", F(2x2, 3x3). The output is cut into tiles
//! of 2x2 pixels, each of which sees 4x4 pixels of the input:
//!
//! ```text
//!   input tile d       V = B'd B                                   M = sum over inputs of U * V     output tile
//!   4x4 pixels   ──►   4x4 numbers   ──►   16 matrix products  ──►  4x4 numbers                ──►  A'M A, 2x2 pixels
//!                      a channel           [tiles x inputs] x
//!   kernel g     ──►   U = G g G'    ──►   [inputs x outputs]
//!   3x3                4x4 numbers
//! ```
//!
//! Only additions and halvings surround the products, so little is lost: the relative error stays below 1e-5. Tiles go
//! through all three stages in blocks that the processor's second cache holds.
//!
//! The gradient with respect to the input is the same convolution with the kernel turned around. That with respect to
//! the weights is the adjoint of the above: `G' (sum over tiles of V * (A dY A')) G`.

mod block;
mod cells;
mod data_gradient;
mod forward;
mod gradient_transform;
mod input_transform;
mod output_transform;
mod weight_gradient;
mod weights;

pub(super) use data_gradient::data_gradient;
pub(super) use forward::forward;
pub(super) use weight_gradient::weight_gradient;

/// Numbers in a transformed tile.
const POINTS: usize = 16;
