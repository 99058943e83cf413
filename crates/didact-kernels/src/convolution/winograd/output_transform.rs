//! From 16 numbers a channel to 2x2 pixels of the output.

use std::ops::Range;

use super::POINTS;
use super::block::{Tile, Tiles};
use super::cells::Cells;
use crate::convolution::shape::Shape;
use crate::shared::Shared;
use crate::simd::{Kernel, Vector};

/// What is added to the transformed products.
#[derive(Clone, Copy)]
pub(super) enum Addend<'a> {
    /// A number a channel, or nothing.
    Bias(Option<&'a [f32]>),
    /// What is in the output.
    Output,
}

/// Transforms products to tiles of the output: `A' M A`, and adds something.
pub(super) struct OutputTransform<'a> {
    pub(super) shape: Shape,
    pub(super) tiles: Tiles,
    pub(super) range: Range<usize>,
    /// `[point][tile][channel]`.
    pub(super) points: &'a [f32],
    pub(super) addend: Addend<'a>,
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
        assert!(!matches!(self.addend, Addend::Bias(Some(bias)) if bias.len() != channels));
        let (height, width) = (self.shape.output_height(), self.shape.output_width());
        for (index, Tile { image, row, column }) in self.tiles.of(self.range.clone()).enumerate() {
            let offset = ((image * height + row) * width + column) * channels;
            let (has_right, has_below) = (column + 1 < width, row + 1 < height);
            for channel in (0..channels).step_by(V::LANES) {
                // SAFETY: each point's place is within `points`, and each pixel that is stored is one of the output.
                unsafe {
                    let points = self.points.as_ptr().add(index * channels + channel);
                    let [[a, b], [c, d]] = transform::<V>(points, step);
                    let place = self.output.at(offset + channel);
                    self.store(a, place, channel);
                    if has_right {
                        self.store(b, place.add(channels), channel);
                    }
                    if has_below {
                        self.store(c, place.add(width * channels), channel);
                    }
                    if has_right && has_below {
                        self.store(d, place.add((width + 1) * channels), channel);
                    }
                }
            }
        }
    }
}

impl OutputTransform<'_> {
    /// Adds what is to be added to a pixel, and stores it.
    #[inline(always)]
    unsafe fn store<V: Vector>(&self, pixel: V, place: *mut f32, channel: usize) {
        // SAFETY: the caller's; the bias has all channels.
        unsafe {
            let pixel = match self.addend {
                Addend::Bias(None) => pixel,
                Addend::Bias(Some(bias)) => pixel.add(V::load(bias.as_ptr().add(channel))),
                Addend::Output => pixel.add(V::load(place)),
            };
            pixel.store(place);
        }
    }
}

/// `A' M A` with `A' = [1 1 1 0; 0 1 -1 -1]`.
#[inline(always)]
unsafe fn transform<V: Vector>(points: *const f32, step: usize) -> [[V; 2]; 2] {
    // SAFETY: the caller's.
    unsafe {
        let mut rows = [[V::splat(0.0); 4]; 2];
        for x in 0..4 {
            let point = |y: usize| points.add((4 * y + x) * step);
            let [top, bottom] = apply([V::load(point(0)), V::load(point(1)), V::load(point(2)), V::load(point(3))]);
            rows[0][x] = top;
            rows[1][x] = bottom;
        }
        [apply(rows[0]), apply(rows[1])]
    }
}

#[inline(always)]
unsafe fn apply<V: Vector>([a, b, c, d]: [V; 4]) -> [V; 2] {
    // SAFETY: the caller's.
    unsafe { [a.add(b).add(c), b.subtract(c).subtract(d)] }
}
