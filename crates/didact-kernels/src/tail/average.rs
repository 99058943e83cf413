//! Average pooling, whose windows do not overlap.

use rayon::prelude::*;

use crate::buffer::Buffer;
use crate::simd::{InstructionSet, Kernel, Vector, run};

/// Images and their windows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AveragePool {
    pub(crate) height: usize,
    pub(crate) width: usize,
    pub(crate) channels: usize,
    /// Height and width of a window, and the distance to the next.
    pub(crate) window: [usize; 2],
}

impl AveragePool {
    fn image(self) -> usize {
        self.height * self.width * self.channels
    }

    fn columns(self) -> usize {
        self.width / self.window[1]
    }

    fn pooled(self) -> usize {
        (self.height / self.window[0]) * self.columns() * self.channels
    }

    /// The cell that a pixel belongs to; none if it is left over at the end.
    #[inline(always)]
    fn cell(self, pixel: usize) -> Option<usize> {
        let (row, column) = (
            pixel / self.width / self.window[0],
            pixel % self.width / self.window[1],
        );
        (row < self.height / self.window[0] && column < self.columns()).then(|| row * self.columns() + column)
    }

    fn share(self) -> f32 {
        1.0 / (self.window[0] * self.window[1]) as f32
    }
}

/// The mean of every window; what is left at the end is dropped.
pub(crate) fn average(set: InstructionSet, pool: AveragePool, input: &[f32]) -> Buffer {
    let images = input.len() / pool.image();
    let mut output = Buffer::zeros(images * pool.pooled());
    output
        .par_chunks_exact_mut(pool.pooled())
        .zip(input.par_chunks_exact(pool.image()))
        .for_each(|(output, image)| {
            // SAFETY: the kernel checks its sizes.
            unsafe { run(set, Average { pool, image, output }) };
        });
    output
}

/// The gradient with respect to the input: each pixel gets its share of its window's.
pub(crate) fn spread(set: InstructionSet, pool: AveragePool, output_gradient: &[f32]) -> Buffer {
    let images = output_gradient.len() / pool.pooled();
    let mut gradient = Buffer::any(images * pool.image());
    let images = output_gradient.par_chunks_exact(pool.pooled());
    gradient
        .par_chunks_exact_mut(pool.image())
        .zip(images)
        .for_each(|(image, pooled)| {
            // SAFETY: the kernel checks its sizes.
            unsafe { run(set, Spread { pool, pooled, image }) };
        });
    gradient
}

struct Average<'a> {
    pool: AveragePool,
    image: &'a [f32],
    /// Zeros.
    output: &'a mut [f32],
}

impl Kernel for Average<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let (pool, channels) = (self.pool, self.pool.channels);
        assert!(self.image.len() == pool.image() && self.output.len() == pool.pooled());
        for pixel in 0..pool.height * pool.width {
            let Some(cell) = pool.cell(pixel) else { continue };
            for channel in (0..channels).step_by(V::LANES) {
                let count = (channels - channel).min(V::LANES);
                // SAFETY: pixel and cell are within image and output.
                unsafe {
                    let sum = self.output.as_mut_ptr().add(cell * channels + channel);
                    let x = V::load_first(self.image.as_ptr().add(pixel * channels + channel), count);
                    x.multiply_add(V::splat(pool.share()), V::load_first(sum, count))
                        .store_first(sum, count);
                }
            }
        }
    }
}

struct Spread<'a> {
    pool: AveragePool,
    pooled: &'a [f32],
    image: &'a mut [f32],
}

impl Kernel for Spread<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let (pool, channels) = (self.pool, self.pool.channels);
        assert!(self.image.len() == pool.image() && self.pooled.len() == pool.pooled());
        for pixel in 0..pool.height * pool.width {
            let cell = pool.cell(pixel);
            for channel in (0..channels).step_by(V::LANES) {
                let count = (channels - channel).min(V::LANES);
                // SAFETY: pixel and cell are within image and gradient.
                unsafe {
                    let share = match cell {
                        Some(cell) => {
                            V::load_first(self.pooled.as_ptr().add(cell * channels + channel), count)
                        }
                        None => V::splat(0.0),
                    };
                    let place = self.image.as_mut_ptr().add(pixel * channels + channel);
                    share.multiply(V::splat(pool.share())).store_first(place, count);
                }
            }
        }
    }
}
