//! From 2x2 pixels of the output gradient to 16 numbers a channel.

use std::ops::Range;

use super::POINTS;
use super::block::{Tile, Tiles};
use super::cells::{Cells, store, store_pairs};
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
    /// As many zeros as there are channels.
    pub(super) zeros: &'a [f32],
}

impl Kernel for GradientTransform<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let channels = self.shape.outputs;
        let step = self.cells.step(self.range.len(), channels);
        assert!(self.points.len() >= POINTS * step && self.zeros.len() >= channels);
        assert!(channels.is_multiple_of(V::LANES));
        let points = self.points.as_mut_ptr();
        let mut tiles = self.tiles.of(self.range.clone()).enumerate();
        while let Some((index, tile)) = tiles.next() {
            let pixels = self.pixels(tile);
            let next = if self.cells == Cells::PairsOfTiles { tiles.next() } else { None };
            let next = next.map_or([self.zeros.as_ptr(); 4], |(_, tile)| self.pixels(tile));
            for channel in (0..channels).step_by(V::LANES) {
                // SAFETY: a pixel's pointer is valid for all channels, and so is each point's place in `points`.
                unsafe {
                    let values = transform::<V>(&pixels, channel);
                    if self.cells == Cells::PairsOfTiles {
                        let place = points.add(index / 2 * channels + channel);
                        store_pairs(values, transform::<V>(&next, channel), place, step);
                    } else {
                        store(values, points.add(index * channels + channel), step);
                    }
                }
            }
        }
    }
}

impl GradientTransform<'_> {
    /// The pixels of a tile, zeros beyond the border.
    #[inline(always)]
    fn pixels(&self, tile: Tile) -> [*const f32; 4] {
        let (height, width) = (self.shape.output_height(), self.shape.output_width());
        let mut pixels = [self.zeros.as_ptr(); 4];
        for (index, pixel) in pixels.iter_mut().enumerate() {
            let (row, column) = (tile.row + index / 2, tile.column + index % 2);
            if row < height && column < width {
                let place = ((tile.image * height + row) * width + column) * self.shape.outputs;
                *pixel = self.gradient[place..].as_ptr();
            }
        }
        pixels
    }
}

/// `A dY A'` with `A = [1 0; 1 1; 1 -1; 0 -1]`.
#[inline(always)]
unsafe fn transform<V: Vector>(pixels: &[*const f32; 4], channel: usize) -> [[V; 4]; 4] {
    // SAFETY: the caller's.
    unsafe {
        let load = |index: usize| V::load(pixels[index].add(channel));
        let (left, right) = (apply([load(0), load(2)]), apply([load(1), load(3)]));
        let row = |y: usize| apply([left[y], right[y]]);
        [row(0), row(1), row(2), row(3)]
    }
}

#[inline(always)]
unsafe fn apply<V: Vector>([a, b]: [V; 2]) -> [V; 4] {
    // SAFETY: the caller's.
    unsafe { [a, a.add(b), a.subtract(b), V::splat(0.0).subtract(b)] }
}
