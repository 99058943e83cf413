//! Convolutions by the processor's matrix unit: products of `bf16`, sums in `f32`.
//!
//! The unit multiplies so much faster than vectors do that nothing is gained by saving multiplications, as Winograd's
//! algorithm does. What counts is how little is done besides, so the definition is computed, on images that were rounded once.

mod blocks;
mod image;
mod line;
mod slide;
mod weight_gradient;
mod weights;

pub(super) use weight_gradient::weight_gradient;

use rayon::prelude::*;

use super::panels::Panels;
use super::shape::Shape;
use crate::buffer::Buffer;
use crate::product::Start;
use crate::simd::InstructionSet;
use crate::simd::amx::SIDE;
use slide::Slide;
use weights::Weights;

/// Whether such a convolution and its gradients are made of whole vectors, and what a pixel sees of a row of whole tiles.
///
/// A kernel wider than a pixel may see half a tile more, through weights that are zero: the next pixel of the same image. What is
/// not a number there spreads so much further.
pub(super) fn fits(shape: Shape) -> bool {
    let is_whole = |channels: usize| match shape.kernel[1] {
        1 => channels.is_multiple_of(SIDE),
        _ => channels.is_multiple_of(SIDE / 2),
    };
    shape.stride == 1
        && is_whole(shape.inputs)
        && is_whole(shape.outputs)
        && shape.kernel.iter().all(|&side| shape.padding < side)
}

/// `output = convolution of input by weight, + bias`.
pub(super) fn forward(
    set: InstructionSet,
    shape: Shape,
    input: &[f32],
    weight: &[f32],
    bias: Option<&[f32]>,
) -> Buffer {
    let panels = Panels::new(set, shape.outputs, shape.weight_len() / shape.outputs).with_width(SIDE);
    let weights = panels.of_kernel(shape, weight);
    let slide = Slide {
        channels: shape.inputs,
        outputs: shape.outputs,
        kernel: shape.kernel,
        border: [shape.padding; 2],
        weights: Weights::new((&weights, panels), shape.kernel[0]),
        start: bias.map_or(Start::Zero, |bias| Start::Bias(bias.as_ptr())),
    };
    let mut output = Buffer::any(shape.output_len());
    let sides = [shape.height, shape.width];
    over_images(set, (&slide, shape), sides, input, &mut output);
    output
}

/// The gradient with respect to the input, added to `begun` if there is one: the output gradient, seen by the kernel turned around.
pub(super) fn data_gradient(
    set: InstructionSet,
    shape: Shape,
    output_gradient: &[f32],
    weight: &[f32],
    begun: Option<Buffer>,
) -> Buffer {
    let area = shape.kernel[0] * shape.kernel[1];
    let panels = Panels::new(set, shape.inputs, shape.outputs * area).with_width(SIDE);
    let weights = panels.fill(weight, area, |k| {
        let (tap, output) = (k / shape.outputs, k % shape.outputs);
        output * shape.inputs * area + area - 1 - tap
    });
    let slide = Slide {
        channels: shape.outputs,
        outputs: shape.inputs,
        kernel: shape.kernel,
        border: shape.kernel.map(|side| side - 1 - shape.padding),
        weights: Weights::new((&weights, panels), shape.kernel[0]),
        start: if begun.is_some() {
            Start::Output
        } else {
            Start::Zero
        },
    };
    let mut gradient = begun.unwrap_or_else(|| Buffer::any(shape.input_len()));
    let sides = [shape.output_height(), shape.output_width()];
    over_images(set, (&slide, shape), sides, output_gradient, &mut gradient);
    gradient
}

/// Slides over all images; pixels that see only themselves are rows of one image, cut into parts.
fn over_images(
    set: InstructionSet,
    (slide, shape): (&Slide, Shape),
    [height, width]: [usize; 2],
    input: &[f32],
    output: &mut [f32],
) {
    let [height, width] = if shape.is_pointwise() {
        let pixels = shape.images * height * width;
        [1, pixels.div_ceil(rayon::current_num_threads()).min(MOST_ROWS)]
    } else {
        [height, width]
    };
    let pixels = slide.output_sides([height, width]).iter().product::<usize>();
    output
        .par_chunks_mut(pixels * slide.outputs)
        .zip(input.par_chunks(height * width * slide.channels))
        .for_each(|(output, image)| {
            // The last part of the rows may be shorter.
            let width = image.len() / (height * slide.channels);
            slide.compute(set, ([height, width], image), output);
        });
}

/// Rows of a part: enough to use the weights well, few enough to share among threads.
const MOST_ROWS: usize = 448;

#[cfg(test)]
mod tests;
