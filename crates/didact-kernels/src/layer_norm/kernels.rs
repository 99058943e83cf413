//! The loops of a layer normalisation: a row stays in the first cache while it is read several times.

use crate::simd::{Kernel, Vector, vectors};

/// Mean of a row, and one over its deviation.
#[inline(always)]
unsafe fn moments<V: Vector>(row: &[f32], epsilon: f32) -> [f32; 2] {
    // SAFETY: vectors are within the row.
    unsafe {
        let mut sum = V::splat(0.0);
        for (place, count) in vectors::<V>(row.len()) {
            sum = sum.add(V::load_first(row.as_ptr().add(place), count));
        }
        let mean = sum.total() / row.len() as f32;
        let mut squares = 0.0;
        let mut sum = V::splat(0.0);
        for (place, count) in vectors::<V>(row.len()) {
            if count == V::LANES {
                let deviation = V::load(row.as_ptr().add(place)).subtract(V::splat(mean));
                sum = deviation.multiply_add(deviation, sum);
            } else {
                // Lanes beyond the row must not count.
                for &number in &row[place..] {
                    squares += (number - mean) * (number - mean);
                }
            }
        }
        let variance = (squares + sum.total()) / row.len() as f32;
        [mean, 1.0 / (variance + epsilon).sqrt()]
    }
}

/// The way forward, for some rows.
pub(super) struct Forward<'a> {
    pub(super) epsilon: f32,
    pub(super) input: &'a [f32],
    pub(super) scale: &'a [f32],
    pub(super) shift: &'a [f32],
    pub(super) output: &'a mut [f32],
}

impl Kernel for Forward<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let width = self.scale.len();
        assert!(self.shift.len() == width && self.output.len() == self.input.len());
        assert!(self.input.len().is_multiple_of(width));
        let rows = self.output.chunks_exact_mut(width);
        for (output, row) in rows.zip(self.input.chunks_exact(width)) {
            // SAFETY: vectors are within the rows, which are as long as scale and shift.
            unsafe {
                let [mean, factor] = moments::<V>(row, self.epsilon).map(|moment| V::splat(moment));
                for (place, count) in vectors::<V>(width) {
                    let x = V::load_first(row.as_ptr().add(place), count)
                        .subtract(mean)
                        .multiply(factor);
                    let scale = V::load_first(self.scale.as_ptr().add(place), count);
                    let shift = V::load_first(self.shift.as_ptr().add(place), count);
                    x.multiply_add(scale, shift)
                        .store_first(output.as_mut_ptr().add(place), count);
                }
            }
        }
    }
}

/// The way back, for some rows.
///
/// With normalised values `x`, gradients `g` of the output and `h = scale g`, the gradient of the input is
/// `(h - mean(h) - x mean(h x)) / deviation`.
pub(super) struct Backward<'a> {
    pub(super) epsilon: f32,
    pub(super) input: &'a [f32],
    pub(super) scale: &'a [f32],
    /// That of the output becomes that of the input.
    pub(super) gradient: &'a mut [f32],
    /// To which the gradients of scale and shift are added, `[2][width]`.
    pub(super) sums: &'a mut [f32],
}

impl Kernel for Backward<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let width = self.scale.len();
        assert!(self.gradient.len() == self.input.len() && self.input.len().is_multiple_of(width));
        assert!(self.sums.len() == 2 * width);
        let (of_scale, of_shift) = self.sums.split_at_mut(width);
        let rows = self.gradient.chunks_exact_mut(width);
        for (gradient, row) in rows.zip(self.input.chunks_exact(width)) {
            // SAFETY: all have the width of a row.
            unsafe {
                let moments = moments::<V>(row, self.epsilon);
                let sums = [&mut *of_scale, &mut *of_shift];
                back_through_row::<V>(row, moments, self.scale, gradient, sums);
            }
        }
    }
}

/// # Safety
///
/// As [`Vector`], and all are as long as the row.
#[inline(always)]
unsafe fn back_through_row<V: Vector>(
    row: &[f32],
    [mean, factor]: [f32; 2],
    scale: &[f32],
    gradient: &mut [f32],
    [of_scale, of_shift]: [&mut [f32]; 2],
) {
    let width = row.len();
    // SAFETY: the caller's.
    unsafe {
        let [mean, factor] = [V::splat(mean), V::splat(factor)];
        let [mut sum, mut products] = [V::splat(0.0); 2];
        for (place, count) in vectors::<V>(width) {
            let x = V::load_first(row.as_ptr().add(place), count)
                .subtract(mean)
                .multiply(factor);
            let there = V::load_first(gradient.as_ptr().add(place), count);
            let [of_scale, of_shift] = [of_scale.as_mut_ptr().add(place), of_shift.as_mut_ptr().add(place)];
            there
                .multiply_add(x, V::load_first(of_scale, count))
                .store_first(of_scale, count);
            there
                .add(V::load_first(of_shift, count))
                .store_first(of_shift, count);
            // Beyond the row, gradients are zero.
            let scaled = there.multiply(V::load_first(scale.as_ptr().add(place), count));
            sum = sum.add(scaled);
            products = scaled.multiply_add(x, products);
        }
        let share = -1.0 / width as f32;
        let [sum, products] = [V::splat(sum.total() * share), V::splat(products.total() * share)];
        for (place, count) in vectors::<V>(width) {
            let x = V::load_first(row.as_ptr().add(place), count)
                .subtract(mean)
                .multiply(factor);
            let target = gradient.as_mut_ptr().add(place);
            let scaled = V::load_first(target, count)
                .multiply_add(V::load_first(scale.as_ptr().add(place), count), sum);
            x.multiply_add(products, scaled)
                .multiply(factor)
                .store_first(target, count);
        }
    }
}
