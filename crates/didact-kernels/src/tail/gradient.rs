//! The way back, without pooling.

use rayon::prelude::*;

use super::slope::{Normalized, ScaleAndShift, WayBack};
use super::sums::{add_up, images_together};
use super::{Functions, PIXELS, activation};
use crate::buffer::Buffer;
use crate::shared::Shared;
use crate::simd::{InstructionSet, Kernel, Vector, run};

/// What a tail had before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Before<'a> {
    pub(crate) functions: Functions,
    pub(crate) channels: usize,
    /// The input of the way forward.
    pub(crate) input: &'a [f32],
    pub(crate) normalized: Option<&'a Normalized>,
    pub(crate) residual: Option<&'a [f32]>,
}

/// The sums that a tail's way back yields beside the gradient of its input.
#[derive(Clone, Debug)]
pub(crate) struct Sums {
    /// The gradient of the input over all pixels, a channel: the gradient of a bias before the tail.
    pub(crate) bias: Vec<f32>,
    /// The gradients of scale and shift of the normalisation, if there is one.
    pub(crate) normalization: Option<ScaleAndShift>,
}

/// Turns the gradient of the output into that of the input, in place.
///
/// With a residual it becomes the residual's gradient, and that of the input is written to `fresh`.
///
/// # Panics
///
/// If there is a residual but nothing `fresh`, or the reverse, or sizes differ.
pub(crate) fn gradient(
    set: InstructionSet,
    before: Before<'_>,
    gradient: &mut [f32],
    fresh: Option<&mut [f32]>,
) -> Sums {
    assert!(before.residual.is_some() == fresh.is_some() && gradient.len() == before.input.len());
    assert!(fresh.as_ref().is_none_or(|fresh| fresh.len() == gradient.len()));
    let (channels, len) = (before.channels, gradient.len());
    let part = images_together(channels) * channels;
    let parts = len.div_ceil(part);
    let (mut back, mut normalization) = (WayBack::plain(channels), None);
    if before.normalized.is_some() || before.residual.is_some() {
        let sums = first_pass(set, before, gradient, part);
        if let Some(normalized) = before.normalized {
            let (through, gradients) = WayBack::through(normalized, &sums, len / channels);
            (back, normalization) = (through, Some(gradients));
        }
    }
    let source = Shared::new(gradient);
    let target = fresh.map_or(source, Shared::new);
    let mut partial = Buffer::zeros(parts * channels);
    partial
        .par_chunks_exact_mut(channels)
        .enumerate()
        .for_each(|(index, sums)| {
            let start = index * part;
            let before = before.part(start, part.min(len - start));
            // SAFETY: each part reads and writes its own range, and the kernel checks its sizes.
            unsafe {
                let [source, target] = [source.at(start), target.at(start)];
                run(
                    set,
                    SecondPass {
                        before,
                        back: &back,
                        source,
                        target,
                        sums,
                    },
                );
            }
        });
    let bias = add_up(&partial, channels)
        .into_iter()
        .map(|sum| sum as f32)
        .collect();
    Sums { bias, normalization }
}

/// The sums over the batch that a normalisation's way back needs; with a residual, its gradient too.
fn first_pass(set: InstructionSet, before: Before<'_>, gradient: &mut [f32], part: usize) -> Vec<f64> {
    let width = 2 * before.channels;
    let mut partial = Buffer::zeros(gradient.len().div_ceil(part) * width);
    partial
        .par_chunks_exact_mut(width)
        .zip(gradient.par_chunks_mut(part))
        .enumerate()
        .for_each(|(index, (sums, gradient))| {
            let kernel = FirstPass {
                before: before.part(index * part, gradient.len()),
                gradient,
                sums,
            };
            // SAFETY: the kernel checks its sizes.
            unsafe { run(set, kernel) };
        });
    add_up(&partial, width)
}

