//! Windows of an image, on their way to a maximum.

use super::MaxPool;
use crate::simd::Vector;
use crate::tail::affine::Affine;
use crate::tail::{Functions, activation};

/// One image before it is pooled.
#[derive(Clone, Copy)]
pub(super) struct Values<'a> {
    pub(super) pool: MaxPool,
    pub(super) functions: Functions,
    pub(super) image: &'a [f32],
    pub(super) affine: Option<&'a Affine>,
}

/// The numbers of a window: the first function's slopes and values, and these after the affine map.
pub(super) struct Window<V, const SIZE: usize> {
    pub(super) slope: [[V; SIZE]; SIZE],
    pub(super) value: [[V; SIZE]; SIZE],
    mapped: [[V; SIZE]; SIZE],
}

impl Values<'_> {
    pub(super) fn check(&self) {
        let (pool, channels) = (self.pool, self.pool.channels);
        assert!((1..=MaxPool::LARGEST).contains(&pool.size) && self.image.len() == pool.image());
        assert!(
            self.affine
                .is_none_or(|map| map.scale.len() == channels && map.shift.len() == channels)
        );
    }

    /// Reads a whole window.
    ///
    /// # Safety
    ///
    /// The window and the channels are within the image.
    #[inline(always)]
    pub(super) unsafe fn window<V: Vector, const SIZE: usize>(
        &self,
        [row, column]: [usize; 2],
        (channel, count): (usize, usize),
        map: Option<[V; 2]>,
    ) -> Window<V, SIZE> {
        // SAFETY: the caller's.
        unsafe {
            let zero = [[V::splat(0.0); SIZE]; SIZE];
            let mut window = Window {
                slope: zero,
                value: zero,
                mapped: zero,
            };
            for y in 0..SIZE {
                for x in 0..SIZE {
                    let pixel = (row * SIZE + y) * self.pool.width + column * SIZE + x;
                    let input = V::load_first(
                        self.image.as_ptr().add(pixel * self.pool.channels + channel),
                        count,
                    );
                    let (value, slope) = activation::value_and_slope(self.functions.before, input);
                    window.slope[y][x] = slope;
                    window.value[y][x] = value;
                    window.mapped[y][x] = match map {
                        Some([scale, shift]) => value.multiply_add(scale, shift),
                        None => value,
                    };
                }
            }
            window
        }
    }

    /// The affine map of some channels.
    #[inline(always)]
    pub(super) unsafe fn map<V: Vector>(&self, channel: usize, count: usize) -> Option<[V; 2]> {
        let map = self.affine?;
        // SAFETY: the caller's channels are within the map.
        unsafe {
            let scale = V::load_first(map.scale.as_ptr().add(channel), count);
            Some([scale, V::load_first(map.shift.as_ptr().add(channel), count)])
        }
    }
}

impl<V: Vector, const SIZE: usize> Window<V, SIZE> {
    /// The largest value after the second function; no number if one is none.
    #[inline(always)]
    pub(super) unsafe fn largest_after(&self, functions: Functions) -> V {
        // SAFETY: the caller's.
        unsafe {
            let mut largest = activation::value(functions.after, self.mapped[0][0]);
            for (index, &mapped) in self.mapped.as_flattened().iter().enumerate() {
                if index > 0 {
                    largest = largest.larger(activation::value(functions.after, mapped));
                }
            }
            largest
        }
    }

    /// Gives a gradient to the first of the largest, before the second function.
    #[inline(always)]
    pub(super) unsafe fn distribute(&self, functions: Functions, gradient: V) -> [[V; SIZE]; SIZE] {
        // SAFETY: the caller's.
        unsafe {
            let largest = self.largest_after(functions);
            let mut left = gradient;
            let mut given = [[V::splat(0.0); SIZE]; SIZE];
            for y in 0..SIZE {
                for x in 0..SIZE {
                    let mapped = self.mapped[y][x];
                    let share = left.where_equal(activation::value(functions.after, mapped), largest);
                    left = left.subtract(share);
                    given[y][x] = activation::back(functions.after, mapped, share);
                }
            }
            given
        }
    }
}

/// Runs a body with the size of the windows as a constant.
macro_rules! with_size {
    ($kernel:ident, $method:ident, $vector:ident) => {
        match $kernel.values.pool.size {
            // SAFETY: the caller's.
            1 => unsafe { $kernel.$method::<$vector, 1>() },
            // SAFETY: the caller's.
            2 => unsafe { $kernel.$method::<$vector, 2>() },
            // SAFETY: the caller's.
            3 => unsafe { $kernel.$method::<$vector, 3>() },
            // SAFETY: the caller's.
            _ => unsafe { $kernel.$method::<$vector, 4>() },
        }
    };
}

pub(super) use with_size;
