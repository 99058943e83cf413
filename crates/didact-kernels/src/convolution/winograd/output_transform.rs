//! From the points of a tile to its pixels of the output.

use std::marker::PhantomData;
use std::ops::Range;

use super::block::Tiles;
use super::cells::Cells;
use super::minimal::{MOST_OUTPUTS, MOST_POINTS, Minimal};
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
pub(super) struct OutputTransform<'a, M> {
    pub(super) shape: Shape,
    pub(super) tiles: Tiles,
    pub(super) range: Range<usize>,
    /// `[point][tile][channel]`.
    pub(super) points: &'a [f32],
    pub(super) addend: Addend<'a>,
    /// The whole output; only pixels of these tiles are written, and nobody else may.
    pub(super) output: Shared,
    pub(super) algorithm: PhantomData<M>,
}

impl<M: Minimal> Kernel for OutputTransform<'_, M> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let channels = self.shape.outputs;
        let step = Cells::Plain.step(self.range.len(), channels);
        assert!(self.points.len() >= M::POINTS * step && channels.is_multiple_of(V::LANES));
        assert!(!matches!(self.addend, Addend::Bias(Some(bias)) if bias.len() != channels));
        let (height, width) = (self.shape.output_height(), self.shape.output_width());
        for (index, tile) in self.tiles.of(self.range.clone()).enumerate() {
            let offset = ((tile.image * height + tile.row) * width + tile.column) * channels;
            for channel in (0..channels).step_by(V::LANES) {
                // SAFETY: each point's place is within `points`, and each pixel that is stored is one of the output.
                unsafe {
                    let points = self.points.as_ptr().add(index * channels + channel);
                    let pixels = transform::<V, M>(points, step);
                    for (y, row) in pixels.into_iter().enumerate().take(M::OUTPUTS) {
                        for (x, pixel) in row.into_iter().enumerate().take(M::OUTPUTS) {
                            if tile.row + y < height && tile.column + x < width {
                                self.store(
                                    pixel,
                                    self.output.at(offset + (y * width + x) * channels + channel),
                                    channel,
                                );
                            }
                        }
                    }
                }
            }
        }
    }
}

impl<M: Minimal> OutputTransform<'_, M> {
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

/// `A' M A` of a tile, of one vector of channels.
#[inline(always)]
unsafe fn transform<V: Vector, M: Minimal>(
    points: *const f32,
    step: usize,
) -> [[V; MOST_OUTPUTS]; MOST_OUTPUTS] {
    // SAFETY: the caller's.
    unsafe {
        let mut rows = [[V::splat(0.0); MOST_POINTS]; MOST_OUTPUTS];
        for x in 0..M::SIDE {
            let mut column = [V::splat(0.0); MOST_POINTS];
            for y in 0..M::SIDE {
                column[y] = V::load(points.add((M::SIDE * y + x) * step));
            }
            let outputs = M::output(column);
            for y in 0..M::OUTPUTS {
                rows[y][x] = outputs[y];
            }
        }
        [
            M::output(rows[0]),
            M::output(rows[1]),
            M::output(rows[2]),
            M::output(rows[3]),
        ]
    }
}
