//! The gradient with respect to the weights: for every weight of a kernel, a product of what is seen through it with the
//! gradients of those that see it, summed over all pixels.

use std::ops::Range;

use super::line::Line;
use crate::bf16::{Left, Right, Runs};
use crate::buffer::Buffer;
use crate::convolution::direct::as_weights;
use crate::convolution::shape::Shape;
use crate::convolution::sum::{PIECES, tree_sum};
use crate::simd::amx::{ColumnSums, Factors, MatrixUnit, SIDE, Sums, TILE, TILES};
use crate::simd::{InstructionSet, Kernel, Vector, run};

/// Pixels of output in a line, unless an image has more: enough that adding up its sums costs little, few enough that it
/// fits into the second cache. There is work for as many threads as there are lines, up to [`PIECES`].
const PIXELS: usize = 1024;

/// The gradient with respect to the weights, `[output][input][kernel row][kernel column]`.
pub(in crate::convolution) fn weight_gradient(
    set: InstructionSet,
    shape: Shape,
    input: &[f32],
    output_gradient: &[f32],
) -> Buffer {
    let line = (PIXELS / (shape.output_height() * shape.output_width())).max(1);
    let piece = shape.images.div_ceil(PIECES).next_multiple_of(line);
    let sums = tree_sum(0..shape.images, piece, &|piece| {
        let mut sums = Buffer::zeros(shape.weight_len());
        for first in piece.clone().step_by(line) {
            let images = first..(first + line).min(piece.end);
            add_images(set, shape, [input, output_gradient], images, &mut sums);
        }
        sums
    });
    as_weights(shape, &sums)
}

/// Adds the part of some images to the sums, `[kernel row][kernel column][input][output]`.
fn add_images(
    set: InstructionSet,
    shape: Shape,
    [input, output_gradient]: [&[f32]; 2],
    images: Range<usize>,
    sums: &mut [f32],
) {
    let line = Line::new(shape, images.len());
    let of_images = |image: usize| images.start * image..images.end * image;
    let nothing = Buffer::zeros(shape.inputs.max(shape.outputs));
    let seen = line.inputs(&input[of_images(shape.input_image())], &nothing[..shape.inputs]);
    let seeing = line.outputs(
        &output_gradient[of_images(shape.output_image())],
        &nothing[..shape.outputs],
    );
    let left = Left::new(set, Runs::OfDepth(&seen), [shape.inputs, seen.len()]);
    let right = Right::new(set, Runs::OfDepth(&seeing), [seeing.len(), shape.outputs]);
    let products = Products {
        shape,
        line,
        left: &left,
        right: &right,
        sums,
    };
    assert!(set.has_matrix_unit());
    // SAFETY: the kernel checks its sizes, and the processor has the unit.
    unsafe { run(set, products) };
}

/// The products of all weights of the kernel.
struct Products<'a> {
    shape: Shape,
    line: Line,
    left: &'a Left,
    right: &'a Right,
    sums: &'a mut [f32],
}

impl Kernel for Products<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(mut self) {
        let Self {
            left, right, line, ..
        } = self;
        let Shape { inputs, outputs, .. } = self.shape;
        assert!(inputs.is_multiple_of(TILE) && outputs.is_multiple_of(TILE));
        assert!(inputs == left.rows && outputs == right.columns && left.has_whole_blocks());
        assert!(2 * left.depth == line.seen() && 2 * right.depth == line.seeing());
        assert!(self.sums.len() == self.shape.weight_len());
        // SAFETY: the caller's, and this thread has no other unit.
        let unit = unsafe { MatrixUnit::begin() };
        for output in (0..outputs).step_by(SIDE) {
            // SAFETY: the caller's; sizes are as asserted.
            unsafe {
                if outputs - output <= TILE {
                    self.add_columns::<V>(&unit, output);
                } else {
                    self.add_blocks::<V>(&unit, output);
                }
            }
        }
    }
}

