//! Kernels of 3x3 numbers as 4x4 points, and back.

use super::POINTS;
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

/// `U = G g G'` for every pair of channels, as 16 right sides of products of `panels`, one a point.
///
/// `kernel(k, column)` is the place of the 3x3 kernel from channel `k` of the left side to `column` of the right.
pub(super) fn transformed(panels: Panels, turn: Turn, kernel: impl Fn(usize, usize) -> usize, columns: usize, weight: &[f32]) -> Buffer {
    let mut points = Buffer::zeros(POINTS * panels.len());
    for column in 0..columns {
        let panel = column / panels.width * panels.step() + column % panels.width;
        for k in 0..panels.depth {
            let place = kernel(k, column);
            let transformed = transform(&weight[place..place + 9], turn);
            for (point, value) in transformed.into_iter().enumerate() {
                points[point * panels.len() + panel + k * panels.width] = value;
            }
        }
    }
    points
}

/// `G g G'` with `G = [1 0 0; 1/2 1/2 1/2; 1/2 -1/2 1/2; 0 0 1]`.
fn transform(kernel: &[f32], turn: Turn) -> [f32; POINTS] {
    let number = |row: usize, column: usize| match turn {
        Turn::None => kernel[3 * row + column],
        Turn::Half => kernel[8 - (3 * row + column)],
    };
    let columns = [0, 1, 2].map(|column| apply([number(0, column), number(1, column), number(2, column)]));
    let mut points = [0.0; POINTS];
    for row in 0..4 {
        points[4 * row..4 * row + 4].copy_from_slice(&apply(columns.map(|column| column[row])));
    }
    points
}

fn apply([a, b, c]: [f32; 3]) -> [f32; 4] {
    [a, 0.5 * (a + b + c), 0.5 * (a - b + c), c]
}

/// `G' U G`: from sums of points to a gradient of 3x3 numbers.
pub(super) fn transform_back(points: [f32; POINTS]) -> [f32; 9] {
    let columns = [0, 1, 2, 3].map(|x| apply_back([points[x], points[4 + x], points[8 + x], points[12 + x]]));
    let mut kernel = [0.0; 9];
    for row in 0..3 {
        kernel[3 * row..3 * row + 3].copy_from_slice(&apply_back(columns.map(|column| column[row])));
    }
    kernel
}

fn apply_back([a, b, c, d]: [f32; 4]) -> [f32; 3] {
    [a + 0.5 * (b + c), 0.5 * (b - c), 0.5 * (b + c) + d]
}

/// The same right sides with pairs of `bf16` in each cell, neighbours in the depth.
pub(super) fn in_pairs(points: &[f32], panels: Panels) -> (Buffer, Panels) {
    let paired = panels.with_depth(panels.depth.div_ceil(2));
    let mut cells = Buffer::any(POINTS * paired.len());
    let pairs = points.chunks_exact(2 * panels.width).zip(cells.chunks_exact_mut(panels.width));
    for (rows, cells) in pairs {
        let (low, high) = rows.split_at(panels.width);
        for ((cell, &low), &high) in cells.iter_mut().zip(low).zip(high) {
            *cell = pair_of_bf16(low, high);
        }
    }
    (cells, paired)
}
