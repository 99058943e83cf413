//! The convolution itself.

use std::marker::PhantomData;

use rayon::prelude::*;

use super::block::Tiles;
use super::cells::Cells;
use super::input_transform::InputTransform;
use super::minimal::Minimal;
use super::output_transform::{Addend, OutputTransform};
use super::weights::{Turn, in_pairs, transformed};
use crate::block::Precision;
use crate::buffer::Buffer;
use crate::convolution::panels::Panels;
use crate::convolution::shape::Shape;
use crate::product::{self, Arithmetic, Batch, Depth, PairsOfBf16, Plain, Product};
use crate::shared::Shared;
use crate::simd::{InstructionSet, run};

/// `output = convolution of input by weight, + bias`.
pub(super) fn forward<M: Minimal>(
    set: InstructionSet,
    (shape, precision): (Shape, Precision),
    input: &[f32],
    weight: &[f32],
    bias: Option<&[f32]>,
) -> Buffer {
    let panels = Panels::new(set, shape.outputs, shape.inputs);
    let kernel = |input: usize, output: usize| (output * shape.inputs + input) * 9;
    let weights = transformed::<M>(panels, Turn::None, kernel, shape.outputs, weight);
    convolve::<M>(
        set,
        (shape, precision),
        input,
        (weights, panels),
        Start::Bias(bias),
    )
}

/// What the products are added to.
pub(super) enum Start<'a> {
    /// A number a channel, or nothing.
    Bias(Option<&'a [f32]>),
    /// An output that was begun.
    Output(Buffer),
}

/// The convolution by transformed weights.
pub(super) fn convolve<M: Minimal>(
    set: InstructionSet,
    (shape, precision): (Shape, Precision),
    input: &[f32],
    (weights, panels): (Buffer, Panels),
    start: Start<'_>,
) -> Buffer {
    match precision {
        Precision::F32 => by_blocks::<M, Plain>(set, (shape, Cells::Plain), input, (&weights, panels), start),
        Precision::Bf16 => {
            let (weights, panels) = in_pairs(&weights, panels);
            by_blocks::<M, PairsOfBf16>(
                set,
                (shape, Cells::PairsOfChannels),
                input,
                (&weights, panels),
                start,
            )
        }
    }
}

/// Takes tiles through all three stages, block by block.
fn by_blocks<M: Minimal, A: Arithmetic>(
    set: InstructionSet,
    (shape, cells): (Shape, Cells),
    input: &[f32],
    weights: (&[f32], Panels),
    start: Start<'_>,
) -> Buffer {
    let tiles = Tiles::new::<M>(shape);
    let block = tiles.block::<M>(shape.inputs + shape.outputs);
    let zeros = Buffer::zeros(shape.width * shape.inputs);
    let (mut output, addend) = match start {
        Start::Bias(bias) => (Buffer::any(shape.output_len()), Addend::Bias(bias)),
        Start::Output(begun) => (begun, Addend::Output),
    };
    let shared = Shared::new(&mut output);
    (0..tiles.count().div_ceil(block))
        .into_par_iter()
        .for_each(|index| {
            let range = index * block..((index + 1) * block).min(tiles.count());
            let steps = [
                cells.step(range.len(), shape.inputs),
                Cells::Plain.step(range.len(), shape.outputs),
            ];
            let [mut points, mut products] = steps.map(|step| Buffer::any(M::POINTS * step));
            let count = range.len();
            let transform = InputTransform::<M> {
                shape,
                tiles,
                range: range.clone(),
                input,
                cells,
                points: &mut points,
                zeros: &zeros,
                algorithm: PhantomData,
            };
            // SAFETY: the transforms check their sizes; every block has tiles, and so pixels, of its own.
            unsafe {
                run(set, transform);
                multiply::<M, A>(
                    set,
                    [count, shape.outputs],
                    (&points, steps[0]),
                    weights,
                    (&mut products, steps[1]),
                );
                run(
                    set,
                    OutputTransform::<M> {
                        shape,
                        tiles,
                        range,
                        points: &products,
                        addend,
                        output: shared,
                        algorithm: PhantomData,
                    },
                );
            }
        });
    output
}

/// The products, one a point, of tiles with weights.
fn multiply<M: Minimal, A: Arithmetic>(
    set: InstructionSet,
    [tiles, outputs]: [usize; 2],
    (points, point_step): (&[f32], usize),
    (weights, panels): (&[f32], Panels),
    (products, product_step): (&mut [f32], usize),
) {
    assert!(points.len() >= M::POINTS * point_step && point_step >= tiles * panels.depth);
    assert!(products.len() >= M::POINTS * product_step && product_step >= tiles * outputs);
    assert!(weights.len() == M::POINTS * panels.len());
    let product = Product {
        rows: tiles,
        columns: outputs,
        depth: Depth {
            segments: 1,
            length: panels.depth,
            step: [1, panels.width],
            segment_step: [0, 0],
        },
        left: points.as_ptr(),
        left_row: panels.depth,
        right: weights.as_ptr(),
        right_panel: panels.step(),
        output: products.as_mut_ptr(),
        output_row: outputs,
        start: product::Start::Zero,
        batch: Batch {
            count: M::POINTS,
            steps: [point_step, panels.len(), product_step],
        },
    };
    // SAFETY: there are as many points of tiles, weights and products, as asserted; the panels are whole vectors.
    unsafe { product.compute::<A>(set) };
}
