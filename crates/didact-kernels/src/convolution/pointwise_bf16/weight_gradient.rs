//! The gradient with respect to the weights: a sum over all rows.

use std::ops::Range;

use rayon::prelude::*;

use super::{GROUP, by_groups};
use crate::bf16::{Left, Right, Runs, Start, multiply_by_vectors};
use crate::buffer::Buffer;
use crate::convolution::direct::as_weights;
use crate::convolution::shape::Shape;
use crate::convolution::sum::{PIECES, tree_sum};
use crate::simd::InstructionSet;

/// The gradient with respect to the weights, `[output][input]`.
pub(in crate::convolution) fn weight_gradient(
    set: InstructionSet,
    shape: Shape,
    input: &[f32],
    output_gradient: &[f32],
) -> Buffer {
    // The wider side is what threads share out.
    let (input, gradient) = ((input, shape.inputs), (output_gradient, shape.outputs));
    if shape.inputs <= shape.outputs {
        return columns_by_columns(set, gradient, input);
    }
    as_weights(shape, &columns_by_columns(set, input, gradient))
}

/// `sums[l][r] = sum over all rows of left[row][l] * right[row][r]`, of rows of the given widths.
fn columns_by_columns(set: InstructionSet, left: (&[f32], usize), right: (&[f32], usize)) -> Buffer {
    let rows = left.0.len() / left.1;
    let piece = rows.div_ceil(PIECES).next_multiple_of(ROWS_AT_ONCE);
    tree_sum(0..rows, piece, &|piece| {
        let mut sums = Buffer::any(left.1 * right.1);
        let mut start = Start::Zero;
        for first in piece.clone().step_by(ROWS_AT_ONCE) {
            let rows = first..piece.end.min(first + ROWS_AT_ONCE);
            let sides =
                [left, right].map(|(numbers, width)| (&numbers[rows.start * width..rows.end * width], width));
            add_rows(set, sides, start, &mut sums);
            start = Start::Output;
        }
        sums
    })
}

/// Rows that are summed over at once: enough that reading the sums costs little, few enough that a group of each side stays in the
/// second cache.
const ROWS_AT_ONCE: usize = 512;

/// The part of some rows, added to what the sums start from.
fn add_rows(
    set: InstructionSet,
    [(left, left_width), (right, right_width)]: [(&[f32], usize); 2],
    start: Start<'_>,
    sums: &mut [f32],
) {
    let rows = left.len() / left_width;
    let rights = by_groups(right_width, |columns| {
        let runs = of_columns((right, right_width), columns.clone());
        Right::new(set, Runs::OfDepth(&runs), [rows, columns.len()])
    });
    sums.par_chunks_mut(GROUP * right_width)
        .enumerate()
        .for_each(|(index, sums)| {
            let (first, count) = (index * GROUP, sums.len() / right_width);
            let runs = of_columns((left, left_width), first..first + count);
            let left = Left::new(set, Runs::OfDepth(&runs), [count, rows]);
            for (index, right) in rights.iter().enumerate() {
                let place = (&mut sums[index * GROUP..], right_width);
                multiply_by_vectors(set, (&left, right), start, place);
            }
        });
}

/// Some columns of all rows.
fn of_columns((numbers, width): (&[f32], usize), columns: Range<usize>) -> Vec<&[f32]> {
    numbers
        .chunks_exact(width)
        .map(|row| &row[columns.clone()])
        .collect()
}
