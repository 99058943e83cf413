//! The gradient with respect to the input.
//!
//! With stride `s`, input pixels of the same remainders by `s` see the same part of the kernel. Each of these `s x s`
//! phases is a convolution of stride 1 of the output gradient with its part, turned around; nothing is multiplied by
//! zeros between pixels.

use rayon::prelude::*;

use super::correlation::{Correlation, Place};
use super::padded::{Window, copy};
use super::pointwise::{self, Right};
use super::whole_vectors::whole_vectors;
use crate::buffer::Buffer;
use crate::convolution::panels::Panels;
use crate::convolution::shape::Shape;
use crate::product::Start;
use crate::shared::Shared;
use crate::simd::InstructionSet;

/// The gradient with respect to the input, from that with respect to the output; added to `begun` if there is one.
pub(in crate::convolution) fn data_gradient(
    set: InstructionSet,
    shape: Shape,
    output_gradient: &[f32],
    weight: &[f32],
    begun: Option<Buffer>,
) -> Buffer {
    let start = if begun.is_some() {
        Start::Output
    } else {
        Start::Zero
    };
    let mut gradient = begun.unwrap_or_else(|| Buffer::any(shape.input_len()));
    if shape.is_pointwise() {
        let whole = whole_vectors(weight, shape.inputs, set.lanes());
        let (values, row) = whole
            .as_ref()
            .map_or((weight, shape.inputs), |(whole, step)| (&**whole, *step));
        let right = Right {
            values,
            row,
            panel: 2 * set.lanes(),
        };
        let sizes = [shape.outputs, shape.inputs];
        pointwise::rows_by_weights(set, sizes, output_gradient, right, start, &mut gradient);
        return gradient;
    }
    let phases: Vec<Phase> = (0..shape.stride * shape.stride)
        .filter_map(|index| Phase::new(set, shape, weight, [index / shape.stride, index % shape.stride]))
        .collect();
    // Pixels that no kernel reached have no gradient.
    let is_covered = phases.len() == shape.stride * shape.stride;
    let values = Shared::new(&mut gradient);
    (0..shape.images).into_par_iter().for_each(|index| {
        let image = &output_gradient[index * shape.output_image()..][..shape.output_image()];
        if !is_covered && matches!(start, Start::Zero) {
            // SAFETY: each image of the gradient is written by one thread.
            unsafe {
                values
                    .at(index * shape.input_image())
                    .write_bytes(0, shape.input_image());
            };
        }
        for phase in &phases {
            phase.compute(set, shape, image, (values, index * shape.input_image()), start);
        }
    });
    gradient
}

/// The input pixels with the same remainders, and the part of the kernel that they see.
struct Phase {
    vertical: Axis,
    horizontal: Axis,
    panels: Panels,
    weights: Buffer,
}

/// One direction of a phase.
#[derive(Clone, Copy)]
struct Axis {
    /// First input pixel.
    first: usize,
    /// Number of input pixels.
    count: usize,
    /// Kernel pixels seen, which are `stride` apart.
    taps: usize,
    /// The first of them.
    first_tap: usize,
    /// The first output pixel seen by the first input pixel; may be before the border.
    start: isize,
}

impl Axis {
    fn new(side: usize, kernel: usize, shape: Shape, first: usize) -> Self {
        let position = first + shape.padding;
        let first_tap = position % shape.stride;
        let taps = kernel.saturating_sub(first_tap).div_ceil(shape.stride);
        Self {
            first,
            count: side.saturating_sub(first).div_ceil(shape.stride),
            taps,
            first_tap,
            start: (position / shape.stride).cast_signed() - taps.cast_signed() + 1,
        }
    }
}

impl Phase {
    /// The phase that begins at a pixel; none if it has no pixels or sees nothing.
    fn new(set: InstructionSet, shape: Shape, weight: &[f32], [row, column]: [usize; 2]) -> Option<Self> {
        let vertical = Axis::new(shape.height, shape.kernel[0], shape, row);
        let horizontal = Axis::new(shape.width, shape.kernel[1], shape, column);
        if [vertical, horizontal]
            .iter()
            .any(|axis| axis.count == 0 || axis.taps == 0)
        {
            return None;
        }
        let panels = Panels::new(set, shape.inputs, vertical.taps * horizontal.taps * shape.outputs);
        let area = shape.kernel[0] * shape.kernel[1];
        let weights = panels.fill(weight, area, |k| {
            let (tap, output) = (k / shape.outputs, k % shape.outputs);
            // Turned around: the first output pixel meets the last tap.
            let [down, across] = [tap / horizontal.taps, tap % horizontal.taps];
            let down = vertical.first_tap + shape.stride * (vertical.taps - 1 - down);
            let across = horizontal.first_tap + shape.stride * (horizontal.taps - 1 - across);
            output * shape.inputs * area + down * shape.kernel[1] + across
        });
        Some(Self {
            vertical,
            horizontal,
            panels,
            weights,
        })
    }

    fn compute(
        &self,
        set: InstructionSet,
        shape: Shape,
        image: &[f32],
        (values, offset): (Shared, usize),
        start: Start,
    ) {
        let (vertical, horizontal) = (self.vertical, self.horizontal);
        let window = Window {
            top: vertical.start,
            left: horizontal.start,
            height: vertical.count + vertical.taps - 1,
            width: horizontal.count + horizontal.taps - 1,
        };
        let padded = copy(
            image,
            [shape.output_height(), shape.output_width(), shape.outputs],
            window,
        );
        let correlation = Correlation {
            image: &padded,
            width: window.width,
            channels: shape.outputs,
            kernel: [vertical.taps, horizontal.taps],
            stride: 1,
            weights: &self.weights,
            panels: self.panels,
            start,
            output: [vertical.count, horizontal.count],
            outputs: shape.inputs,
        };
        let row = shape.width * shape.inputs;
        let place = Place {
            values,
            offset: offset + vertical.first * row + horizontal.first * shape.inputs,
            row: shape.stride * row,
            pixel: shape.stride * shape.inputs,
        };
        // SAFETY: the pixels of a phase are its own, and the image is this thread's.
        unsafe { correlation.compute(set, place) };
    }
}
