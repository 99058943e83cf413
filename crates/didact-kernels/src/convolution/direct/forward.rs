//! The convolution itself.

use rayon::prelude::*;

use super::correlation::{Correlation, Place};
use super::padded::{Window, copy};
use super::pointwise::{self, Right};
use crate::buffer::Buffer;
use crate::convolution::panels::Panels;
use crate::convolution::shape::Shape;
use crate::product::Start;
use crate::shared::Shared;
use crate::simd::InstructionSet;

/// `output = convolution of input by weight, + bias`.
pub(in crate::convolution) fn forward(
    set: InstructionSet,
    shape: Shape,
    input: &[f32],
    weight: &[f32],
    bias: Option<&[f32]>,
) -> Buffer {
    let panels = Panels::new(set, shape.outputs, shape.weight_len() / shape.outputs);
    let weights = panels.of_kernel(shape, weight);
    let bias = bias.map(|bias| panels.of_bias(bias));
    let start = bias
        .as_ref()
        .map_or(Start::Zero, |bias| Start::Bias(bias.as_ptr()));
    let mut output = Buffer::any(shape.output_len());
    if shape.is_pointwise() {
        let right = Right {
            values: &weights,
            row: panels.width,
            panel: panels.step(),
        };
        pointwise::rows_by_weights(
            set,
            [shape.inputs, shape.outputs],
            input,
            right,
            start,
            &mut output,
        );
        return output;
    }
    let values = Shared::new(&mut output);
    input
        .par_chunks_exact(shape.input_image())
        .enumerate()
        .for_each(|(index, image)| {
            let padded = padded(image, shape);
            let correlation = Correlation {
                image: padded.as_deref().unwrap_or(image),
                width: shape.width + 2 * shape.padding,
                channels: shape.inputs,
                kernel: shape.kernel,
                stride: shape.stride,
                weights: &weights,
                panels,
                start,
                output: [shape.output_height(), shape.output_width()],
                outputs: shape.outputs,
            };
            let (row, pixel) = (shape.output_width() * shape.outputs, shape.outputs);
            let place = Place {
                values,
                offset: index * shape.output_image(),
                row,
                pixel,
            };
            // SAFETY: each image of the output is written by one thread; the bias fills whole vectors.
            unsafe { correlation.compute(set, place) };
        });
    output
}

/// The image with its padding; none where there is none.
pub(super) fn padded(image: &[f32], shape: Shape) -> Option<Buffer> {
    let padding = shape.padding;
    (padding > 0).then(|| {
        let window = Window {
            top: -padding.cast_signed(),
            left: -padding.cast_signed(),
            height: shape.height + 2 * padding,
            width: shape.width + 2 * padding,
        };
        copy(image, [shape.height, shape.width, shape.inputs], window)
    })
}
