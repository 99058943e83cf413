//! The tiles of an output, and how many go through the cache together.

use std::ops::Range;

use super::minimal::Minimal;
use crate::convolution::shape::Shape;

/// The tiles of a batch of outputs, numbered row by row and image by image.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tiles {
    /// Tiles of an image, down and across.
    down: usize,
    across: usize,
    images: usize,
    /// Outputs of a tile in one direction.
    side: usize,
}

/// Where a tile lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tile {
    /// The image.
    pub(super) image: usize,
    /// First output row.
    pub(super) row: usize,
    /// First output column.
    pub(super) column: usize,
}

/// Tiles side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The first.
    pub(super) tile: Tile,
    /// Its number within the range.
    pub(super) index: usize,
    /// How many there are.
    pub(super) count: usize,
}

impl Tiles {
    pub(super) fn new<M: Minimal>(shape: Shape) -> Self {
        Self {
            down: shape.output_height().div_ceil(M::OUTPUTS),
            across: shape.output_width().div_ceil(M::OUTPUTS),
            images: shape.images,
            side: M::OUTPUTS,
        }
    }

    pub(super) fn count(self) -> usize {
        self.images * self.down * self.across
    }

    /// The tiles of a range, in order.
    #[inline(always)]
    pub(super) fn of(self, range: Range<usize>) -> impl Iterator<Item = Tile> {
        let (row, column) = (range.start / self.across, range.start % self.across);
        let mut next = [row / self.down, row % self.down, column];
        range.map(move |_| {
            let [image, row, column] = next;
            next[2] += 1;
            if next[2] == self.across {
                next = [image, row + 1, 0];
            }
            if next[1] == self.down {
                next = [image + 1, 0, 0];
            }
            Tile {
                image,
                row: self.side * row,
                column: self.side * column,
            }
        })
    }

    /// The tiles of a range in runs of neighbours: of one image, and side by side.
    #[inline(always)]
    pub(super) fn runs(self, range: Range<usize>) -> impl Iterator<Item = Run> {
        let mut next = range.start;
        std::iter::from_fn(move || {
            let (row, column) = (next / self.across, next % self.across);
            let count = (self.across - column).min(range.end.saturating_sub(next));
            let (image, row) = (row / self.down, row % self.down);
            let tile = Tile {
                image,
                row: self.side * row,
                column: self.side * column,
            };
            let index = next - range.start;
            next += count;
            (count > 0).then_some(Run { tile, index, count })
        })
    }

    /// Blocks of tiles that the cache holds with `channels` numbers a point, inputs and outputs together. Their size
    /// does not depend on the number of threads.
    pub(super) fn block<M: Minimal>(self, channels: usize) -> usize {
        let held = CACHE / (M::POINTS * size_of::<f32>() * channels);
        let whole = (held / ROWS * ROWS).max(ROWS);
        whole.min(self.count())
    }
}

/// Bytes of the second cache that transformed tiles may take; it has 1 MiB on the processors this was measured on, and
/// the transformed weights need room too.
const CACHE: usize = 320 * 1024;

/// Blocks are multiples of the rows of the widest micro-kernel.
const ROWS: usize = 14;
