//! Kernels of 3x3 numbers as points, and back.

use rayon::prelude::*;

use super::minimal::{MOST_POINTS, Minimal};
use crate::buffer::Buffer;
use crate::convolution::panels::Panels;
use crate::shared::Shared;
use crate::simd::MOST_LANES;
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
    kernel: impl Fn(usize, usize) -> usize + Sync,
    columns: usize,
    weight: &[f32],
) -> Buffer {
    let mut points = Buffer::any(M::POINTS * panels.len());
    let shared = Shared::new(&mut points);
    let rows = panels.len() / panels.width;
    (0..rows).into_par_iter().with_min_len(ROWS).for_each(|row| {
        let (panel, k) = (row / panels.depth, row % panels.depth);
        let used = panels.width.min(columns - panel * panels.width);
        let mut lines = [[0.0; 2 * MOST_LANES]; MOST_POINTS * MOST_POINTS];
        for column in 0..used {
            let place = kernel(k, panel * panels.width + column);
            let kernel = transform_columns::<M>(&weight[place..place + 9], turn);
            for y in 0..M::SIDE {
                let numbers = M::weight([kernel[0][y], kernel[1][y], kernel[2][y]]);
                for x in 0..M::SIDE {
                    lines[M::SIDE * y + x][column] = numbers[x];
                }
            }
        }
        for (point, line) in lines.iter().enumerate().take(M::POINTS) {
            // SAFETY: of every point, each row of a panel is written by one thread, and is within the buffer.
            unsafe {
                let target = shared.at(point * panels.len() + row * panels.width);
                target.copy_from_nonoverlapping(line.as_ptr(), panels.width);
            }
        }
    });
    points
}

/// Rows that a thread takes at a time.
const ROWS: usize = 16;

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
pub(in crate::convolution) fn in_pairs(points: &[f32], panels: Panels) -> (Buffer, Panels) {
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
