//! Tails that end in max pooling, whose windows do not overlap.
//!
//! The way back finds the largest value of each window again, which is cheaper than to have stored where it was.

use rayon::prelude::*;

use super::affine::Affine;
use super::gradient::{self, Before};
use super::slope::{Normalized, WayBack};
use super::sums::{add_up, images_together};
use super::{Functions, activation};
use crate::buffer::Buffer;
use crate::simd::{InstructionSet, Kernel, Vector, run};

/// Images and their windows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MaxPool {
    pub(crate) height: usize,
    pub(crate) width: usize,
    pub(crate) channels: usize,
    /// Side of a window, 1 to 4, and the distance to the next.
    pub(crate) size: usize,
}

impl MaxPool {
    /// The largest window there is a kernel for.
    pub(crate) const LARGEST: usize = 4;

    fn image(self) -> usize {
        self.height * self.width * self.channels
    }

    fn pooled(self) -> usize {
        (self.height / self.size) * (self.width / self.size) * self.channels
    }
}

/// `output = largest of after(scale * before(input) + shift)` of every window; what is left at the end is dropped.
pub(crate) fn max_pool(
    set: InstructionSet,
    pool: MaxPool,
    functions: Functions,
    input: &[f32],
    affine: Option<&Affine>,
) -> Buffer {
    let images = input.len() / pool.image();
    let mut output = Buffer::any(images * pool.pooled());
    output
        .par_chunks_exact_mut(pool.pooled())
        .zip(input.par_chunks_exact(pool.image()))
        .for_each(|(output, image)| {
            let values = Values {
                pool,
                functions,
                image,
                affine,
            };
            // SAFETY: the kernel checks its sizes.
            unsafe { run(set, Forward { values, output }) };
        });
    output
}

/// The gradient of the input, from that of the output, and its sums.
pub(crate) fn max_pool_gradient(
    set: InstructionSet,
    pool: MaxPool,
    before: Before<'_>,
    output_gradient: &[f32],
) -> (Buffer, gradient::Sums) {
    let channels = pool.channels;
    let together = images_together(pool.image());
    let parts = before.input.len().div_ceil(together * pool.image());
    let affine = before.normalized.map(|normalized| &normalized.affine);
    let values = |image| Values {
        pool,
        functions: before.functions,
        image,
        affine,
    };
    let images = || {
        before
            .input
            .par_chunks(together * pool.image())
            .zip(output_gradient.par_chunks(together * pool.pooled()))
    };
    let (mut back, mut normalization) = (WayBack::plain(channels), None);
    if let Some(normalized) = before.normalized {
        let mut partial = Buffer::zeros(parts * 2 * channels);
        partial
            .par_chunks_exact_mut(2 * channels)
            .zip(images())
            .for_each(|(sums, (input, gradient))| {
                let pairs = input
                    .chunks_exact(pool.image())
                    .zip(gradient.chunks_exact(pool.pooled()));
                for (image, gradient) in pairs {
                    // SAFETY: the kernel checks its sizes.
                    unsafe {
                        run(
                            set,
                            FirstPass {
                                values: values(image),
                                normalized,
                                gradient,
                                sums: &mut *sums,
                            },
                        );
                    }
                }
            });
        let sums = add_up(&partial, 2 * channels);
        let (through, gradients) = WayBack::through(normalized, &sums, before.input.len() / channels);
        (back, normalization) = (through, Some(gradients));
    }
    let mut target = Buffer::any(before.input.len());
    let mut partial = Buffer::zeros(parts * channels);
    let targets = target.par_chunks_mut(together * pool.image());
    partial
        .par_chunks_exact_mut(channels)
        .zip(images())
        .zip(targets)
        .for_each(|((sums, (input, gradient)), target)| {
            let pairs = input
                .chunks_exact(pool.image())
                .zip(gradient.chunks_exact(pool.pooled()));
            for ((image, gradient), target) in pairs.zip(target.chunks_exact_mut(pool.image())) {
                // SAFETY: the kernel checks its sizes.
                unsafe {
                    run(
                        set,
                        SecondPass {
                            values: values(image),
                            back: &back,
                            gradient,
                            target,
                            sums: &mut *sums,
                        },
                    );
                }
            }
        });
    let bias = add_up(&partial, channels)
        .into_iter()
        .map(|sum| sum as f32)
        .collect();
    (target, gradient::Sums { bias, normalization })
}

/// One image before it is pooled.
#[derive(Clone, Copy)]
struct Values<'a> {
    pool: MaxPool,
    functions: Functions,
    image: &'a [f32],
    affine: Option<&'a Affine>,
}

/// The numbers of a window: the first function's slopes and values, and these after the affine map.
struct Window<V, const SIZE: usize> {
    slope: [[V; SIZE]; SIZE],
    value: [[V; SIZE]; SIZE],
    mapped: [[V; SIZE]; SIZE],
}

impl Values<'_> {
    fn check(&self) {
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
    unsafe fn window<V: Vector, const SIZE: usize>(
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
    unsafe fn map<V: Vector>(&self, channel: usize, count: usize) -> Option<[V; 2]> {
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
    unsafe fn largest_after(&self, functions: Functions) -> V {
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
    unsafe fn distribute(&self, functions: Functions, gradient: V) -> [[V; SIZE]; SIZE] {
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

/// The way forward, for one image.
struct Forward<'a> {
    values: Values<'a>,
    output: &'a mut [f32],
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

/// Sums of gradients, and of their products with deviations from the mean, for one image.
struct FirstPass<'a> {
    values: Values<'a>,
    normalized: &'a Normalized,
    gradient: &'a [f32],
    /// `[2][channels]`.
    sums: &'a mut [f32],
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

/// The gradient with respect to the input, and its sums, for one image.
struct SecondPass<'a> {
    values: Values<'a>,
    back: &'a WayBack,
    gradient: &'a [f32],
    target: &'a mut [f32],
    /// `[channels]`.
    sums: &'a mut [f32],
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
