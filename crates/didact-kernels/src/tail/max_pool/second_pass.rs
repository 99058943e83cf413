//! The way back of a max pooling.

use super::window::{Values, with_size};
use crate::simd::{Kernel, Vector};
use crate::tail::activation;
use crate::tail::slope::WayBack;

/// The gradient with respect to the input, and its sums, for one image.
pub(super) struct SecondPass<'a> {
    pub(super) values: Values<'a>,
    pub(super) back: &'a WayBack,
    pub(super) gradient: &'a [f32],
    pub(super) target: &'a mut [f32],
    /// `[channels]`.
    pub(super) sums: &'a mut [f32],
}

impl Kernel for SecondPass<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let pool = self.values.pool;
        self.values.check();
        assert!(self.gradient.len() == pool.pooled() && self.target.len() == pool.image());
        assert!(self.sums.len() == pool.channels && self.back.factor.len() == pool.channels);
        with_size!(self, go_back, V);
    }
}

impl SecondPass<'_> {
    #[inline(always)]
    unsafe fn go_back<V: Vector, const SIZE: usize>(mut self) {
        let pool = self.values.pool;
        let (rows, columns) = (pool.height / SIZE, pool.width / SIZE);
        for row in 0..rows {
            for channel in (0..pool.channels).step_by(V::LANES) {
                let count = (pool.channels - channel).min(V::LANES);
                // SAFETY: windows are within the image, cells within the gradient, channels within maps and sums.
                unsafe {
                    let map = self.values.map::<V>(channel, count);
                    let back = self.back.of_channels::<V>(channel, count);
                    let place_of_sum = self.sums.as_mut_ptr().add(channel);
                    let mut sum = V::load_first(place_of_sum, count);
                    for column in 0..columns {
                        let window = self
                            .values
                            .window::<V, SIZE>([row, column], (channel, count), map);
                        let place = (row * columns + column) * pool.channels + channel;
                        let gradient = V::load_first(self.gradient.as_ptr().add(place), count);
                        let given = window.distribute(self.values.functions, gradient);
                        for y in 0..SIZE {
                            for x in 0..SIZE {
                                let pixel = (row * SIZE + y) * pool.width + column * SIZE + x;
                                let place = self.target.as_mut_ptr().add(pixel * pool.channels + channel);
                                let numbers = [window.slope[y][x], window.value[y][x], given[y][x]];
                                let gradient = back.apply(numbers);
                                gradient.store_first(place, count);
                                sum = sum.add(gradient);
                            }
                        }
                    }
                    sum.store_first(place_of_sum, count);
                }
            }
        }
        // SAFETY: these pixels are within the image.
        unsafe { self.store_dropped::<V>([rows * SIZE, columns * SIZE]) };
    }

    /// Pixels that no window has.
    #[inline(always)]
    unsafe fn store_dropped<V: Vector>(&mut self, [rows, columns]: [usize; 2]) {
        let pool = self.values.pool;
        for row in 0..pool.height {
            let first = if row < rows { columns } else { 0 };
            for column in first..pool.width {
                for channel in (0..pool.channels).step_by(V::LANES) {
                    let count = (pool.channels - channel).min(V::LANES);
                    let place = (row * pool.width + column) * pool.channels + channel;
                    // SAFETY: the caller's.
                    unsafe {
                        let input = V::load_first(self.values.image.as_ptr().add(place), count);
                        let (value, slope) = activation::value_and_slope(self.values.functions.before, input);
                        let back = self.back.of_channels::<V>(channel, count);
                        let gradient = back.apply([slope, value, V::splat(0.0)]);
                        gradient.store_first(self.target.as_mut_ptr().add(place), count);
                        let sum = self.sums.as_mut_ptr().add(channel);
                        V::load_first(sum, count).add(gradient).store_first(sum, count);
                    }
                }
            }
        }
    }
}
