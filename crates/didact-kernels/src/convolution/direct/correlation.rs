//! The product of an image with a kernel that slides over it.

use crate::convolution::panels::Panels;
use crate::product::{Batch, Depth, Plain, Product, Start};
use crate::shared::Shared;
use crate::simd::InstructionSet;

/// A kernel sliding over one image that is large enough for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Correlation<'a> {
    /// `[rows][width][channels]`.
    pub(super) image: &'a [f32],
    pub(super) width: usize,
    pub(super) channels: usize,
    pub(super) kernel: [usize; 2],
    pub(super) stride: usize,
    /// Weights, laid out for depths of `[kernel row][kernel column][channel]`.
    pub(super) weights: &'a [f32],
    pub(super) panels: Panels,
    pub(super) start: Start,
    /// Height and width of the output.
    pub(super) output: [usize; 2],
    pub(super) outputs: usize,
}

/// Where the pixels of an output lie.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) values: Shared,
    /// Offset of the first pixel.
    pub(super) offset: usize,
    /// From one row to the next.
    pub(super) row: usize,
    /// From one pixel to the next.
    pub(super) pixel: usize,
}

impl Correlation<'_> {
    /// Computes the output.
    ///
    /// # Safety
    ///
    /// Nobody else uses the pixels of `place`, which has room for them. `start` holds a bias of whole vectors, if any.
    ///
    /// # Panics
    ///
    /// If the image or the weights are too small.
    pub(super) unsafe fn compute(self, set: InstructionSet, place: Place) {
        let [kernel_height, kernel_width] = self.kernel;
        let [height, width] = self.output;
        let row = self.width * self.channels;
        let rows = (height - 1) * self.stride + kernel_height;
        assert!(self.image.len() >= rows * row && self.width >= (width - 1) * self.stride + kernel_width);
        assert!(self.weights.len() >= self.panels.len());
        let length = kernel_width * self.channels;
        for y in 0..height {
            // SAFETY: all rows, columns and depths are within image and weights, as asserted; the rest is the caller's.
            unsafe {
                let product = Product {
                    rows: width,
                    columns: self.outputs,
                    depth: Depth {
                        segments: kernel_height,
                        length,
                        step: [1, self.panels.width],
                        segment_step: [row, length * self.panels.width],
                    },
                    left: self.image.as_ptr().add(y * self.stride * row),
                    left_row: self.stride * self.channels,
                    right: self.weights.as_ptr(),
                    right_panel: self.panels.step(),
                    output: place.values.at(place.offset + y * place.row),
                    output_row: place.pixel,
                    start: self.start,
                    batch: Batch::ONE,
                };
                product.compute::<Plain>(set);
            }
        }
    }
}
