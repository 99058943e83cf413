//! The gradient with respect to the weights.

use std::ops::Range;

use rayon::prelude::*;

use super::forward::padded;
use super::pointwise;
use super::whole_vectors::whole_vectors;
use crate::buffer::Buffer;
use crate::convolution::panels::Panels;
use crate::convolution::shape::Shape;
use crate::convolution::sum::{PIECES, tree_sum};
use crate::product::{Batch, Depth, Plain, Product, Start};
use crate::simd::InstructionSet;

/// The gradient with respect to the weights, `[output][input][kernel row][kernel column]`.
pub(in crate::convolution) fn weight_gradient(
    set: InstructionSet,
    shape: Shape,
    input: &[f32],
    output_gradient: &[f32],
) -> Buffer {
    let sums = if shape.is_pointwise() {
        let mut sums = Buffer::any(shape.weight_len());
        let whole = whole_vectors(output_gradient, shape.outputs, set.lanes());
        let right = whole
            .as_ref()
            .map_or((output_gradient, shape.outputs), |(whole, step)| {
                (&**whole, *step)
            });
        pointwise::columns_by_columns(set, [shape.inputs, shape.outputs], input, right, &mut sums);
        sums
    } else {
        let piece = shape.images.div_ceil(PIECES);
        tree_sum(0..shape.images, piece, &|images| {
            sums_over(set, shape, input, output_gradient, images)
        })
    };
    as_weights(shape, &sums)
}

/// Sums over some images, `[kernel row][kernel column][input][output]`.
fn sums_over(
    set: InstructionSet,
    shape: Shape,
    input: &[f32],
    output_gradient: &[f32],
    images: Range<usize>,
) -> Buffer {
    let mut sums = Buffer::zeros(shape.weight_len());
    for index in images {
        let image = &input[index * shape.input_image()..][..shape.input_image()];
        let gradient = &output_gradient[index * shape.output_image()..][..shape.output_image()];
        let padded = padded(image, shape);
        let whole = whole_vectors(gradient, shape.outputs, set.lanes());
        let right = whole
            .as_ref()
            .map_or((gradient, shape.outputs), |(whole, step)| (&**whole, *step));
        add_image(set, shape, padded.as_deref().unwrap_or(image), right, &mut sums);
    }
    sums
}

/// Adds one image's part: of every kernel row, a product of shifted pixels with gradients.
fn add_image(
    set: InstructionSet,
    shape: Shape,
    image: &[f32],
    (gradient, step): (&[f32], usize),
    sums: &mut [f32],
) {
    let row = (shape.width + 2 * shape.padding) * shape.inputs;
    let (height, width) = (shape.output_height(), shape.output_width());
    let rows = shape.kernel[1] * shape.inputs;
    assert!(image.len() >= ((height - 1) * shape.stride + shape.kernel[0]) * row);
    assert!(gradient.len() >= height * width * step && sums.len() == shape.weight_len());
    for (kernel_row, sums) in sums.chunks_exact_mut(rows * shape.outputs).enumerate() {
        // SAFETY: image, gradient and sums hold all that is read and written, as asserted; gradients lie in whole
        // vectors.
        unsafe {
            let product = Product {
                rows,
                columns: shape.outputs,
                depth: Depth {
                    segments: height,
                    length: width,
                    step: [shape.stride * shape.inputs, step],
                    segment_step: [shape.stride * row, width * step],
                },
                left: image.as_ptr().add(kernel_row * row),
                left_row: 1,
                right: gradient.as_ptr(),
                right_panel: Panels::new(set, shape.outputs, 0).width,
                output: sums.as_mut_ptr(),
                output_row: shape.outputs,
                start: Start::Output,
                batch: Batch::ONE,
            };
            product.compute::<Plain>(set);
        }
    }
}

/// From `[kernel row][kernel column][input][output]` to `[output][input][kernel row][kernel column]`.
pub(in crate::convolution) fn as_weights(shape: Shape, sums: &[f32]) -> Buffer {
    let area = shape.kernel[0] * shape.kernel[1];
    let mut weights = Buffer::any(shape.weight_len());
    let kernels = shape.inputs * area;
    // A few outputs at a time, so that what is read and what is written both stay in the first cache.
    weights
        .par_chunks_mut(OUTPUTS * kernels)
        .enumerate()
        .for_each(|(block, weights)| {
            for kernel in 0..kernels {
                let (input, tap) = (kernel / area, kernel % area);
                let sums = &sums[(tap * shape.inputs + input) * shape.outputs + block * OUTPUTS..];
                for (weights, &sum) in weights.chunks_exact_mut(kernels).zip(sums) {
                    weights[kernel] = sum;
                }
            }
        });
    weights
}

const OUTPUTS: usize = 16;
