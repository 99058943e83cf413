//! The way forward of a max pooling.

use super::window::{Values, with_size};
use crate::simd::{Kernel, Vector};

/// The way forward, for one image.
pub(super) struct Forward<'a> {
    pub(super) values: Values<'a>,
    pub(super) output: &'a mut [f32],
}

impl Kernel for Forward<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        self.values.check();
        assert!(self.output.len() == self.values.pool.pooled());
        with_size!(self, pool, V);
    }
}

impl Forward<'_> {
    #[inline(always)]
    unsafe fn pool<V: Vector, const SIZE: usize>(self) {
        let pool = self.values.pool;
        let (rows, columns) = (pool.height / SIZE, pool.width / SIZE);
        for row in 0..rows {
            for channel in (0..pool.channels).step_by(V::LANES) {
                let count = (pool.channels - channel).min(V::LANES);
                // SAFETY: windows are within the image, cells within the output, channels within the map.
                unsafe {
                    let map = self.values.map::<V>(channel, count);
                    for column in 0..columns {
                        let window = self
                            .values
                            .window::<V, SIZE>([row, column], (channel, count), map);
                        let cell = row * columns + column;
                        let place = self.output.as_mut_ptr().add(cell * pool.channels + channel);
                        window
                            .largest_after(self.values.functions)
                            .store_first(place, count);
                    }
                }
            }
        }
    }
}