impl Before<'_> {
    /// The same for a range of numbers.
    fn part(&self, start: usize, len: usize) -> Self {
        let range = start..start + len;
        Self {
            input: &self.input[range.clone()],
            residual: self.residual.map(|residual| &residual[range]),
            ..*self
        }
    }

    /// The gradient before the second function, of `count` channels at a place.
    ///
    /// # Safety
    ///
    /// The channels are within input, residual and map.
    #[inline(always)]
    unsafe fn back_through_after<V: Vector>(&self, value: V, gradient: V, place: usize, count: usize) -> V {
        // SAFETY: the caller's.
        unsafe {
            let mut x = value;
            if let Some(Normalized { affine, .. }) = self.normalized {
                let channel = place % self.channels;
                let scale = V::load_first(affine.scale.as_ptr().add(channel), count);
                x = x.multiply_add(scale, V::load_first(affine.shift.as_ptr().add(channel), count));
            }
            if let Some(residual) = self.residual {
                x = x.add(V::load_first(residual.as_ptr().add(place), count));
            }
            activation::back(self.functions.after, x, gradient)
        }
    }

    fn check(&self) {
        assert!(
            self.residual
                .is_none_or(|residual| residual.len() == self.input.len())
        );
        assert!(self.input.len().is_multiple_of(self.channels));
        let has_all = |numbers: &[f32]| numbers.len() == self.channels;
        assert!(self.normalized.is_none_or(|Normalized { affine, moments, .. }| {
            has_all(&affine.scale) && has_all(&affine.shift) && has_all(&moments.mean)
        }));
    }
}

/// Sums of gradients before the second function, and of their products with deviations from the mean.
struct FirstPass<'a> {
    before: Before<'a>,
    /// With a residual, its gradient replaces that of the output.
    gradient: &'a mut [f32],
    /// `[2][channels]`.
    sums: &'a mut [f32],
}

impl Kernel for FirstPass<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let before = self.before;
        let (channels, len) = (before.channels, before.input.len());
        before.check();
        assert!(self.gradient.len() == len && self.sums.len() == 2 * channels);
        for start in (0..len).step_by(PIXELS * channels) {
            let end = (start + PIXELS * channels).min(len);
            for channel in (0..channels).step_by(V::LANES) {
                let count = (channels - channel).min(V::LANES);
                // SAFETY: `count` channels from `channel` on are within every pixel, map and sum.
                unsafe {
                    let (first, second) = self.sums.split_at_mut(channels);
                    let [first, second] = [first, second].map(|sums| sums.as_mut_ptr().add(channel));
                    let [mut sum, mut products] = [V::load_first(first, count), V::load_first(second, count)];
                    let mean = match before.normalized {
                        Some(normalized) => {
                            V::load_first(normalized.moments.mean.as_ptr().add(channel), count)
                        }
                        None => V::splat(0.0),
                    };
                    for place in (start + channel..end).step_by(channels) {
                        let gradient = self.gradient.as_mut_ptr().add(place);
                        let x = V::load_first(before.input.as_ptr().add(place), count);
                        let value = activation::value(before.functions.before, x);
                        let back =
                            before.back_through_after(value, V::load_first(gradient, count), place, count);
                        sum = sum.add(back);
                        products = back.multiply_add(value.subtract(mean), products);
                        if before.residual.is_some() {
                            back.store_first(gradient, count);
                        }
                    }
                    sum.store_first(first, count);
                    products.store_first(second, count);
                }
            }
        }
    }
}

/// The gradient with respect to the input, and its sums.
struct SecondPass<'a> {
    before: Before<'a>,
    back: &'a WayBack,
    /// The gradient of the output; with a residual, that of the residual. As many numbers as the input has.
    source: *const f32,
    /// May be the same place.
    target: *mut f32,
    /// `[channels]`.
    sums: &'a mut [f32],
}

impl Kernel for SecondPass<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let before = self.before;
        let (channels, len) = (before.channels, before.input.len());
        before.check();
        assert!(self.sums.len() == channels && self.back.factor.len() == channels);
        for start in (0..len).step_by(PIXELS * channels) {
            let end = (start + PIXELS * channels).min(len);
            for channel in (0..channels).step_by(V::LANES) {
                let count = (channels - channel).min(V::LANES);
                // SAFETY: `count` channels from `channel` on are within every pixel, map and sum.
                unsafe {
                    let back = self.back.of_channels::<V>(channel, count);
                    let place_of_sum = self.sums.as_mut_ptr().add(channel);
                    let mut sum = V::load_first(place_of_sum, count);
                    for place in (start + channel..end).step_by(channels) {
                        let x = V::load_first(before.input.as_ptr().add(place), count);
                        let (value, slope_there) = activation::value_and_slope(before.functions.before, x);
                        let mut gradient = V::load_first(self.source.add(place), count);
                        if before.residual.is_none() {
                            gradient = before.back_through_after(value, gradient, place, count);
                        }
                        let gradient = back.apply([slope_there, value, gradient]);
                        sum = sum.add(gradient);
                        gradient.store_first(self.target.add(place), count);
                    }
                    sum.store_first(place_of_sum, count);
                }
            }
        }
    }
}
