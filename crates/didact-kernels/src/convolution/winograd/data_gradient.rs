//! The gradient with respect to the input: the same convolution, of the output gradient by the kernel turned around.

use super::forward::{Start, convolve};
use super::minimal::Minimal;
use super::weights::{Turn, transformed};
use crate::block::Precision;
use crate::buffer::Buffer;
use crate::convolution::panels::Panels;
use crate::convolution::shape::Shape;
use crate::simd::InstructionSet;

/// The gradient with respect to the input, from that with respect to the output. The padding is at
/// most 2. Added to `begun` if there is one.
pub(super) fn data_gradient<M: Minimal>(
    set: InstructionSet,
    (shape, precision): (Shape, Precision),
    output_gradient: &[f32],
    weight: &[f32],
    begun: Option<Buffer>,
) -> Buffer {
    let turned = Shape {
        height: shape.output_height(),
        width: shape.output_width(),
        inputs: shape.outputs,
        outputs: shape.inputs,
        padding: 2 - shape.padding,
        ..shape
    };
    let panels = Panels::new(set, turned.outputs, turned.inputs);
    let kernel = |output: usize, input: usize| (output * shape.inputs + input) * 9;
    let weights = transformed::<M>(panels, Turn::Half, kernel, turned.outputs, weight);
    let start = begun.map_or(Start::Bias(None), Start::Output);
    convolve::<M>(
        set,
        (turned, precision),
        output_gradient,
        (weights, panels),
        start,
    )
}
