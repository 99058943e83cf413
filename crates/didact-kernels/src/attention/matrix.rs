//! Products of the matrices of a head, which fit into the second cache.

#[cfg(target_arch = "x86_64")]
use crate::bf16::{self, Runs};
use crate::block::Precision;
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

    /// Whether rows are runs of numbers; else columns are.
    #[cfg(target_arch = "x86_64")]
    fn has_whole_rows(&self) -> bool {
        self.steps[1] == 1
    }

    /// Its rows if these are runs of numbers, else its columns.
    #[cfg(target_arch = "x86_64")]
    fn runs(&self) -> Vec<&[f32]> {
        let (count, step, length) = if self.has_whole_rows() {
            (self.rows, self.steps[0], self.columns)
        } else {
            (self.columns, self.steps[1], self.rows)
        };
        (0..count)
            .map(|index| &self.values[index * step..][..length])
            .collect()
    }
}

/// `output[row] = left[row] x right`, with the step from one row of the output to the next.
///
/// # Panics
///
/// If neither the rows nor the columns of a side are runs of numbers, sizes do not fit each other, or a slice is too short.
pub(super) fn multiply(
    #[cfg_attr(
        not(target_arch = "x86_64"),
        expect(unused_variables, reason = "only there `bf16` is multiplied")
    )]
    (set, precision): (InstructionSet, Precision),
    left: Matrix<'_>,
    right: Matrix<'_>,
    output: (&mut [f32], usize),
) {
    assert!(left.is_sound() && right.is_sound() && left.columns == right.rows);
    assert!(left.steps.contains(&1) && right.steps.contains(&1));
    #[cfg(target_arch = "x86_64")]
    if precision == Precision::Bf16 && is_worth_rounding(set, [left.rows, left.columns, right.columns]) {
        return multiply_bf16(set, left, right, output);
    }
    multiply_f32(set, left, &Right::new(set, right), output);
}

/// Whether there are products of `bf16`, and by vectors such sizes that each number that is laid out meets enough others.
#[cfg(target_arch = "x86_64")]
fn is_worth_rounding(set: InstructionSet, sizes: [usize; 3]) -> bool {
    set.has_matrix_unit() || set.multiplies_bf16() && sizes.iter().all(|&size| size >= LEAST)
}

/// Rows, depth and columns from which on products of `bf16` by vectors pay: 1.2 times as fast, with `cct`'s 169 tokens 1.5 times, and
/// with 32 slower.
#[cfg(target_arch = "x86_64")]
const LEAST: usize = 64;

/// In `bf16`.
#[cfg(target_arch = "x86_64")]
fn multiply_bf16(set: InstructionSet, left: Matrix<'_>, right: Matrix<'_>, output: (&mut [f32], usize)) {
    let [left_runs, right_runs] = [left.runs(), right.runs()];
    let left_runs = if left.has_whole_rows() {
        Runs::OfLines(&left_runs)
    } else {
        Runs::OfDepth(&left_runs)
    };
    let right_runs = if right.has_whole_rows() {
        Runs::OfDepth(&right_runs)
    } else {
        Runs::OfLines(&right_runs)
    };
    let left = bf16::Left::new(set, left_runs, [left.rows, left.columns]);
    let right = bf16::Right::new(set, right_runs, [right.rows, right.columns]);
    bf16::multiply(set, &left, &right, output);
}

/// The right side of a product, laid out as an instruction set reads it.
struct Right {
    panels: Panels,
    columns: usize,
    numbers: Buffer,
}

/// Rows of a transposed matrix that are laid out together, so that what is written stays in the first cache.
const ROWS: usize = 16;

impl Right {
    /// Lays out a matrix whose rows or columns are runs of numbers.
    fn new(set: InstructionSet, matrix: Matrix<'_>) -> Self {
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

/// In `f32`.
fn multiply_f32(
    set: InstructionSet,
    left: Matrix<'_>,
    right: &Right,
    (output, output_row): (&mut [f32], usize),
) {
    let Right { panels, columns, .. } = *right;
    assert!(right.numbers.len() == panels.len());
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
