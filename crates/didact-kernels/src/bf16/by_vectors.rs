//! By vectors, two numbers of the depth at once.

use super::{Left, Right};
use crate::product::{Batch, Depth, PairsOfBf16, Product, Start};
use crate::simd::InstructionSet;
use crate::simd::amx::SIDE;

/// `output[row] = start + left[row] x right`, with the step from one row of the output to the next. A bias has whole panels.
///
/// # Panics
///
/// If the sides do not have the same depth, the output is too short, or the processor does not multiply `bf16`.
pub(crate) fn multiply(
    set: InstructionSet,
    (left, right): (&Left, &Right),
    start: Start,
    (output, output_row): (&mut [f32], usize),
) {
    assert!(set.multiplies_bf16() && 2 * set.lanes() == SIDE);
    assert!(left.depth == right.depth && output_row >= right.columns);
    assert!(output.len() >= (left.rows - 1) * output_row + right.columns);
    let product = Product {
        rows: left.rows,
        columns: right.columns,
        depth: Depth {
            segments: 1,
            length: left.filled,
            step: [1, SIDE],
            segment_step: [0, 0],
        },
        left: left.row(0).as_ptr(),
        left_row: left.step,
        right: right.panel(0).as_ptr(),
        right_panel: SIDE * right.depth,
        output: output.as_mut_ptr(),
        output_row,
        start,
        batch: Batch::ONE,
    };
    // SAFETY: both sides have whole blocks of the same depth, a panel is two vectors wide, the output is long enough, as
    // asserted, and a bias has whole panels.
    unsafe { product.compute::<PairsOfBf16>(set) };
}
