//! The convolution itself and the gradient with respect to its input: rows by weights.

use rayon::prelude::*;

use super::{GROUP, by_groups};
use crate::bf16::{Left, Right, Runs, Start, multiply_by_vectors};
use crate::buffer::Buffer;
use crate::convolution::panels::Panels;
use crate::convolution::shape::Shape;
use crate::simd::InstructionSet;
use crate::simd::amx::SIDE;

/// `output = rows of input x weight, + bias`.
pub(in crate::convolution) fn forward(
    set: InstructionSet,
    shape: Shape,
    input: &[f32],
    weight: &[f32],
    bias: Option<&[f32]>,
) -> Buffer {
    let depth = shape.inputs;
    let weights = by_groups(shape.outputs, |columns| {
        let lines = weight[columns.start * depth..columns.end * depth].chunks_exact(depth);
        let lines: Vec<_> = lines.collect();
        Right::new(set, Runs::OfLines(&lines), [depth, columns.len()])
    });
    let panels = Panels::new(set, shape.outputs, depth).with_width(SIDE);
    let bias = bias.map(|bias| panels.of_bias(bias));
    let start_of = |column: usize| match &bias {
        Some(bias) => Start::Bias(&bias[column..]),
        None => Start::Zero,
    };
    let mut output = Buffer::any(shape.output_len());
    let place = (&mut *output, shape.outputs);
    rows_by_weights(set, (input, depth), &weights, start_of, place);
    output
}

/// The gradient with respect to the input, added to `begun` if there is one.
pub(in crate::convolution) fn data_gradient(
    set: InstructionSet,
    shape: Shape,
    output_gradient: &[f32],
    weight: &[f32],
    begun: Option<Buffer>,
) -> Buffer {
    let depth = shape.outputs;
    let weights = by_groups(shape.inputs, |columns| {
        let runs = weight.chunks_exact(shape.inputs).map(|run| &run[columns.clone()]);
        let runs: Vec<_> = runs.collect();
        Right::new(set, Runs::OfDepth(&runs), [depth, columns.len()])
    });
    let start = if begun.is_some() {
        Start::Output
    } else {
        Start::Zero
    };
    let mut gradient = begun.unwrap_or_else(|| Buffer::any(shape.input_len()));
    let place = (&mut *gradient, shape.inputs);
    rows_by_weights(set, (output_gradient, depth), &weights, |_| start, place);
    gradient
}

/// `output[row] = start + rows[row] x weights`, where rows have `depth` numbers, and the columns of a group begin with what
/// `start_of` says of its first.
fn rows_by_weights<'a>(
    set: InstructionSet,
    (rows, depth): (&[f32], usize),
    weights: &[Right],
    start_of: impl Fn(usize) -> Start<'a> + Sync,
    (output, columns): (&mut [f32], usize),
) {
    // Every output is summed in the same order, whatever the size of a part.
    let most = (NUMBERS / depth).clamp(SIDE, MOST_ROWS);
    let part = (output.len() / columns)
        .div_ceil(rayon::current_num_threads())
        .min(most);
    output
        .par_chunks_mut(part * columns)
        .zip(rows.par_chunks(part * depth))
        .for_each(|(output, rows)| {
            let lines: Vec<_> = rows.chunks_exact(depth).collect();
            let left = Left::new(set, Runs::OfLines(&lines), [lines.len(), depth]);
            for (index, right) in weights.iter().enumerate() {
                let first = index * GROUP;
                let place = (&mut output[first..], columns);
                multiply_by_vectors(set, (&left, right), start_of(first), place);
            }
        });
}

/// Rows of a part: enough to use the weights well, few enough to share among threads.
const MOST_ROWS: usize = 448;

/// Numbers of a part, which stay in the second cache once they are laid out: half a megabyte.
const NUMBERS: usize = 1 << 18;
