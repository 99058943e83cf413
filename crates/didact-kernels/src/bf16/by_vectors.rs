//! By vectors, two numbers of the depth at once.

use super::{Left, Right};
use crate::product::{self, Batch, Depth, PairsOfBf16, Product};
use crate::simd::InstructionSet;
use crate::simd::amx::SIDE;

/// What the sums of a product start from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Start<'a> {
    /// Zero.
    Zero,
    /// A number a column, with others after them to the end of the last panel.
    Bias(&'a [f32]),
    /// What is in the output.
    Output,
}

/// `output[row] = start + left[row] x right`, with the step from one row of the output to the next.
///
/// # Panics
///
/// If the sides do not have the same depth, the bias or the output is too short, or the processor does not multiply `bf16`.
pub(crate) fn multiply(
    set: InstructionSet,
    (left, right): (&Left, &Right),
    start: Start<'_>,
    (output, output_row): (&mut [f32], usize),
) {
    assert!(set.multiplies_bf16() && 2 * set.lanes() == SIDE);
    assert!(left.filled == right.filled && output_row >= right.columns);
    assert!(left.row(0).len() >= (left.rows - 1) * left.step + left.filled);
    assert!(right.cells().len() >= right.columns.next_multiple_of(SIDE) * right.depth);
    assert!(output.len() >= (left.rows - 1) * output_row + right.columns);
    let start = match start {
        Start::Zero => product::Start::Zero,
        Start::Bias(bias) => {
            assert!(bias.len() >= right.columns.next_multiple_of(SIDE));
            product::Start::Bias(bias.as_ptr())
        }
        Start::Output => product::Start::Output,
    };
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
        right: right.cells().as_ptr(),
        right_panel: SIDE * right.depth,
        output: output.as_mut_ptr(),
        output_row,
        start,
        batch: Batch::ONE,
    };
    // SAFETY: a panel is two vectors wide, both sides have the same depth, and all rows, panels, bias and output are long enough,
    // as asserted.
    unsafe { product.compute::<PairsOfBf16>(set) };
}
