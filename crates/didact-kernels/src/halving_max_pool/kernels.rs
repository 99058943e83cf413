//! The loops of a max pooling whose windows overlap.

use std::ops::Range;

use crate::simd::{Kernel, Vector, vectors};

/// Images and their windows of 3x3 pixels, 2 apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Windows {
    /// Height and width of an image.
    pub(super) sides: [usize; 2],
    pub(super) channels: usize,
}

impl Windows {
    /// Rows and columns of the output.
    pub(super) fn pooled_sides(self) -> [usize; 2] {
        self.sides.map(|side| side.div_ceil(2))
    }

    /// Numbers of an image.
    pub(super) fn image(self) -> usize {
        self.sides[0] * self.sides[1] * self.channels
    }

    /// Numbers of an image of the output.
    pub(super) fn pooled(self) -> usize {
        let [rows, columns] = self.pooled_sides();
        rows * columns * self.channels
    }

    /// The pixels along an axis that a window sees: odd sides have one pixel less at either end, even sides at the last.
    #[inline(always)]
    fn seen(self, axis: usize, window: usize) -> Range<usize> {
        let side = self.sides[axis];
        let first = 2 * window;
        let odd = side % 2;
        first.saturating_sub(odd)..(first + 3 - odd).min(side)
    }

    /// Rows and columns that the window of a cell sees.
    #[inline(always)]
    fn window(self, cell: usize) -> [Range<usize>; 2] {
        let [_, columns] = self.pooled_sides();
        [self.seen(0, cell / columns), self.seen(1, cell % columns)]
    }

    /// The largest value of a window; no number if one is none.
    #[inline(always)]
    unsafe fn largest<V: Vector>(self, window: &[Range<usize>; 2], image: *const f32, count: usize) -> V {
        // SAFETY: the caller's window is within the image, which begins with the first of `count` channels.
        unsafe {
            let mut largest = V::splat(f32::NEG_INFINITY);
            for row in window[0].clone() {
                for column in window[1].clone() {
                    let pixel = (row * self.sides[1] + column) * self.channels;
                    largest = largest.larger(V::load_first(image.add(pixel), count));
                }
            }
            largest
        }
    }
}

/// The way forward, for one image.
pub(super) struct Forward<'a> {
    pub(super) windows: Windows,
    pub(super) image: &'a [f32],
    pub(super) output: &'a mut [f32],
}

impl Kernel for Forward<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let windows = self.windows;
        assert!(self.image.len() == windows.image() && self.output.len() == windows.pooled());
        for (cell, output) in self.output.chunks_exact_mut(windows.channels).enumerate() {
            let window = windows.window(cell);
            for (channel, count) in vectors::<V>(windows.channels) {
                // SAFETY: windows are within the image, channels within every pixel.
                unsafe {
                    let image = self.image.as_ptr().add(channel);
                    windows
                        .largest::<V>(&window, image, count)
                        .store_first(output.as_mut_ptr().add(channel), count);
                }
            }
        }
    }
}

/// The way back, for one image: the first of a window's largest pixels gets its gradient. Of a window in which one is no
/// number nobody gets any: no pixel equals that.
pub(super) struct Backward<'a> {
    pub(super) windows: Windows,
    pub(super) image: &'a [f32],
    pub(super) output_gradient: &'a [f32],
    pub(super) gradient: &'a mut [f32],
}

impl Kernel for Backward<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let windows = self.windows;
        assert!(self.image.len() == windows.image() && self.gradient.len() == windows.image());
        assert!(self.output_gradient.len() == windows.pooled());
        self.gradient.fill(0.0);
        let cells = self.output_gradient.chunks_exact(windows.channels);
        for (cell, output_gradient) in cells.enumerate() {
            let window = windows.window(cell);
            for (channel, count) in vectors::<V>(windows.channels) {
                // SAFETY: windows are within the image, channels within every pixel.
                unsafe {
                    let image = self.image.as_ptr().add(channel);
                    let target = self.gradient.as_mut_ptr().add(channel);
                    let largest = windows.largest::<V>(&window, image, count);
                    let mut left = V::load_first(output_gradient.as_ptr().add(channel), count);
                    for row in window[0].clone() {
                        for column in window[1].clone() {
                            let pixel = (row * windows.sides[1] + column) * windows.channels;
                            let value = V::load_first(image.add(pixel), count);
                            let share = left.where_equal(value, largest);
                            left = left.subtract(share);
                            let target = target.add(pixel);
                            share.add(V::load_first(target, count)).store_first(target, count);
                        }
                    }
                }
            }
        }
    }
}
