//! From 4x4 pixels of the input to 16 numbers a channel.

use std::ops::Range;

use super::POINTS;
use super::block::{Tile, Tiles};
use super::cells::{Cells, store, store_halves, store_pairs};
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
    /// As many zeros as there are channels.
    pub(super) zeros: &'a [f32],
}

impl Kernel for InputTransform<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let channels = self.shape.inputs;
        let step = self.cells.step(self.range.len(), channels);
        assert!(self.points.len() >= POINTS * step && self.input.len() == self.shape.input_len());
        assert!(self.zeros.len() >= channels && channels.is_multiple_of(2 * V::LANES.min(8)));
        let points = self.points.as_mut_ptr();
        let mut tiles = self.tiles.of(self.range.clone()).enumerate();
        while let Some((index, tile)) = tiles.next() {
            let pixels = self.pixels(tile);
            let next = if self.cells == Cells::PairsOfTiles { tiles.next() } else { None };
            let next = next.map_or([[self.zeros.as_ptr(); 4]; 4], |(_, tile)| self.pixels(tile));
            for channel in (0..channels).step_by(V::LANES) {
                // SAFETY: a pixel's pointer is valid for all channels, and so is each point's place in `points`.
                unsafe {
                    let values = transform::<V>(&pixels, channel);
                    match self.cells {
                        Cells::Plain => store(values, points.add(index * channels + channel), step),
                        Cells::PairsOfChannels => {
                            store_halves(values, points.cast::<u16>().add(index * channels + channel), 2 * step);
                        }
                        Cells::PairsOfTiles => {
                            let place = points.add(index / 2 * channels + channel);
                            store_pairs(values, transform::<V>(&next, channel), place, step);
                        }
                    }
                }
            }
        }
    }
}

impl InputTransform<'_> {
    /// The pixels of a tile, zeros beyond the border.
    #[inline(always)]
    fn pixels(&self, tile: Tile) -> [[*const f32; 4]; 4] {
        let shape = self.shape;
        let mut pixels = [[self.zeros.as_ptr(); 4]; 4];
        for (y, pixels) in pixels.iter_mut().enumerate() {
            // Before the first row or column this wraps around to more than any image has.
            let row = (tile.row + y).wrapping_sub(shape.padding);
            if row >= shape.height {
                continue;
            }
            let first = (tile.image * shape.height + row) * shape.width;
            for (x, pixel) in pixels.iter_mut().enumerate() {
                let column = (tile.column + x).wrapping_sub(shape.padding);
                if column < shape.width {
                    *pixel = self.input[(first + column) * shape.inputs..].as_ptr();
                }
            }
        }
        pixels
    }
}

/// `B' d B` with `B' = [1 0 -1 0; 0 1 1 0; 0 -1 1 0; 0 1 0 -1]`.
#[inline(always)]
unsafe fn transform<V: Vector>(pixels: &[[*const f32; 4]; 4], channel: usize) -> [[V; 4]; 4] {
    // SAFETY: the caller's.
    unsafe {
        let mut rows = [[V::splat(0.0); 4]; 4];
        for x in 0..4 {
            let load = |y: usize| V::load(pixels[y][x].add(channel));
            let column = apply([load(0), load(1), load(2), load(3)]);
            for y in 0..4 {
                rows[y][x] = column[y];
            }
        }
        [apply(rows[0]), apply(rows[1]), apply(rows[2]), apply(rows[3])]
    }
}

#[inline(always)]
unsafe fn apply<V: Vector>([a, b, c, d]: [V; 4]) -> [V; 4] {
    // SAFETY: the caller's.
    unsafe { [a.subtract(c), b.add(c), c.subtract(b), b.subtract(d)] }
}
