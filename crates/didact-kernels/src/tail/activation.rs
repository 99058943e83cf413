//! Activations and their derivatives.

use crate::block::Activation;
use crate::simd::{Vector, error_function, exponential};

/// The activation of `x`. What is no number stays none.
///
/// # Safety
///
/// As [`Vector`].
#[inline(always)]
pub(super) unsafe fn value<V: Vector>(activation: Activation, x: V) -> V {
    // SAFETY: the caller's.
    unsafe {
        match activation {
            Activation::Identity => x,
            Activation::Relu => V::splat(0.0).max(x),
            Activation::Silu => x.divide(V::splat(1.0).add(exponential(V::splat(0.0).subtract(x)))),
            Activation::Gelu => x.multiply(normal_distribution(x)),
        }
    }
}

/// The activation of `x` and its derivative there, which share most of their work.
///
/// # Safety
///
/// As [`Vector`].
#[inline(always)]
pub(super) unsafe fn value_and_slope<V: Vector>(activation: Activation, x: V) -> (V, V) {
    // SAFETY: the caller's.
    unsafe {
        let (zero, one) = (V::splat(0.0), V::splat(1.0));
        match activation {
            Activation::Identity => (x, one),
            Activation::Relu => (zero.max(x), one.where_positive(x)),
            Activation::Silu => {
                let sigmoid = one.divide(one.add(exponential(zero.subtract(x))));
                let value = x.multiply(sigmoid);
                // s (1 + x (1 - s)) = s + x s (1 - s)
                (value, value.multiply_add(one.subtract(sigmoid), sigmoid))
            }
            Activation::Gelu => {
                let distribution = normal_distribution(x);
                let density =
                    exponential(x.multiply(x).multiply(V::splat(-0.5))).multiply(V::splat(INVERSE_ROOT_2_PI));
                (x.multiply(distribution), x.multiply_add(density, distribution))
            }
        }
    }
}

/// The gradient with respect to `x`, from that with respect to the activation of `x`.
///
/// # Safety
///
/// As [`Vector`].
#[inline(always)]
pub(super) unsafe fn back<V: Vector>(activation: Activation, x: V, gradient: V) -> V {
    // SAFETY: the caller's.
    unsafe {
        match activation {
            Activation::Identity => gradient,
            Activation::Relu => gradient.where_positive(x),
            Activation::Silu | Activation::Gelu => gradient.multiply(value_and_slope(activation, x).1),
        }
    }
}

const INVERSE_ROOT_2_PI: f32 = 0.398_942_3;

/// The normal distribution function.
#[inline(always)]
unsafe fn normal_distribution<V: Vector>(x: V) -> V {
    // SAFETY: the caller's.
    unsafe {
        let half = V::splat(0.5);
        half.multiply_add(
            error_function(x.multiply(V::splat(std::f32::consts::FRAC_1_SQRT_2))),
            half,
        )
    }
}
