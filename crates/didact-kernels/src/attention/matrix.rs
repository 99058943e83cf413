//! Products of the matrices of a head, which fit into the second cache.

use crate::buffer::Buffer;
use crate::convolution::Panels;
use crate::product::{Batch, Depth, Plain, Product, Start};
use crate::simd::InstructionSet;

/// A matrix where it lies, with the steps from one row and from one column to the next.
#[derive(Clone, Copy)]
pub(super) struct Matrix<'a> {
    pub(super) values: &'a [f32],
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) steps: [usize; 2],
}

impl Matrix<'_> {
    /// The same with rows as columns.
    pub(super) fn transposed(self) -> Self {
        let [row, column] = self.steps;
        Self {
            rows: self.columns,
            columns: self.rows,
            steps: [column, row],
            ..self
        }
    }

    /// Whether all numbers are within the slice.
    fn is_sound(&self) -> bool {
        let last = |count: usize| count.checked_sub(1);
        let (Some(row), Some(column)) = (last(self.rows), last(self.columns)) else {
            return false;
        };
        row * self.steps[0] + column * self.steps[1] < self.values.len()
    }
}

/// The right side of a product, laid out as an instruction set reads it.
pub(super) struct Right {
    set: InstructionSet,
    panels: Panels,
    columns: usize,
    numbers: Buffer,
}

/// Rows of a transposed matrix that are laid out together, so that what is written stays in the first cache.
const ROWS: usize = 16;

impl Right {
    /// Lays out a matrix whose rows or columns are runs of numbers.
    ///
    /// # Panics
    ///
    /// If they are not, or a number is not within the slice.
    pub(super) fn new(set: InstructionSet, matrix: Matrix<'_>) -> Self {
        assert!(matrix.is_sound() && matrix.steps.contains(&1));
        let panels = Panels::new(set, matrix.columns, matrix.rows);
        let mut numbers = Buffer::any(panels.len());
        for (index, panel) in numbers.chunks_exact_mut(panels.step()).enumerate() {
            let first = index * panels.width;
            let used = panels.width.min(matrix.columns - first);
            if matrix.steps[1] == 1 {
                for (row, numbers) in panel.chunks_exact_mut(panels.width).enumerate() {
                    let (numbers, rest) = numbers.split_at_mut(used);
                    numbers.copy_from_slice(&matrix.values[row * matrix.steps[0] + first..][..used]);
                    rest.fill(0.0);
                }
            } else {
                lay_out_transposed(panel, panels.width, used, |column| {
                    &matrix.values[(first + column) * matrix.steps[1]..][..matrix.rows]
                });
            }
        }
        Self {
            set,
            panels,
            columns: matrix.columns,
            numbers,
        }
    }
}

/// Rows of `width` numbers, of which the first `used` are columns that are runs of numbers; the others are zero.
fn lay_out_transposed<'a>(
    panel: &mut [f32],
    width: usize,
    used: usize,
    column_of: impl Fn(usize) -> &'a [f32],
) {
    for (block, rows) in panel.chunks_mut(ROWS * width).enumerate() {
        for column in 0..width {
            let rows = rows.chunks_exact_mut(width);
            if column < used {
                let numbers = &column_of(column)[block * ROWS..];
                rows.zip(numbers).for_each(|(row, &number)| row[column] = number);
            } else {
                rows.for_each(|row| row[column] = 0.0);
            }
        }
    }
}

/// `output[row] = left[row] x right`, with the step from one row of the output to the next.
///
/// # Panics
///
/// If sizes do not fit each other, or a slice is too short.
pub(super) fn multiply(left: Matrix<'_>, right: &Right, (output, output_row): (&mut [f32], usize)) {
    let Right {
        set, panels, columns, ..
    } = *right;
    assert!(left.is_sound() && left.columns == panels.depth && right.numbers.len() == panels.len());
    assert!(output.len() >= (left.rows - 1) * output_row + columns);
    let product = Product {
        rows: left.rows,
        columns,
        depth: Depth {
            segments: 1,
            length: panels.depth,
            step: [left.steps[1], panels.width],
            segment_step: [0, 0],
        },
        left: left.values.as_ptr(),
        left_row: left.steps[0],
        right: right.numbers.as_ptr(),
        right_panel: panels.step(),
        output: output.as_mut_ptr(),
        output_row,
        start: Start::Zero,
        batch: Batch::ONE,
    };
    // SAFETY: all of left, right (in whole vectors) and output are within their slices, as asserted.
    unsafe { product.compute::<Plain>(set) };
}
