//! Sums over parts of a batch that do not depend on the number of threads.

use std::ops::Range;

use crate::buffer::Buffer;

/// The sum of `part` over pieces of `range` of at most `piece` items, added up as a tree whose shape depends on the
/// range alone. `part` yields as many numbers each time.
pub(super) fn tree_sum(
    range: Range<usize>,
    piece: usize,
    part: &(impl Fn(Range<usize>) -> Buffer + Sync),
) -> Buffer {
    if range.len() <= piece.max(1) {
        return part(range);
    }
    let middle = range.start + range.len().div_ceil(piece).div_ceil(2) * piece;
    let (mut left, right) = rayon::join(
        || tree_sum(range.start..middle, piece, part),
        || tree_sum(middle..range.end, piece, part),
    );
    left.iter_mut()
        .zip(right.iter())
        .for_each(|(left, right)| *left += right);
    left
}

/// How many pieces a batch is cut into: enough for the threads of a large processor, few enough that adding them up
/// costs nothing.
pub(super) const PIECES: usize = 16;
