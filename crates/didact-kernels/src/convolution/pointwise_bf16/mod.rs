//! Linear layers and 1x1 convolutions in `bf16`, by vectors: pixels are the rows of one product.

mod rows;
mod weight_gradient;

pub(super) use rows::{data_gradient, forward};
pub(super) use weight_gradient::weight_gradient;

use std::ops::Range;

use rayon::prelude::*;

use super::shape::Shape;
use crate::bf16::Right;
use crate::simd::amx::SIDE;

/// Whether the channels on both sides are so many that each number that is laid out meets enough others: with 128 all directions are
/// 1.7 to 2 times as fast as in `f32`, with 64 the gradient of the weights gains nothing, with 32 it takes half as long again.
///
/// The rows are not asked for, although with very few of them the gradient with respect to the input loses: a batch that is cut
/// short must be rounded as others are.
pub(super) fn fits(shape: Shape) -> bool {
    shape.is_pointwise() && shape.inputs.min(shape.outputs) >= GROUP
}

/// Channels that are laid out together, by one thread: whole panels.
const GROUP: usize = 2 * SIDE;

/// The right sides of a product, for a [`GROUP`] of columns each.
fn by_groups(columns: usize, lay_out: impl Fn(Range<usize>) -> Right + Sync) -> Vec<Right> {
    (0..columns.div_ceil(GROUP))
        .into_par_iter()
        .map(|index| lay_out(index * GROUP..columns.min((index + 1) * GROUP)))
        .collect()
}
