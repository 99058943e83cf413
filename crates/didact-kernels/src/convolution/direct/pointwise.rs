//! Products of pixels with weights: linear layers, and 1x1 convolutions.

use rayon::prelude::*;

use crate::convolution::panels::Panels;
use crate::product::{Batch, Depth, Plain, Product, Start};
use crate::shared::Shared;
use crate::simd::InstructionSet;

/// The right side of a product.
#[derive(Clone, Copy)]
pub(super) struct Right<'a> {
    pub(super) values: &'a [f32],
    /// From one row, a number of the depth, to the next.
    pub(super) row: usize,
    /// From one panel to the next.
    pub(super) panel: usize,
}

/// `output[row] = rows[row] x weights`, where rows have `depth` numbers and the output `columns`.
///
/// # Panics
///
/// If a slice is too short.
pub(super) fn rows_by_weights(
    set: InstructionSet,
    [depth, columns]: [usize; 2],
    rows: &[f32],
    right: Right<'_>,
    start: Start,
    output: &mut [f32],
) {
    let count = output.len() / columns;
    let panels = columns.div_ceil(2 * set.lanes());
    assert!(rows.len() >= count * depth && depth > 0);
    // The last row of the last panel, in whole vectors.
    let last = (columns - (panels - 1) * 2 * set.lanes()).next_multiple_of(set.lanes());
    assert!(right.values.len() >= (panels - 1) * right.panel + (depth - 1) * right.row + last);
    // Every output is summed in the same order, whatever the size of a part.
    let part = count.div_ceil(rayon::current_num_threads()).min(MOST_ROWS);
    let rows = &rows[..count * depth];
    output
        .par_chunks_mut(part * columns)
        .zip(rows.par_chunks(part * depth))
        .for_each(|(output, rows)| {
            let product = Product {
                rows: output.len() / columns,
                columns,
                depth: Depth {
                    segments: 1,
                    length: depth,
                    step: [1, right.row],
                    segment_step: [0, 0],
                },
                left: rows.as_ptr(),
                left_row: depth,
                right: right.values.as_ptr(),
                right_panel: right.panel,
                output: output.as_mut_ptr(),
                output_row: columns,
                start,
                batch: Batch::ONE,
            };
            // SAFETY: both parts have as many rows as the product, the weights all depths and panels, as asserted.
            unsafe { product.compute::<Plain>(set) };
        });
}

/// `output[r][c] = sum over rows of left[row][r] * right[row][c]`: the gradient of weights `[left_width, right_width]`.
///
/// # Panics
///
/// If the slices do not have as many rows as each other.
pub(super) fn columns_by_columns(
    set: InstructionSet,
    [left_width, right_width]: [usize; 2],
    left: &[f32],
    right: (&[f32], usize),
    output: &mut [f32],
) {
    let (right, right_step) = right;
    let rows = left.len() / left_width;
    assert!(output.len() == left_width * right_width && right.len() >= rows * right_step);
    assert!(right_step >= right_width);
    let lanes = set.lanes();
    assert!(right_step.is_multiple_of(lanes));
    let part = left_width.div_ceil(rayon::current_num_threads()).min(MOST_ROWS);
    let values = Shared::new(output);
    (0..left_width.div_ceil(part)).into_par_iter().for_each(|index| {
        let first = index * part;
        let panels = Panels::new(set, right_width, rows);
        // SAFETY: every part has rows of the output of its own; depths and columns are within the slices, as asserted,
        // and whole vectors of right are within its steps.
        unsafe {
            let product = Product {
                rows: part.min(left_width - first),
                columns: right_width,
                depth: Depth {
                    segments: 1,
                    length: rows,
                    step: [left_width, right_step],
                    segment_step: [0, 0],
                },
                left: left.as_ptr().add(first),
                left_row: 1,
                right: right.as_ptr(),
                right_panel: panels.width,
                output: values.at(first * right_width),
                output_row: right_width,
                start: Start::Zero,
                batch: Batch::ONE,
            };
            product.compute::<Plain>(set);
        }
    });
}

/// Rows of a part: enough to use the weights well, few enough to share among threads.
const MOST_ROWS: usize = 448;
