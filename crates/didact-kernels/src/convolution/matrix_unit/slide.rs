//! A kernel that slides over an image, a block of pixels at a time.
//!
//! `docs/kernels.md` has the drawing.

use super::image::Rounded;
use crate::buffer::Buffer;
use crate::convolution::panels::Panels;
use crate::product::Start;
use crate::simd::amx::{Factors, MatrixUnit, SIDE, Sums};
use crate::simd::{InstructionSet, Kernel, Vector, run};

/// A kernel and what it needs to know of images.
pub(super) struct Slide {
    /// Of the image: a multiple of [`SIDE`].
    pub(super) channels: usize,
    /// Channels of what it yields: a multiple of [`SIDE`].
    pub(super) outputs: usize,
    pub(super) kernel: [usize; 2],
    /// Zeros seen above and below the image, and to its left and right.
    pub(super) border: [usize; 2],
    /// Cells for depths of `[kernel row][kernel column][channel]`.
    pub(super) weights: (Buffer, Panels),
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
        let mut cells = Buffer::any((pixels + SIDE) * self.channels / 2);
        let rounded = Rounded {
            image,
            sides,
            channels: self.channels,
            border: self.border,
            cells: &mut cells,
        };
        let (weights, panels) = &self.weights;
        assert!(set.has_matrix_unit() && panels.width == SIDE && weights.len() == panels.len());
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

/// The blocks of an image.
struct Blocks<'a> {
    slide: &'a Slide,
    /// Of the image with its border.
    columns: usize,
    /// Height and width of the output.
    sides: [usize; 2],
    /// The image with its border, and a block of pixels after it.
    cells: &'a [f32],
    output: &'a mut [f32],
}

impl Kernel for Blocks<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let Slide {
            channels, outputs, ..
        } = *self.slide;
        let (weights, panels) = &self.slide.weights;
        let [kernel_height, kernel_width] = self.slide.kernel;
        let [height, width] = self.sides;
        let pixel = channels / 2;
        // Beyond the last pixel there is a block of others, which the last block of rows may run into.
        let last = (height - 1) * self.columns + width - 1;
        let seen = (kernel_height - 1) * self.columns + kernel_width;
        assert!(self.cells.len() >= (last + SIDE + seen - 1) * pixel);
        assert!(panels.depth == kernel_height * kernel_width * pixel);
        assert!(self.output.len() == height * width * outputs && outputs.is_multiple_of(SIDE));
        let mut sums = Sums([[0.0; SIDE]; SIDE]);
        // SAFETY: the caller's, and this thread has no other unit.
        let unit = unsafe { MatrixUnit::begin() };
        for (panel, weights) in weights.chunks_exact(panels.step()).enumerate() {
            for first in (0..=last).step_by(SIDE) {
                let factors = Factors {
                    left: self.cells[first * pixel..].as_ptr(),
                    left_row: pixel,
                    segments: kernel_height,
                    length: kernel_width * pixel,
                    segment_step: self.columns * pixel,
                    right: weights.as_ptr(),
                };
                // SAFETY: as asserted, a block of rows can be read from each pixel, and the weights have the depth.
                unsafe { unit.multiply(factors, &mut sums) };
                for (row, sums) in sums.0.iter().enumerate() {
                    let (y, x) = ((first + row) / self.columns, (first + row) % self.columns);
                    if y < height && x < width {
                        let place = (y * width + x) * outputs + panel * SIDE;
                        let output = &mut self.output[place..place + SIDE];
                        // SAFETY: there are as many outputs as sums, and as many numbers in a bias as outputs.
                        unsafe { finish::<V>(sums, self.slide.start, panel * SIDE, output) };
                    }
                }
            }
        }
    }
}

/// Writes the sums of one pixel.
///
/// # Safety
///
/// As [`Vector`]; a bias has [`SIDE`] numbers from `column` on.
#[inline(always)]
unsafe fn finish<V: Vector>(sums: &[f32; SIDE], start: Start, column: usize, output: &mut [f32]) {
    for (index, output) in output.chunks_exact_mut(V::LANES).enumerate() {
        let place = index * V::LANES;
        // SAFETY: the caller's.
        unsafe {
            let sum = V::load(sums.as_ptr().add(place));
            let sum = match start {
                Start::Zero => sum,
                Start::Bias(bias) => sum.add(V::load(bias.add(column + place))),
                Start::Output => sum.add(V::load(output.as_ptr())),
            };
            sum.store(output.as_mut_ptr());
        }
    }
}
