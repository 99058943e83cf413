//! Mean and variance of each channel.

use rayon::prelude::*;

use super::affine::Moments;
use super::apply::activate;
use super::sums::{add_up, images_together};
use super::{PIXELS, activation};
use crate::block::Activation;
use crate::buffer::Buffer;
use crate::simd::{InstructionSet, Kernel, Vector, run};

/// Mean and variance of `before(input)` over all pixels, of each channel.
///
/// Sums are taken of differences from the first pixel, so that little cancels, in `f32` within a few images and in
/// `f64` over the batch, in an order that does not depend on the number of threads.
pub(crate) fn moments(
    set: InstructionSet,
    before: Activation,
    input: &[f32],
    image: usize,
    channels: usize,
) -> Moments {
    let mut origin = Buffer::any(channels);
    origin.copy_from_slice(&input[..channels]);
    activate(set, before, &mut origin);
    let together = images_together(image) * image;
    let mut partial = Buffer::zeros(input.len().div_ceil(together) * 2 * channels);
    partial
        .par_chunks_exact_mut(2 * channels)
        .zip(input.par_chunks(together))
        .for_each(|(sums, input)| {
            let kernel = Deviations {
                before,
                channels,
                input,
                origin: &origin,
                sums,
            };
            // SAFETY: the kernel checks its sizes.
            unsafe { run(set, kernel) };
        });
    let sums = add_up(&partial, 2 * channels);
    let count = (input.len() / channels) as f64;
    let (sums, squares) = sums.split_at(channels);
    // Unlike `max`, `clamp` leaves what is no number.
    let variance = |(sum, square): (&f64, &f64)| {
        (square / count - (sum / count).powi(2)).clamp(0.0, f64::INFINITY) as f32
    };
    Moments {
        mean: sums
            .iter()
            .zip(&*origin)
            .map(|(sum, &origin)| (sum / count + f64::from(origin)) as f32)
            .collect(),
        variance: sums.iter().zip(squares).map(variance).collect(),
    }
}

/// Sums of differences and of their squares.
struct Deviations<'a> {
    before: Activation,
    channels: usize,
    input: &'a [f32],
    origin: &'a [f32],
    /// `[2][channels]`.
    sums: &'a mut [f32],
}

impl Kernel for Deviations<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let channels = self.channels;
        assert!(self.origin.len() == channels && self.sums.len() == 2 * channels);
        for pixels in self.input.chunks(PIXELS * channels) {
            for channel in (0..channels).step_by(V::LANES) {
                let count = (channels - channel).min(V::LANES);
                // SAFETY: `count` channels from `channel` on are within every pixel, the origin and the sums.
                unsafe {
                    let (first, second) = self.sums.split_at_mut(channels);
                    let [first, second] = [first, second].map(|sums| sums.as_mut_ptr().add(channel));
                    let origin = V::load_first(self.origin.as_ptr().add(channel), count);
                    let [mut sum, mut squares] = [V::load_first(first, count), V::load_first(second, count)];
                    for pixel in 0..pixels.len() / channels {
                        let x = V::load_first(pixels.as_ptr().add(pixel * channels + channel), count);
                        let difference = activation::value(self.before, x).subtract(origin);
                        sum = sum.add(difference);
                        squares = difference.multiply_add(difference, squares);
                    }
                    sum.store_first(first, count);
                    squares.store_first(second, count);
                }
            }
        }
    }
}
