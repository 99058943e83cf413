//! Linear layers and 1x1 convolutions in `bf16`, by vectors: pixels are the rows of one product.

use std::ops::Range;

use rayon::prelude::*;

use super::shape::Shape;
use super::sum::{PIECES, tree_sum};
use crate::bf16::{Left, Right, Runs, multiply_by_vectors};
use crate::buffer::Buffer;
use crate::product::Start;
use crate::simd::InstructionSet;
use crate::simd::amx::SIDE;

/// Whether each number that is laid out meets enough others.
pub(super) fn fits(shape: Shape) -> bool {
    shape.is_pointwise() && shape.inputs.min(shape.outputs) >= SIDE
}

/// `output = rows of input x weight, + bias`.
pub(super) fn forward(
    set: InstructionSet,
    shape: Shape,
    input: &[f32],
    weight: &[f32],
    bias: Option<&[f32]>,
) -> Buffer {
    let weights = by_columns(shape.outputs, |columns| {
        let lines =
            weight[columns.start * shape.inputs..columns.end * shape.inputs].chunks_exact(shape.inputs);
        Right::new(
            set,
            Runs::OfLines(&lines.collect::<Vec<_>>()),
            [shape.inputs, columns.len()],
        )
    });
    let bias = bias.map(|bias| {
        let mut panels = Buffer::zeros(bias.len().next_multiple_of(SIDE));
        panels[..bias.len()].copy_from_slice(bias);
        panels
    });
    let start_of = |column: usize| {
        let bias = bias.as_ref();
        bias.map_or(Start::Zero, |bias| Start::Bias(bias[column..].as_ptr()))
    };
    let mut output = Buffer::any(shape.output_len());
    rows_by_weights(
        set,
        (input, shape.inputs),
        &weights,
        start_of,
        (&mut output, shape.outputs),
    );
    output
}

/// The gradient with respect to the input, added to `begun` if there is one.
pub(super) fn data_gradient(
    set: InstructionSet,
    shape: Shape,
    output_gradient: &[f32],
    weight: &[f32],
    begun: Option<Buffer>,
) -> Buffer {
    let weights = by_columns(shape.inputs, |columns| {
        let runs = weight.chunks_exact(shape.inputs).map(|run| &run[columns.clone()]);
        Right::new(
            set,
            Runs::OfDepth(&runs.collect::<Vec<_>>()),
            [shape.outputs, columns.len()],
        )
    });
    let start = if begun.is_some() {
        Start::Output
    } else {
        Start::Zero
    };
    let mut gradient = begun.unwrap_or_else(|| Buffer::any(shape.input_len()));
    let rows = (output_gradient, shape.outputs);
    rows_by_weights(set, rows, &weights, |_| start, (&mut gradient, shape.inputs));
    gradient
}

/// Columns that are laid out together, by one thread.
const COLUMNS: usize = 2 * SIDE;

/// The right sides of a product for [`COLUMNS`] columns each.
fn by_columns(columns: usize, lay_out: impl Fn(Range<usize>) -> Right + Sync) -> Vec<Right> {
    (0..columns.div_ceil(COLUMNS))
        .into_par_iter()
        .map(|index| lay_out(index * COLUMNS..columns.min((index + 1) * COLUMNS)))
        .collect()
}

/// `output[row] = start + rows[row] x weights`, where rows have `depth` numbers and columns begin with what `start_of` the first of
/// their group says.
fn rows_by_weights(
    set: InstructionSet,
    (rows, depth): (&[f32], usize),
    weights: &[Right],
    start_of: impl Fn(usize) -> Start + Sync,
    (output, columns): (&mut [f32], usize),
) {
    let part = (output.len() / columns)
        .div_ceil(rayon::current_num_threads())
        .min(MOST_ROWS);
    output
        .par_chunks_mut(part * columns)
        .zip(rows.par_chunks(part * depth))
        .for_each(|(output, rows)| {
            let lines: Vec<_> = rows.chunks_exact(depth).collect();
            let left = Left::new(set, Runs::OfLines(&lines), [lines.len(), depth]);
            for (index, right) in weights.iter().enumerate() {
                let first = index * COLUMNS;
                multiply_by_vectors(
                    set,
                    (&left, right),
                    start_of(first),
                    (&mut output[first..], columns),
                );
            }
        });
}

/// Rows of a part: few enough that they stay in the second cache once they are laid out.
const MOST_ROWS: usize = 448;

/// The gradient with respect to the weights, `[output][input]`: a sum over all rows.
pub(super) fn weight_gradient(
    set: InstructionSet,
    shape: Shape,
    input: &[f32],
    output_gradient: &[f32],
) -> Buffer {
    let rows = input.len() / shape.inputs;
    tree_sum(0..rows, rows.div_ceil(PIECES).next_multiple_of(DEPTH), &|piece| {
        let mut sums = Buffer::zeros(shape.weight_len());
        for first in piece.clone().step_by(DEPTH) {
            let rows = first..(first + DEPTH).min(piece.end);
            let inputs = &input[rows.start * shape.inputs..rows.end * shape.inputs];
            let gradients = &output_gradient[rows.start * shape.outputs..rows.end * shape.outputs];
            add_rows(set, shape, inputs, gradients, &mut sums);
        }
        sums
    })
}

/// Rows that are summed over at once: enough that reading the sums costs little, few enough that both sides stay in the second
/// cache.
const DEPTH: usize = 512;

/// Adds the part of some rows to the sums.
fn add_rows(set: InstructionSet, shape: Shape, inputs: &[f32], gradients: &[f32], sums: &mut [f32]) {
    let runs: Vec<_> = inputs.chunks_exact(shape.inputs).collect();
    let right = Right::new(set, Runs::OfDepth(&runs), [runs.len(), shape.inputs]);
    sums.par_chunks_mut(COLUMNS * shape.inputs)
        .enumerate()
        .for_each(|(index, sums)| {
            let (first, outputs) = (index * COLUMNS, sums.len() / shape.inputs);
            let runs = gradients
                .chunks_exact(shape.outputs)
                .map(|run| &run[first..][..outputs]);
            let runs: Vec<_> = runs.collect();
            let left = Left::new(set, Runs::OfDepth(&runs), [outputs, runs.len()]);
            multiply_by_vectors(set, (&left, &right), Start::Output, (sums, shape.inputs));
        });
}
