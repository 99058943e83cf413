//! The gradient with respect to the weights.

use std::marker::PhantomData;
use std::ops::Range;

use rayon::prelude::*;

use super::block::Tiles;
use super::cells::Cells;
use super::gradient_transform::GradientTransform;
use super::input_transform::InputTransform;
use super::minimal::Minimal;
use super::weights::transform_back;
use crate::block::Precision;
use crate::buffer::Buffer;
use crate::convolution::panels::Panels;
use crate::convolution::shape::Shape;
use crate::convolution::sum::{PIECES, tree_sum};
use crate::product::{Arithmetic, Batch, Depth, PairsOfBf16, Plain, Product, Start};
use crate::simd::{InstructionSet, run};

/// The gradient with respect to the weights, `[output][input][kernel row][kernel column]`.
pub(super) fn weight_gradient<M: Minimal>(
    set: InstructionSet,
    (shape, precision): (Shape, Precision),
    input: &[f32],
    output_gradient: &[f32],
) -> Buffer {
    let tiles = Tiles::new::<M>(shape);
    let block = tiles.block::<M>(shape.inputs + shape.outputs);
    let piece = tiles.count().div_ceil(PIECES).next_multiple_of(block);
    let zeros = Buffer::zeros((shape.width * shape.inputs).max(shape.output_width() * shape.outputs));
    let sums = tree_sum(0..tiles.count(), piece, &|piece| {
        let mut sums = Buffer::zeros(M::POINTS * shape.inputs * shape.outputs);
        for start in piece.clone().step_by(block) {
            let range = start..(start + block).min(piece.end);
            let numbers = [input, output_gradient, &zeros];
            match precision {
                Precision::F32 => {
                    add_block::<M, Plain>(set, (shape, Cells::Plain), (tiles, range), numbers, &mut sums);
                }
                Precision::Bf16 => {
                    let cells = (shape, Cells::PairsOfTiles);
                    add_block::<M, PairsOfBf16>(set, cells, (tiles, range), numbers, &mut sums);
                }
            }
        }
        sums
    });
    as_weights::<M>(shape, &sums)
}

/// Adds the part of some tiles to the sums, `[point][input][output]`.
fn add_block<M: Minimal, A: Arithmetic>(
    set: InstructionSet,
    (shape, cells): (Shape, Cells),
    (tiles, range): (Tiles, Range<usize>),
    [input, gradient, zeros]: [&[f32]; 3],
    sums: &mut [f32],
) {
    let count = range.len();
    let steps = [shape.inputs, shape.outputs].map(|channels| cells.step(count, channels));
    let [mut lefts, mut rights] = steps.map(|step| Buffer::any(M::POINTS * step));
    let left = InputTransform {
        shape,
        tiles,
        range: range.clone(),
        input,
        cells,
        points: &mut lefts,
        zeros,
        algorithm: PhantomData::<M>,
    };
    let right = GradientTransform {
        shape,
        tiles,
        range,
        gradient,
        cells,
        points: &mut rights,
        zeros,
        algorithm: PhantomData::<M>,
    };
    // SAFETY: the transforms check their sizes.
    unsafe {
        run(set, left);
        run(set, right);
    }
    assert!(sums.len() == M::POINTS * shape.inputs * shape.outputs);
    let product = Product {
        rows: shape.inputs,
        columns: shape.outputs,
        depth: Depth {
            segments: 1,
            length: count.div_ceil(A::NUMBERS),
            step: [shape.inputs, shape.outputs],
            segment_step: [0, 0],
        },
        left: lefts.as_ptr(),
        left_row: 1,
        right: rights.as_ptr(),
        right_panel: Panels::new(set, shape.outputs, 0).width,
        output: sums.as_mut_ptr(),
        output_row: shape.outputs,
        start: Start::Output,
        batch: Batch {
            count: M::POINTS,
            steps: [steps[0], steps[1], shape.inputs * shape.outputs],
        },
    };
    // SAFETY: there are steps of both sides for all points and of sums; the right lies in whole vectors.
    unsafe { product.compute::<A>(set) };
}

/// From sums a point to `[output][input][3][3]`.
fn as_weights<M: Minimal>(shape: Shape, sums: &[f32]) -> Buffer {
    let step = shape.inputs * shape.outputs;
    let mut weights = Buffer::any(shape.weight_len());
    // A few outputs at a time, so that what is read and what is written both stay in the first cache.
    weights
        .par_chunks_mut(OUTPUTS * shape.inputs * 9)
        .enumerate()
        .for_each(|(block, weights)| {
            for input in 0..shape.inputs {
                for (output, weights) in weights.chunks_exact_mut(shape.inputs * 9).enumerate() {
                    let place = input * shape.outputs + block * OUTPUTS + output;
                    let kernel = transform_back::<M>(|point| sums[point * step + place]);
                    weights[input * 9..][..9].copy_from_slice(&kernel);
                }
            }
        });
    weights
}

const OUTPUTS: usize = 16;
