//! Kernels of 3x3 numbers as points, and back.

use super::minimal::{MOST_POINTS, Minimal};
use crate::buffer::Buffer;
use crate::convolution::panels::Panels;
use crate::simd::pair_of_bf16;

/// Whether a kernel is used as it is, or turned around by 180 degrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// As it is.
    None,
    /// Turned around.
    Half,
}

/// `U = G g G'` for every pair of channels, as right sides of products of `panels`, one a point.
///
/// `kernel(k, column)` is the place of the 3x3 kernel from channel `k` of the left side to `column` of the right.
pub(super) fn transformed<M: Minimal>(
    panels: Panels,
    turn: Turn,
    kernel: impl Fn(usize, usize) -> usize,
    columns: usize,
    weight: &[f32],
) -> Buffer {
    let mut points = Buffer::zeros(M::POINTS * panels.len());
    for column in 0..columns {
        let panel = column / panels.width * panels.step() + column % panels.width;
        for k in 0..panels.depth {
            let place = kernel(k, column);
            let columns = transform_columns::<M>(&weight[place..place + 9], turn);
            for y in 0..M::SIDE {
                let row = M::weight([columns[0][y], columns[1][y], columns[2][y]]);
                for (x, &value) in row.iter().enumerate().take(M::SIDE) {
                    points[(M::SIDE * y + x) * panels.len() + panel + k * panels.width] = value;
                }
            }
        }
    }
    points
}

/// `G g` of the columns of a kernel.
fn transform_columns<M: Minimal>(kernel: &[f32], turn: Turn) -> [[f32; MOST_POINTS]; 3] {
    let number = |row: usize, column: usize| match turn {
        Turn::None => kernel[3 * row + column],
        Turn::Half => kernel[8 - (3 * row + column)],
    };
    [0, 1, 2].map(|column| M::weight([number(0, column), number(1, column), number(2, column)]))
}

/// `G' U G`: from sums of points, `value(point)`, to a gradient of 3x3 numbers.
pub(super) fn transform_back<M: Minimal>(value: impl Fn(usize) -> f32) -> [f32; 9] {
    let mut rows = [[0.0; MOST_POINTS]; 3];
    for x in 0..M::SIDE {
        let mut column = [0.0; MOST_POINTS];
        for (y, number) in column.iter_mut().enumerate().take(M::SIDE) {
            *number = value(M::SIDE * y + x);
        }
        let kernel = M::weight_back(column);
        for (row, number) in rows.iter_mut().zip(kernel) {
            row[x] = number;
        }
    }
    let mut kernel = [0.0; 9];
    for (kernel, row) in kernel.chunks_exact_mut(3).zip(rows) {
        kernel.copy_from_slice(&M::weight_back(row));
    }
    kernel
}

/// The same right sides with pairs of `bf16` in each cell, neighbours in the depth.
pub(super) fn in_pairs(points: &[f32], panels: Panels) -> (Buffer, Panels) {
    let paired = panels.with_depth(panels.depth.div_ceil(2));
    let mut cells = Buffer::any(points.len() / panels.len() * paired.len());
    let pairs = points
        .chunks_exact(2 * panels.width)
        .zip(cells.chunks_exact_mut(panels.width));
    for (rows, cells) in pairs {
        let (low, high) = rows.split_at(panels.width);
        for ((cell, &low), &high) in cells.iter_mut().zip(low).zip(high) {
            *cell = pair_of_bf16(low, high);
        }
    }
    (cells, paired)
}