impl Products<'_> {
    /// Adds the products with [`SIDE`] outputs from `output` on. Both sides of a block are read again for every weight of the
    /// kernel, from the nearest caches.
    ///
    /// # Safety
    ///
    /// As [`Vector`]; there are so many outputs, and all sizes fit each other.
    #[inline(always)]
    unsafe fn add_blocks<V: Vector>(&mut self, unit: &MatrixUnit, output: usize) {
        let Shape {
            inputs,
            outputs,
            kernel,
            ..
        } = self.shape;
        let mut block = Sums([[0.0; SIDE]; SIDE]);
        for input in (0..inputs).step_by(SIDE) {
            let rows = (inputs - input).min(SIDE);
            for tap in 0..kernel[0] * kernel[1] {
                let factors = self.factors(tap, input, output);
                // SAFETY: a row has the pixels that are seen from all that see, and the right side their depth.
                unsafe { unit.multiply(factors, &mut block) };
                let sums = &mut self.sums[(tap * inputs + input) * outputs + output..];
                // SAFETY: the caller's.
                unsafe { add::<V, SIDE>(&block.0[..rows], sums, outputs) };
            }
        }
    }

    /// Adds the products with the last [`TILE`] outputs: tiles of all weights of the kernel, four at a time.
    ///
    /// # Safety
    ///
    /// As [`Vector`]; these are the last outputs, and all sizes fit each other.
    #[inline(always)]
    unsafe fn add_columns<V: Vector>(&mut self, unit: &MatrixUnit, output: usize) {
        let Shape {
            inputs,
            outputs,
            kernel,
            ..
        } = self.shape;
        let mut column = ColumnSums([[[0.0; TILE]; TILE]; TILES]);
        let of_inputs = inputs / TILE;
        let tiles = kernel[0] * kernel[1] * of_inputs;
        let place = |tile: usize| (tile / of_inputs, tile % of_inputs * TILE);
        for first in (0..tiles).step_by(TILES) {
            let factors = |index: usize| {
                // The last ones may be computed more than once.
                let (tap, input) = place((first + index).min(tiles - 1));
                self.factors(tap, input, output)
            };
            let others = [1, 2, 3].map(|index| factors(index).left);
            // SAFETY: a row has the pixels that are seen from all that see, and the right side their depth.
            unsafe { unit.multiply_column(factors(0), others, &mut column) };
            for (tile, block) in (first..tiles).zip(&column.0) {
                let (tap, input) = place(tile);
                let sums = &mut self.sums[(tap * inputs + input) * outputs + output..];
                // SAFETY: the caller's.
                unsafe { add::<V, TILE>(block, sums, outputs) };
            }
        }
    }

    /// What is seen through a weight of the kernel, of inputs from `input` on, and those that see.
    fn factors(&self, tap: usize, input: usize, output: usize) -> Factors {
        let columns = self.shape.kernel[1];
        let distance = self.line.distance([tap / columns, tap % columns]);
        Factors {
            // Cells have two pixels: this one may begin in the middle of one.
            left: self
                .left
                .row(input)
                .as_ptr()
                .wrapping_byte_add(distance * size_of::<u16>()),
            left_row: self.left.step,
            segments: 1,
            length: self.right.depth,
            segment_step: 0,
            right: self.right.panel(output).as_ptr(),
        }
    }
}

/// Adds rows of a block to rows of sums.
///
/// # Safety
///
/// As [`Vector`], and the columns are whole vectors.
#[inline(always)]
unsafe fn add<V: Vector, const COLUMNS: usize>(block: &[[f32; COLUMNS]], sums: &mut [f32], step: usize) {
    for (row, block) in block.iter().enumerate() {
        let sums = &mut sums[row * step..][..COLUMNS];
        for (sums, block) in sums.chunks_exact_mut(V::LANES).zip(block.chunks_exact(V::LANES)) {
            // SAFETY: both are a vector.
            unsafe {
                let sum = V::load(sums.as_ptr()).add(V::load(block.as_ptr()));
                sum.store(sums.as_mut_ptr());
            }
        }
    }
}
