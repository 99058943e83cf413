//! From the pixels of the input that a tile sees to its points.

use std::marker::PhantomData;
use std::ops::Range;

use super::block::{Run, Tile, Tiles};
use super::cells::Cells;
use super::minimal::{MOST_POINTS, Minimal};
use crate::convolution::shape::Shape;
use crate::simd::{Kernel, Vector};

/// Transforms tiles of the input: `V = B' d B`.
pub(super) struct InputTransform<'a, M> {
    pub(super) shape: Shape,
    pub(super) tiles: Tiles,
    pub(super) range: Range<usize>,
    pub(super) input: &'a [f32],
    pub(super) cells: Cells,
    /// Room for all points, each [`Cells::step`] cells.
    pub(super) points: &'a mut [f32],
    /// As many zeros as a row of the input has numbers.
    pub(super) zeros: &'a [f32],
    pub(super) algorithm: PhantomData<M>,
}

impl<M: Minimal> Kernel for InputTransform<'_, M> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let points = self.points.as_mut_ptr();
        let channels = self.shape.inputs;
        let step = self.cells.step(self.range.len(), channels);
        assert!(self.points.len() >= M::POINTS * step && self.input.len() == self.shape.input_len());
        assert!(self.zeros.len() >= self.shape.width * channels && channels.is_multiple_of(V::LANES));
        for run in self.tiles.runs(self.range.clone()) {
            let rows = self.rows(run.tile);
            for channel in (0..channels).step_by(V::LANES) {
                // SAFETY: rows have all columns and channels, and there is room for every tile of the range.
                unsafe {
                    match self.cells {
                        Cells::Plain => self.transform::<V>(points, Cells::Plain, run, rows, channel, step),
                        Cells::PairsOfChannels => {
                            self.transform::<V>(points, Cells::PairsOfChannels, run, rows, channel, step);
                        }
                        Cells::PairsOfTiles => {
                            self.transform::<V>(points, Cells::PairsOfTiles, run, rows, channel, step);
                        }
                    }
                }
            }
        }
    }
}

impl<M: Minimal> InputTransform<'_, M> {
    /// The rows of pixels that a tile sees, zeros beyond the border.
    #[inline(always)]
    fn rows(&self, tile: Tile) -> [*const f32; MOST_POINTS] {
        let row = self.shape.width * self.shape.inputs;
        let mut rows = [self.zeros.as_ptr(); MOST_POINTS];
        for (y, pointer) in rows.iter_mut().enumerate() {
            // Before the first row this wraps around to more than any image has.
            let y = (tile.row + y).wrapping_sub(self.shape.padding);
            if y < self.shape.height {
                *pointer = self.input[(tile.image * self.shape.height + y) * row..].as_ptr();
            }
        }
        rows
    }

    /// `B' d B` of a run of tiles, of one vector of channels. Neighbours share two columns.
    #[inline(always)]
    unsafe fn transform<V: Vector>(
        &self,
        points: *mut f32,
        cells: Cells,
        Run { tile, index, count }: Run,
        rows: [*const f32; MOST_POINTS],
        channel: usize,
        step: usize,
    ) {
        let first = tile.column.wrapping_sub(self.shape.padding);
        // SAFETY: the caller's.
        unsafe {
            let mut columns = [[V::splat(0.0); MOST_POINTS]; MOST_POINTS];
            columns[M::OUTPUTS] = self.column(rows, first, channel);
            columns[M::OUTPUTS + 1] = self.column(rows, first.wrapping_add(1), channel);
            for tile in 0..count {
                columns[0] = columns[M::OUTPUTS];
                columns[1] = columns[M::OUTPUTS + 1];
                for x in 2..M::SIDE {
                    columns[x] = self.column(rows, first.wrapping_add(M::OUTPUTS * tile + x), channel);
                }
                for y in 0..M::SIDE {
                    let mut row = [V::splat(0.0); MOST_POINTS];
                    for x in 0..M::SIDE {
                        row[x] = columns[x][y];
                    }
                    let place = (index + tile, self.shape.inputs, channel);
                    cells.store(
                        (M::input(row), M::SIDE),
                        points.add(M::SIDE * y * step),
                        place,
                        step,
                    );
                }
            }
        }
    }

    /// `B' d` of a column of pixels; of zeros beyond the border.
    #[inline(always)]
    unsafe fn column<V: Vector>(
        &self,
        rows: [*const f32; MOST_POINTS],
        column: usize,
        channel: usize,
    ) -> [V; MOST_POINTS] {
        // SAFETY: the caller's; the column is within the rows.
        unsafe {
            let mut pixels = [V::splat(0.0); MOST_POINTS];
            if column >= self.shape.width {
                return pixels;
            }
            let place = column * self.shape.inputs + channel;
            for y in 0..M::SIDE {
                pixels[y] = V::load(rows[y].add(place));
            }
            M::input(pixels)
        }
    }
}
