//! From 2x2 pixels of the output gradient to 16 numbers a channel.

use std::ops::Range;

use super::POINTS;
use super::block::{Run, Tiles};
use super::cells::Cells;
use crate::convolution::shape::Shape;
use crate::simd::{Kernel, Vector};

/// Transforms tiles of the output gradient: `A dY A'`.
pub(super) struct GradientTransform<'a> {
    pub(super) shape: Shape,
    pub(super) tiles: Tiles,
    pub(super) range: Range<usize>,
    pub(super) gradient: &'a [f32],
    /// Plain, or pairs of tiles.
    pub(super) cells: Cells,
    /// Room for sixteen times [`Cells::step`] cells.
    pub(super) points: &'a mut [f32],
    /// As many zeros as a row of the gradient has numbers.
    pub(super) zeros: &'a [f32],
}

impl Kernel for GradientTransform<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let channels = self.shape.outputs;
        let step = self.cells.step(self.range.len(), channels);
        let (height, width) = (self.shape.output_height(), self.shape.output_width());
        assert!(self.points.len() >= POINTS * step && self.zeros.len() >= width * channels);
        assert!(channels.is_multiple_of(V::LANES) && self.gradient.len() == self.shape.output_len());
        for run in self.tiles.runs(self.range.clone()) {
            for channel in (0..channels).step_by(V::LANES) {
                // SAFETY: rows have all columns and channels, and there is room for every tile of the range.
                unsafe {
                    if self.cells == Cells::PairsOfTiles {
                        self.transform::<V>(Cells::PairsOfTiles, run, [height, width], channel, step);
                    } else {
                        self.transform::<V>(Cells::Plain, run, [height, width], channel, step);
                    }
                }
            }
        }
    }
}

impl GradientTransform<'_> {
    /// `A dY A'` of a run of tiles, of one vector of channels.
    #[inline(always)]
    unsafe fn transform<V: Vector>(
        &self,
        cells: Cells,
        Run { tile, index, count }: Run,
        [height, width]: [usize; 2],
        channel: usize,
        step: usize,
    ) {
        let channels = self.shape.outputs;
        let points = self.points.as_ptr().cast_mut();
        let row = self.gradient[(tile.image * height + tile.row) * width * channels..].as_ptr();
        let is_last = tile.row + 1 == height;
        let below = if is_last { self.zeros.as_ptr() } else { row.wrapping_add(width * channels) };
        for number in 0..count {
            let column = tile.column + 2 * number;
            // SAFETY: the caller's.
            unsafe {
                let place = column * channels + channel;
                let left = apply([V::load(row.add(place)), V::load(below.add(place))]);
                let mut right = [V::splat(0.0); 4];
                if column + 1 < width {
                    let place = place + channels;
                    right = apply([V::load(row.add(place)), V::load(below.add(place))]);
                }
                for y in 0..4 {
                    let values = apply([left[y], right[y]]);
                    cells.store(values, points.add(4 * y * step), (index + number, channels, channel), step);
                }
            }
        }
    }
}

/// `A y` with `A = [1 0; 1 1; 1 -1; 0 -1]`; twice, it is `A dY A'`.
#[inline(always)]
unsafe fn apply<V: Vector>([a, b]: [V; 2]) -> [V; 4] {
    // SAFETY: the caller's.
    unsafe { [a, a.add(b), a.subtract(b), V::splat(0.0).subtract(b)] }
}
