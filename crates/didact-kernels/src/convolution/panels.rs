//! Weights as the product reads them.

use rayon::prelude::*;

use super::shape::Shape;
use crate::buffer::Buffer;
use crate::simd::InstructionSet;

const ROWS: usize = 16;

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
        Self {
            width,
            depth,
            columns,
        }
    }

    /// The same columns with another depth.
    pub(crate) fn with_depth(self, depth: usize) -> Self {
        Self { depth, ..self }
    }

    /// The same columns in panels of another width.
    #[cfg(target_arch = "x86_64")]
    pub(super) fn with_width(self, width: usize) -> Self {
        Self { width, ..self }
    }

    /// From one panel to the next.
    pub(crate) fn step(self) -> usize {
        self.width * self.depth
    }

    /// Numbers in all panels, with the zeros that fill the last.
    pub(crate) fn len(self) -> usize {
        self.columns.div_ceil(self.width) * self.step()
    }

    /// A number a column, with zeros to the end of the last panel.
    pub(super) fn of_bias(self, bias: &[f32]) -> Buffer {
        let mut whole = Buffer::zeros(bias.len().next_multiple_of(self.width));
        whole[..bias.len()].copy_from_slice(bias);
        whole
    }

    /// Lays out the weights of a convolution for depths of `[kernel row][kernel column][input]`.
    pub(super) fn of_kernel(self, shape: Shape, weight: &[f32]) -> Buffer {
        let area = shape.kernel[0] * shape.kernel[1];
        self.fill(weight, shape.inputs * area, |k| {
            k % shape.inputs * area + k / shape.inputs
        })
    }

    /// Lays out a matrix whose number `k` of a column lies at `place(k) + column * step` of `values`.
    pub(crate) fn fill(self, values: &[f32], step: usize, place: impl Fn(usize) -> usize) -> Buffer {
        let places: Vec<usize> = (0..self.depth).map(place).collect();
        let mut packed = Buffer::any(self.len());
        packed
            .par_chunks_exact_mut(self.step())
            .enumerate()
            .for_each(|(panel, numbers)| {
                let first = panel * self.width;
                let used = self.width.min(self.columns - first);
                numbers
                    .chunks_exact_mut(self.width)
                    .for_each(|row| row[used..].fill(0.0));
                // A few rows at a time, so that what is read and what is written both stay in the first cache.
                for (block, rows) in numbers.chunks_mut(ROWS * self.width).enumerate() {
                    for column in 0..used {
                        let values = &values[(first + column) * step..];
                        for (row, &place) in rows.chunks_exact_mut(self.width).zip(&places[block * ROWS..]) {
                            row[column] = values[place];
                        }
                    }
                }
            });
        packed
    }
}
