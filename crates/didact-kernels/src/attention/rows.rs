//! What is done to each row of a matrix of tokens by tokens.

use crate::simd::{Kernel, MOST_LANES, Vector, exponential, vectors};

/// `softmax(scale * scores)` of each row, in place. A row that has a number that is none becomes such numbers.
pub(super) struct Softmax<'a> {
    pub(super) tokens: usize,
    pub(super) scale: f32,
    pub(super) scores: &'a mut [f32],
}

impl Kernel for Softmax<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        for row in self.scores.chunks_exact_mut(self.tokens) {
            // SAFETY: vectors are within the row.
            unsafe {
                let (largest, scale) = (V::splat(largest::<V>(row)), V::splat(self.scale));
                let mut sum = V::splat(0.0);
                for (place, count) in vectors::<V>(row.len()) {
                    let place = row.as_mut_ptr().add(place);
                    let score = V::load_first(place, count).subtract(largest).multiply(scale);
                    exponential(score).store_first(place, count);
                    sum = sum.add(V::load_first(place, count));
                }
                let factor = V::splat(1.0 / sum.total());
                for (place, count) in vectors::<V>(row.len()) {
                    let place = row.as_mut_ptr().add(place);
                    V::load_first(place, count)
                        .multiply(factor)
                        .store_first(place, count);
                }
            }
        }
    }
}

/// The largest of some numbers.
#[inline(always)]
unsafe fn largest<V: Vector>(numbers: &[f32]) -> f32 {
    let mut lanes = [f32::NEG_INFINITY; MOST_LANES];
    match numbers.len().checked_sub(V::LANES) {
        // SAFETY: vectors are within the numbers; the last may overlap the one before it.
        Some(last) => unsafe {
            let mut largest = V::load(numbers.as_ptr().add(last));
            for place in (0..last).step_by(V::LANES) {
                largest = V::load(numbers.as_ptr().add(place)).max(largest);
            }
            largest.store(lanes.as_mut_ptr());
        },
        None => lanes[..numbers.len()].copy_from_slice(numbers),
    }
    lanes.into_iter().fold(f32::NEG_INFINITY, f32::max)
}

/// From the gradient of what is left of the shares to that of the scores, in place.
///
/// With shares `p`, of which `d` are left, and the gradient `g` of these, it is `scale (d g - p sum(d g))`: what was dropped
/// scales `g` as it scaled `p`.
pub(super) struct ScoreGradient<'a> {
    pub(super) tokens: usize,
    pub(super) scale: f32,
    pub(super) shares: &'a [f32],
    pub(super) dropped: &'a [f32],
    pub(super) gradient: &'a mut [f32],
}

impl Kernel for ScoreGradient<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        assert!(self.shares.len() == self.gradient.len() && self.dropped.len() == self.gradient.len());
        let rows = self.gradient.chunks_exact_mut(self.tokens);
        let rows = rows.zip(self.shares.chunks_exact(self.tokens));
        for ((gradient, shares), dropped) in rows.zip(self.dropped.chunks_exact(self.tokens)) {
            // SAFETY: vectors are within the rows, which are equally long.
            unsafe {
                let scale = V::splat(self.scale);
                let mut sum = V::splat(0.0);
                for (place, count) in vectors::<V>(gradient.len()) {
                    let target = gradient.as_mut_ptr().add(place);
                    let left = V::load_first(dropped.as_ptr().add(place), count);
                    let product = left.multiply(V::load_first(target, count));
                    product.store_first(target, count);
                    sum = sum.add(product);
                }
                let sum = V::splat(-sum.total());
                for (place, count) in vectors::<V>(gradient.len()) {
                    let target = gradient.as_mut_ptr().add(place);
                    let share = V::load_first(shares.as_ptr().add(place), count);
                    let through = share.multiply_add(sum, V::load_first(target, count));
                    through.multiply(scale).store_first(target, count);
                }
            }
        }
    }
}
