//! From 4x4 pixels of the input to 16 numbers a channel.

use std::ops::Range;

use super::POINTS;
use super::block::{Run, Tile, Tiles};
use super::cells::Cells;
use crate::convolution::shape::Shape;
use crate::simd::{Kernel, Vector};

/// Transforms tiles of the input: `V = B' d B`.
pub(super) struct InputTransform<'a> {
    pub(super) shape: Shape,
    pub(super) tiles: Tiles,
    pub(super) range: Range<usize>,
    pub(super) input: &'a [f32],
    pub(super) cells: Cells,
    /// Room for sixteen times [`step`] cells.
    pub(super) points: &'a mut [f32],
    /// As many zeros as a row of the input has numbers.
    pub(super) zeros: &'a [f32],
}

impl Kernel for InputTransform<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let channels = self.shape.inputs;
        let step = self.cells.step(self.range.len(), channels);
        assert!(self.points.len() >= POINTS * step && self.input.len() == self.shape.input_len());
        assert!(self.zeros.len() >= self.shape.width * channels && channels.is_multiple_of(V::LANES));
        for run in self.tiles.runs(self.range.clone()) {
            let rows = self.rows(run.tile);
            for channel in (0..channels).step_by(V::LANES) {
                // SAFETY: rows have all columns and channels, and there is room for every tile of the range.
                unsafe {
                    match self.cells {
                        Cells::Plain => self.transform::<V>(Cells::Plain, run, rows, channel, step),
                        Cells::PairsOfChannels => self.transform::<V>(Cells::PairsOfChannels, run, rows, channel, step),
                        Cells::PairsOfTiles => self.transform::<V>(Cells::PairsOfTiles, run, rows, channel, step),
                    }
                }
            }
        }
    }
}

impl InputTransform<'_> {
    /// The four rows of pixels that a tile sees, zeros beyond the border.
    #[inline(always)]
    fn rows(&self, tile: Tile) -> [*const f32; 4] {
        let row = self.shape.width * self.shape.inputs;
        [0, 1, 2, 3].map(|y| {
            // Before the first row this wraps around to more than any image has.
            let y = (tile.row + y).wrapping_sub(self.shape.padding);
            if y < self.shape.height {
                self.input[(tile.image * self.shape.height + y) * row..].as_ptr()
            } else {
                self.zeros.as_ptr()
            }
        })
    }

    /// `B' d B` with `B' = [1 0 -1 0; 0 1 1 0; 0 -1 1 0; 0 1 0 -1]`, of a run of tiles: neighbours share two columns.
    #[inline(always)]
    unsafe fn transform<V: Vector>(
        &self,
        cells: Cells,
        Run { tile, index, count }: Run,
        rows: [*const f32; 4],
        channel: usize,
        step: usize,
    ) {
        let points = self.points.as_ptr().cast_mut();
        let first = tile.column.wrapping_sub(self.shape.padding);
        // SAFETY: the caller's.
        unsafe {
            let mut a: [V; 4] = self.column(rows, first, channel);
            let mut b: [V; 4] = self.column(rows, first.wrapping_add(1), channel);
            for tile in 0..count {
                let c: [V; 4] = self.column(rows, first.wrapping_add(2 * tile + 2), channel);
                let d: [V; 4] = self.column(rows, first.wrapping_add(2 * tile + 3), channel);
                for y in 0..4 {
                    let values = apply([a[y], b[y], c[y], d[y]]);
                    let place = (index + tile, self.shape.inputs, channel);
                    cells.store(values, points.add(4 * y * step), place, step);
                }
                (a, b) = (c, d);
            }
        }
    }

    /// `B' d` of a column of pixels; of zeros beyond the border.
    #[inline(always)]
    unsafe fn column<V: Vector>(&self, rows: [*const f32; 4], column: usize, channel: usize) -> [V; 4] {
        // SAFETY: the caller's; the column is within the rows.
        unsafe {
            if column >= self.shape.width {
                return [V::splat(0.0); 4];
            }
            let place = column * self.shape.inputs + channel;
            let [a, b, c, d] = rows;
            apply([V::load(a.add(place)), V::load(b.add(place)), V::load(c.add(place)), V::load(d.add(place))])
        }
    }
}

#[inline(always)]
unsafe fn apply<V: Vector>([a, b, c, d]: [V; 4]) -> [V; 4] {
    // SAFETY: the caller's.
    unsafe { [a.subtract(c), b.add(c), c.subtract(b), b.subtract(d)] }
}
