//! What a kernel yields of an image, a block of pixels at a time.
//!
//! `docs/kernels.md` has the drawing.

use super::slide::Slide;
use crate::product::Start;
use crate::simd::amx::{ColumnSums, DEPTH, Factors, MatrixUnit, SIDE, Sums, TILE, TILES};
use crate::simd::{Kernel, Vector};

/// Pixels of a block of so many outputs, and fewer.
pub(super) fn most_pixels(outputs: usize) -> usize {
    if is_narrow(outputs % SIDE) {
        TILES * TILE
    } else {
        SIDE
    }
}

/// Whether so many outputs, as are left, take columns of tiles.
fn is_narrow(outputs: usize) -> bool {
    (1..=TILE).contains(&outputs)
}

/// The blocks of an image.
pub(super) struct Blocks<'a> {
    pub(super) slide: &'a Slide,
    /// Of the image with its border.
    pub(super) columns: usize,
    /// Height and width of the output.
    pub(super) sides: [usize; 2],
    /// The image with its border, and a block of pixels after it.
    pub(super) cells: &'a [f32],
    pub(super) output: &'a mut [f32],
}

impl Kernel for Blocks<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(mut self) {
        let Slide {
            channels, outputs, ..
        } = *self.slide;
        let weights = &self.slide.weights;
        let [kernel_height, kernel_width] = self.slide.kernel;
        let [height, width] = self.sides;
        let pixel = channels / 2;
        // Beyond the last pixel there is a block of others, which the last block of rows may run into.
        let last = (height - 1) * self.columns + width - 1;
        let seen = (kernel_height - 1) * self.columns + kernel_width;
        let beyond = weights.row - kernel_width * pixel;
        assert!(
            beyond < DEPTH && self.cells.len() >= (last + most_pixels(outputs) + seen - 1) * pixel + beyond
        );
        assert!(weights.depth() == kernel_height * weights.row);
        assert!(self.output.len() == height * width * outputs && outputs.is_multiple_of(TILE));
        let (mut sums, mut column) = (
            Sums([[0.0; SIDE]; SIDE]),
            ColumnSums([[[0.0; TILE]; TILE]; TILES]),
        );
        // SAFETY: the caller's, and this thread has no other unit.
        let unit = unsafe { MatrixUnit::begin() };
        for (panel, right) in weights.panels().enumerate() {
            let is_narrow = is_narrow(outputs - panel * SIDE);
            let pixels = if is_narrow { TILES * TILE } else { SIDE };
            for first in (0..=last).step_by(pixels) {
                let factors = Factors {
                    left: self.cells[first * pixel..].as_ptr(),
                    left_row: pixel,
                    segments: kernel_height,
                    length: weights.row,
                    segment_step: self.columns * pixel,
                    right: right.as_ptr(),
                };
                // SAFETY: as asserted, a block of rows can be read from each pixel, the weights have the depth, and outputs are
                // whole tiles; a bias has them all.
                unsafe {
                    if is_narrow {
                        let tile = |index: usize| factors.left.wrapping_add(index * TILE * pixel);
                        unit.multiply_column(factors, [1, 2, 3].map(tile), &mut column);
                        self.finish::<V, _>(first, panel * SIDE, column.0.as_flattened());
                    } else {
                        unit.multiply(factors, &mut sums);
                        self.finish::<V, _>(first, panel * SIDE, &sums.0);
                    }
                }
            }
        }
    }
}

impl Blocks<'_> {
    /// Writes the sums of pixels in a line from `first` on, for so many outputs from `panel` on.
    ///
    /// # Safety
    ///
    /// As [`Vector`]; a bias has as many numbers as there are outputs, and these and `OUTPUTS` are whole tiles.
    #[inline(always)]
    unsafe fn finish<V: Vector, const OUTPUTS: usize>(
        &mut self,
        first: usize,
        panel: usize,
        sums: &[[f32; OUTPUTS]],
    ) {
        let [height, width] = self.sides;
        let (mut y, mut x) = (first / self.columns, first % self.columns);
        for sums in sums {
            // Others are of the border, or beyond the last row.
            if y < height && x < width {
                let place = (y * width + x) * self.slide.outputs + panel;
                let output = &mut self.output[place..place + OUTPUTS];
                // SAFETY: the caller's.
                unsafe { write::<V, OUTPUTS>(sums, self.slide.start, panel, output) };
            }
            x += 1;
            if x == self.columns {
                (y, x) = (y + 1, 0);
            }
        }
    }
}

/// Writes the sums of one pixel.
///
/// # Safety
///
/// As [`Vector`]; a bias has `OUTPUTS` numbers from `column` on, and these are whole vectors.
#[inline(always)]
unsafe fn write<V: Vector, const OUTPUTS: usize>(
    sums: &[f32; OUTPUTS],
    start: Start,
    column: usize,
    output: &mut [f32],
) {
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
