//! Products of matrices by the processor's matrix unit: both sides are rounded to `bf16` where they are laid out, and summed
//! in `f32`.
//!
//! ```text
//!  left: a row's cells of two numbers of the depth    right: panels of 32 columns, the cells of each depth together
//!   row 0  [ aa aa aa ... ]                            depth 0 1  [ aa bb cc ... ]
//!   row 1  [ bb bb bb ... ]                            depth 2 3  [ aa bb cc ... ]
//! ```

mod left;
mod right;

pub(crate) use left::Left;
pub(crate) use right::Right;

use crate::simd::amx::{Factors, MatrixUnit, SIDE, Sums};
use crate::simd::{InstructionSet, Kernel, Vector, run, vectors};

/// The numbers of a side, as runs that lie together.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Runs<'a> {
    /// A run for each number of the depth: all rows of the left side, or all columns of the right.
    OfDepth(&'a [&'a [f32]]),
    /// A run for each row of the left side or column of the right: its whole depth.
    OfLines(&'a [&'a [f32]]),
}

impl Runs<'_> {
    /// Whether these are the runs of so many rows or columns of so many numbers.
    fn are_of(&self, lines: usize, depth: usize) -> bool {
        let (runs, count, length) = match self {
            Self::OfDepth(runs) => (runs, depth, lines),
            Self::OfLines(runs) => (runs, lines, depth),
        };
        runs.len() == count && runs.iter().all(|run| run.len() == length)
    }
}

/// `output[row] = left[row] x right`, with the step from one row of the output to the next.
///
/// # Panics
///
/// If the sides do not have the same depth, the output is too short, or there is no unit.
pub(crate) fn multiply(
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
        assert!(left.depth == right.depth);
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

/// A vector of a run from `place` on; zeros beyond its end, and of a run that there is not.
///
/// # Safety
///
/// As [`Vector`].
#[inline(always)]
unsafe fn part<V: Vector>(run: Option<&&[f32]>, place: usize) -> V {
    // SAFETY: the caller's; no more numbers are read than there are.
    unsafe {
        match run.and_then(|run| run.get(place..)) {
            Some(rest) if !rest.is_empty() => V::load_first(rest.as_ptr(), rest.len().min(V::LANES)),
            _ => V::splat(0.0),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
