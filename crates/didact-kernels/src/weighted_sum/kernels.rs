//! The loops of a weighted sum, for one sample.

use crate::simd::{Kernel, Vector, vectors};

/// The way forward.
pub(super) struct Forward<'a> {
    /// `[tokens][width]`.
    pub(super) tokens: &'a [f32],
    pub(super) weights: &'a [f32],
    /// `[width]`.
    pub(super) output: &'a mut [f32],
}

impl Kernel for Forward<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let width = self.output.len();
        assert!(self.tokens.len() == self.weights.len() * width);
        for (place, count) in vectors::<V>(width) {
            // SAFETY: vectors are within the output and within every token.
            unsafe {
                let mut sum = V::splat(0.0);
                for (token, &weight) in self.tokens.chunks_exact(width).zip(self.weights) {
                    sum = V::load_first(token.as_ptr().add(place), count).multiply_add(V::splat(weight), sum);
                }
                sum.store_first(self.output.as_mut_ptr().add(place), count);
            }
        }
    }
}

/// The way back: to a token goes its weight of the gradient, to a weight the gradient in the direction of its token.
pub(super) struct Backward<'a> {
    /// `[tokens][width]`.
    pub(super) tokens: &'a [f32],
    pub(super) weights: &'a [f32],
    /// `[width]`.
    pub(super) output_gradient: &'a [f32],
    /// `[tokens][width]`.
    pub(super) of_tokens: &'a mut [f32],
    pub(super) of_weights: &'a mut [f32],
}

impl Kernel for Backward<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let width = self.output_gradient.len();
        assert!(self.tokens.len() == self.weights.len() * width && self.of_tokens.len() == self.tokens.len());
        assert!(self.of_weights.len() == self.weights.len());
        let tokens = self.tokens.chunks_exact(width).zip(self.weights);
        let gradients = self.of_tokens.chunks_exact_mut(width).zip(self.of_weights);
        for ((token, &weight), (of_token, of_weight)) in tokens.zip(gradients) {
            // SAFETY: all have the width of a token; beyond it, gradients are zero.
            unsafe {
                let mut products = V::splat(0.0);
                for (place, count) in vectors::<V>(width) {
                    let gradient = V::load_first(self.output_gradient.as_ptr().add(place), count);
                    products =
                        V::load_first(token.as_ptr().add(place), count).multiply_add(gradient, products);
                    gradient
                        .multiply(V::splat(weight))
                        .store_first(of_token.as_mut_ptr().add(place), count);
                }
                *of_weight = products.total();
            }
        }
    }
}
