//! Sums over a batch.

use rayon::prelude::*;

use super::PIXELS;
use crate::buffer::Buffer;
use crate::simd::{InstructionSet, Kernel, Vector, run};

/// How many images are summed in `f32` before the sums are added up in `f64`: small images go together.
pub(crate) fn images_together(image: usize) -> usize {
    (16_384 / image.max(1)).max(1)
}

/// Adds up rows of partial sums, in their order.
pub(crate) fn add_up(partial: &[f32], width: usize) -> Vec<f64> {
    let mut sums = vec![0.0; width];
    for row in partial.chunks_exact(width) {
        sums.iter_mut()
            .zip(row)
            .for_each(|(sum, &part)| *sum += f64::from(part));
    }
    sums
}

/// The sum of each of `channels` columns of `[pixels][channels]`: the gradient of a bias that no tail follows.
///
/// # Panics
///
/// If pixels are not whole, or there are no channels.
pub(crate) fn column_sums(set: InstructionSet, channels: usize, numbers: &[f32]) -> Vec<f32> {
    let part = images_together(channels) * channels;
    let mut partial = Buffer::zeros(numbers.len().div_ceil(part) * channels);
    partial
        .par_chunks_exact_mut(channels)
        .zip(numbers.par_chunks(part))
        // SAFETY: the kernel checks its sizes.
        .for_each(|(sums, numbers)| unsafe { run(set, ColumnSums { numbers, sums }) });
    let sums = add_up(&partial, channels).into_iter();
    sums.map(|sum| sum as f32).collect()
}

struct ColumnSums<'a> {
    numbers: &'a [f32],
    /// `[channels]`, to be added to.
    sums: &'a mut [f32],
}

impl Kernel for ColumnSums<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let channels = self.sums.len();
        assert!(self.numbers.len().is_multiple_of(channels));
        for pixels in self.numbers.chunks(PIXELS * channels) {
            for channel in (0..channels).step_by(V::LANES) {
                let count = (channels - channel).min(V::LANES);
                // SAFETY: `count` channels from `channel` on are within every pixel, and within the sums.
                unsafe {
                    let place = self.sums.as_mut_ptr().add(channel);
                    let mut sum = V::load_first(place, count);
                    for pixel in pixels.chunks_exact(channels) {
                        sum = sum.add(V::load_first(pixel.as_ptr().add(channel), count));
                    }
                    sum.store_first(place, count);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Before, Functions, gradient};
    use super::*;
    use crate::block::Activation;

    #[test]
    fn columns_are_summed_as_on_the_way_back_through_nothing() {
        for set in InstructionSet::available() {
            for (pixels, channels) in [(1, 1), (3, 5), (700, 33), (9, 20_000)] {
                let numbers: Vec<f32> = (0..pixels * channels)
                    .map(|index| (index * 7 % 101) as f32 / 7.0 - 7.0)
                    .collect();
                let found = column_sums(set, channels, &numbers);
                let first: f32 = numbers.iter().step_by(channels).sum();
                assert!((found[0] - first).abs() < 1e-3, "{set}: {} {first}", found[0]);
                let before = Before {
                    functions: Functions {
                        before: Activation::Identity,
                        after: Activation::Identity,
                    },
                    channels,
                    input: &numbers,
                    normalized: None,
                    residual: None,
                };
                let mut through = numbers.clone();
                let expected = gradient(set, before, &mut through, None).bias;
                assert!(
                    found == expected && through == numbers,
                    "{set}: {pixels}, {channels}"
                );
            }
        }
    }
}
