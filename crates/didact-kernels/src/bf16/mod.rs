//! Products of matrices in `bf16`, by the processor's matrix unit or by its vectors: both sides are rounded where they are laid
//! out, and summed in `f32`.
//!
//! ```text
//!  left: a row's cells of two numbers of the depth    right: panels of 32 columns, the cells of each depth together
//!   row 0  [ aa aa aa ... ]                            depth 0 1  [ aa bb cc ... ]
//!   row 1  [ bb bb bb ... ]                            depth 2 3  [ aa bb cc ... ]
//! ```

mod by_unit;
mod by_vectors;
mod left;
mod right;

pub(crate) use by_vectors::{Start, multiply as multiply_by_vectors};
pub(crate) use left::Left;
pub(crate) use right::Right;

use crate::simd::{InstructionSet, Vector};

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
/// If the sides do not have the same depth, the output is too short, or the processor does not multiply `bf16`.
pub(crate) fn multiply(set: InstructionSet, left: &Left, right: &Right, output: (&mut [f32], usize)) {
    if set.has_matrix_unit() {
        by_unit::multiply(set, left, right, output);
    } else {
        multiply_by_vectors(set, (left, right), Start::Zero, output);
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
