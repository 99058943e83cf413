//! Weights as the product reads them.

use crate::buffer::Buffer;
use crate::simd::InstructionSet;

/// How the right side of a product lies: panels of one or two vectors of columns, each with its whole depth.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Panels {
    /// Columns in a panel.
    pub(crate) width: usize,
    /// Numbers in a column.
    pub(crate) depth: usize,
    columns: usize,
}

impl Panels {
    /// Panels for `columns` columns of `depth` numbers.
    pub(crate) fn new(set: InstructionSet, columns: usize, depth: usize) -> Self {
        let lanes = set.lanes();
        let width = if columns > lanes { 2 * lanes } else { lanes };
        Self { width, depth, columns }
    }

    /// The same columns with another depth.
    pub(crate) fn with_depth(self, depth: usize) -> Self {
        Self { depth, ..self }
    }

    /// From one panel to the next.
    pub(crate) fn step(self) -> usize {
        self.width * self.depth
    }

    /// Numbers in all panels, with the zeros that fill the last.
    pub(crate) fn len(self) -> usize {
        self.columns.div_ceil(self.width) * self.step()
    }

    /// Lays out a matrix: `value(k, column)`.
    pub(crate) fn fill(self, value: impl Fn(usize, usize) -> f32 + Sync) -> Buffer {
        let mut packed = Buffer::any(self.len());
        for (panel, numbers) in packed.chunks_exact_mut(self.step()).enumerate() {
            let first = panel * self.width;
            for (k, row) in numbers.chunks_exact_mut(self.width).enumerate() {
                for (column, number) in (first..).zip(row) {
                    *number = if column < self.columns { value(k, column) } else { 0.0 };
                }
            }
        }
        packed
    }
}
