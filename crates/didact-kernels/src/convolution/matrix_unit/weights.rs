//! Weights as blocks of pixels read them.

use crate::buffer::Buffer;
use crate::convolution::panels::Panels;
use crate::convolution::winograd::in_pairs;
use crate::simd::amx::{DEPTH, SIDE};

/// Panels of [`SIDE`] columns, in cells of two numbers of the depth; each row of the kernel ends with a whole tile.
pub(super) struct Weights {
    cells: Buffer,
    panels: Panels,
    /// Cells of a column for a row of the kernel.
    pub(super) row: usize,
}

impl Weights {
    /// From panels for depths of `[kernel row][kernel column][channel]`.
    pub(super) fn new((numbers, panels): (&[f32], Panels), kernel_rows: usize) -> Self {
        assert!(panels.width == SIDE);
        let (cells, panels) = in_pairs(numbers, panels);
        let row = panels.depth / kernel_rows;
        let whole = row.next_multiple_of(DEPTH);
        if whole == row {
            return Self { cells, panels, row };
        }
        let panels = panels.with_depth(kernel_rows * whole);
        let mut spaced = Buffer::zeros(panels.len());
        let rows = spaced.chunks_exact_mut(whole * SIDE);
        for (spaced, row) in rows.zip(cells.chunks_exact(row * SIDE)) {
            spaced[..row.len()].copy_from_slice(row);
        }
        Self {
            cells: spaced,
            panels,
            row: whole,
        }
    }

    /// Cells of a column.
    pub(super) fn depth(&self) -> usize {
        self.panels.depth
    }

    /// The panels.
    pub(super) fn panels(&self) -> impl Iterator<Item = &[f32]> {
        self.cells.chunks_exact(self.panels.step())
    }
}
