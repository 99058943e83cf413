//! From the pixels of the output gradient in a tile to its points.

use std::marker::PhantomData;
use std::ops::Range;

use super::block::{Run, Tiles};
use super::cells::Cells;
use super::minimal::{MOST_OUTPUTS, MOST_POINTS, Minimal};
use crate::convolution::shape::Shape;
use crate::simd::{Kernel, Vector};

/// Transforms tiles of the output gradient: `A dY A'`.
pub(super) struct GradientTransform<'a, M> {
    pub(super) shape: Shape,
    pub(super) tiles: Tiles,
    pub(super) range: Range<usize>,
    pub(super) gradient: &'a [f32],
    /// Plain, or pairs of tiles.
    pub(super) cells: Cells,
    /// Room for all points, each [`Cells::step`] cells.
    pub(super) points: &'a mut [f32],
    /// As many zeros as a row of the gradient has numbers.
    pub(super) zeros: &'a [f32],
    pub(super) algorithm: PhantomData<M>,
}

impl<M: Minimal> Kernel for GradientTransform<'_, M> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let points = self.points.as_mut_ptr();
        let channels = self.shape.outputs;
        let step = self.cells.step(self.range.len(), channels);
        let (height, width) = (self.shape.output_height(), self.shape.output_width());
        assert!(self.points.len() >= M::POINTS * step && self.zeros.len() >= width * channels);
        assert!(channels.is_multiple_of(V::LANES) && self.gradient.len() == self.shape.output_len());
        for run in self.tiles.runs(self.range.clone()) {
            for channel in (0..channels).step_by(V::LANES) {
                // SAFETY: rows have all columns and channels, and there is room for every tile of the range.
                unsafe {
                    if self.cells == Cells::PairsOfTiles {
                        self.transform::<V>(points, Cells::PairsOfTiles, run, [height, width], channel, step);
                    } else {
                        self.transform::<V>(points, Cells::Plain, run, [height, width], channel, step);
                    }
                }
            }
        }
    }
}

impl<M: Minimal> GradientTransform<'_, M> {
    /// `A dY A'` of a run of tiles, of one vector of channels.
    #[inline(always)]
    unsafe fn transform<V: Vector>(
        &self,
        points: *mut f32,
        cells: Cells,
        Run { tile, index, count }: Run,
        [height, width]: [usize; 2],
        channel: usize,
        step: usize,
    ) {
        let channels = self.shape.outputs;
        let mut rows = [self.zeros.as_ptr(); MOST_OUTPUTS];
        for (y, row) in rows.iter_mut().enumerate() {
            if tile.row + y < height {
                *row = self.gradient[(tile.image * height + tile.row + y) * width * channels..].as_ptr();
            }
        }
        for number in 0..count {
            // SAFETY: the caller's.
            unsafe {
                let mut columns = [[V::splat(0.0); MOST_POINTS]; MOST_OUTPUTS];
                for x in 0..M::OUTPUTS {
                    let column = tile.column + M::OUTPUTS * number + x;
                    if column < width {
                        let mut pixels = [V::splat(0.0); MOST_OUTPUTS];
                        for y in 0..M::OUTPUTS {
                            pixels[y] = V::load(rows[y].add(column * channels + channel));
                        }
                        columns[x] = M::gradient(pixels);
                    }
                }
                for y in 0..M::SIDE {
                    let mut row = [V::splat(0.0); MOST_OUTPUTS];
                    for x in 0..M::OUTPUTS {
                        row[x] = columns[x][y];
                    }
                    let place = (index + number, channels, channel);
                    cells.store(
                        (M::gradient(row), M::SIDE),
                        points.add(M::SIDE * y * step),
                        place,
                        step,
                    );
                }
            }
        }
    }
}
