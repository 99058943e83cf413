//! From 16 numbers a channel to 2x2 pixels of the output.

use std::ops::Range;

use super::POINTS;
use super::block::{Tile, Tiles};
use super::cells::Cells;
use crate::convolution::shape::Shape;
use crate::shared::Shared;
use crate::simd::{Kernel, Vector};

/// Transforms products to tiles of the output: `A' M A + bias`.
pub(super) struct OutputTransform<'a> {
    pub(super) shape: Shape,
    pub(super) tiles: Tiles,
    pub(super) range: Range<usize>,
    /// `[point][tile][channel]`.
    pub(super) points: &'a [f32],
    pub(super) bias: Option<&'a [f32]>,
    /// The whole output; only pixels of these tiles are written, and nobody else may.
    pub(super) output: Shared,
}

impl Kernel for OutputTransform<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let channels = self.shape.outputs;
        let step = Cells::Plain.step(self.range.len(), channels);
        assert!(self.points.len() >= POINTS * step && channels.is_multiple_of(V::LANES));
        assert!(self.bias.is_none_or(|bias| bias.len() == channels));
        let (height, width) = (self.shape.output_height(), self.shape.output_width());
        for (index, Tile { image, row, column }) in self.tiles.of(self.range.clone()).enumerate() {
            let offset = ((image * height + row) * width + column) * channels;
            let is_whole = row + 1 < height && column + 1 < width;
            for channel in (0..channels).step_by(V::LANES) {
                // SAFETY: each point's place is within `points`, and each pixel that is stored is one of the output.
                unsafe {
                    let points = self.points.as_ptr().add(index * channels + channel);
                    let [[a, b], [c, d]] = transform::<V>(points, step, self.bias_of(channel));
                    let place = self.output.at(offset + channel);
                    a.store(place);
                    if is_whole {
                        b.store(place.add(channels));
                        c.store(place.add(width * channels));
                        d.store(place.add((width + 1) * channels));
                        continue;
                    }
                    if column + 1 < width {
                        b.store(place.add(channels));
                    }
                    if row + 1 < height {
                        c.store(place.add(width * channels));
                    }
                }
            }
        }
    }
}

impl OutputTransform<'_> {
    #[inline(always)]
    unsafe fn bias_of<V: Vector>(&self, channel: usize) -> V {
        // SAFETY: the bias has all channels.
        unsafe {
            match self.bias {
                Some(bias) => V::load(bias.as_ptr().add(channel)),
                None => V::splat(0.0),
            }
        }
    }
}

/// `A' M A + bias` with `A' = [1 1 1 0; 0 1 -1 -1]`.
#[inline(always)]
unsafe fn transform<V: Vector>(points: *const f32, step: usize, bias: V) -> [[V; 2]; 2] {
    // SAFETY: the caller's.
    unsafe {
        let mut rows = [[V::splat(0.0); 4]; 2];
        for x in 0..4 {
            let point = |y: usize| points.add((4 * y + x) * step);
            let [top, bottom] = apply([V::load(point(0)), V::load(point(1)), V::load(point(2)), V::load(point(3))]);
            rows[0][x] = top;
            rows[1][x] = bottom;
        }
        let ([a, b], [c, d]) = (apply(rows[0]), apply(rows[1]));
        [[a.add(bias), b.add(bias)], [c.add(bias), d.add(bias)]]
    }
}

#[inline(always)]
unsafe fn apply<V: Vector>([a, b, c, d]: [V; 4]) -> [V; 2] {
    // SAFETY: the caller's.
    unsafe { [a.add(b).add(c), b.subtract(c).subtract(d)] }
}
