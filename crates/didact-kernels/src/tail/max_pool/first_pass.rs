//! The sums over a batch that the way back of a max pooling needs.

use super::window::{Values, with_size};
use crate::simd::{Kernel, Vector};
use crate::tail::slope::Normalized;

/// Sums of gradients, and of their products with deviations from the mean, for one image.
pub(super) struct FirstPass<'a> {
    pub(super) values: Values<'a>,
    pub(super) normalized: &'a Normalized,
    pub(super) gradient: &'a [f32],
    /// `[2][channels]`.
    pub(super) sums: &'a mut [f32],
}

impl Kernel for FirstPass<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let pool = self.values.pool;
        self.values.check();
        assert!(self.gradient.len() == pool.pooled() && self.sums.len() == 2 * pool.channels);
        assert!(self.normalized.moments.mean.len() == pool.channels);
        with_size!(self, add, V);
    }
}

impl FirstPass<'_> {
    #[inline(always)]
    unsafe fn add<V: Vector, const SIZE: usize>(self) {
        let pool = self.values.pool;
        let (rows, columns) = (pool.height / SIZE, pool.width / SIZE);
        for row in 0..rows {
            for channel in (0..pool.channels).step_by(V::LANES) {
                let count = (pool.channels - channel).min(V::LANES);
                // SAFETY: windows are within the image, cells within the gradient, channels within the sums.
                unsafe {
                    let (first, second) = self.sums.split_at_mut(pool.channels);
                    let [first, second] = [first, second].map(|sums| sums.as_mut_ptr().add(channel));
                    let [mut sum, mut products] = [V::load_first(first, count), V::load_first(second, count)];
                    let mean = V::load_first(self.normalized.moments.mean.as_ptr().add(channel), count);
                    let map = self.values.map::<V>(channel, count);
                    for column in 0..columns {
                        let window = self
                            .values
                            .window::<V, SIZE>([row, column], (channel, count), map);
                        let place = (row * columns + column) * pool.channels + channel;
                        let gradient = V::load_first(self.gradient.as_ptr().add(place), count);
                        let given = window.distribute(self.values.functions, gradient);
                        for (&given, &value) in given.as_flattened().iter().zip(window.value.as_flattened()) {
                            sum = sum.add(given);
                            products = given.multiply_add(value.subtract(mean), products);
                        }
                    }
                    sum.store_first(first, count);
                    products.store_first(second, count);
                }
            }
        }
    }
}
