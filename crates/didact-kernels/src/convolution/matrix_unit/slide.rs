//! A kernel that slides over an image.

use super::blocks::{Blocks, most_pixels};
use super::image::Rounded;
use super::weights::Weights;
use crate::buffer::Buffer;
use crate::product::Start;
use crate::simd::{InstructionSet, run};

/// A kernel and what it needs to know of images.
pub(super) struct Slide {
    /// Of the image: whole vectors.
    pub(super) channels: usize,
    /// Channels of what it yields: whole vectors.
    pub(super) outputs: usize,
    pub(super) kernel: [usize; 2],
    /// Zeros seen above and below the image, and to its left and right.
    pub(super) border: [usize; 2],
    /// For depths of `[kernel row][kernel column][channel]`.
    pub(super) weights: Weights,
    /// What sums start from; a bias has all outputs.
    pub(super) start: Start,
}

impl Slide {
    /// Height and width of what it yields of an image.
    pub(super) fn output_sides(&self, sides: [usize; 2]) -> [usize; 2] {
        let side = |axis: usize| sides[axis] + 2 * self.border[axis] + 1 - self.kernel[axis];
        [side(0), side(1)]
    }

    /// Slides over an image of the given height and width.
    ///
    /// # Panics
    ///
    /// If sizes do not fit each other.
    pub(super) fn compute(
        &self,
        set: InstructionSet,
        (sides, image): ([usize; 2], &[f32]),
        output: &mut [f32],
    ) {
        let columns = sides[1] + 2 * self.border[1];
        let pixels = (sides[0] + 2 * self.border[0]) * columns;
        // The last block may go on beyond the last pixel.
        let mut cells = Buffer::any((pixels + most_pixels(self.outputs)) * self.channels / 2);
        let rounded = Rounded {
            image,
            sides,
            channels: self.channels,
            border: self.border,
            cells: &mut cells,
        };
        assert!(set.has_matrix_unit());
        // SAFETY: the kernel checks its sizes.
        unsafe { run(set, rounded) };
        let blocks = Blocks {
            slide: self,
            columns,
            sides: self.output_sides(sides),
            cells: &cells,
            output,
        };
        // SAFETY: the kernel checks its sizes, and the processor has the unit.
        unsafe { run(set, blocks) };
    }
}
