//! By the matrix unit.

use super::{Left, Right};
use crate::simd::amx::{Factors, MatrixUnit, SIDE, Sums};
use crate::simd::{InstructionSet, Kernel, Vector, run, vectors};

/// `output[row] = left[row] x right`, with the step from one row of the output to the next.
///
/// # Panics
///
/// If the sides do not have the same depth, left was laid out for vectors, the output is too short, or there is no unit.
pub(super) fn multiply(
    set: InstructionSet,
    left: &Left,
    right: &Right,
    (output, output_row): (&mut [f32], usize),
) {
    assert!(set.has_matrix_unit());
    let product = Product {
        left,
        right,
        output,
        output_row,
    };
    // SAFETY: the kernel checks its sizes, and the processor has the unit.
    unsafe { run(set, product) };
}

struct Product<'a> {
    left: &'a Left,
    right: &'a Right,
    output: &'a mut [f32],
    output_row: usize,
}

impl Kernel for Product<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let Self { left, right, .. } = self;
        assert!(left.filled == right.filled && left.has_whole_blocks());
        let mut sums = Sums([[0.0; SIDE]; SIDE]);
        // SAFETY: the caller's, and this thread has no other unit.
        let unit = unsafe { MatrixUnit::begin() };
        for column in (0..right.columns).step_by(SIDE) {
            let columns = (right.columns - column).min(SIDE);
            for row in (0..left.rows).step_by(SIDE) {
                let factors = Factors {
                    left: left.row(row).as_ptr(),
                    left_row: left.step,
                    segments: 1,
                    length: left.depth,
                    segment_step: 0,
                    right: right.panel(column).as_ptr(),
                };
                // SAFETY: both sides have whole blocks, of the same depth.
                unsafe { unit.multiply(factors, &mut sums) };
                for (index, sums) in sums.0.iter().enumerate().take(left.rows - row) {
                    let output = &mut self.output[(row + index) * self.output_row + column..][..columns];
                    for (place, count) in vectors::<V>(columns) {
                        // SAFETY: as many sums are read and written as there are columns.
                        unsafe {
                            V::load(sums.as_ptr().add(place))
                                .store_first(output.as_mut_ptr().add(place), count);
                        }
                    }
                }
            }
        }
    }
}
