//! Functions that processors lack.

use super::Vector;

/// `e^x` to within 2 units in the last place; 0 below -87.3 is the smallest normal number, and the result is finite.
///
/// Reduction to `[-ln 2 / 2, ln 2 / 2]` and a polynomial of degree 6, as in Cephes (Moshier, 1989).
///
/// # Safety
///
/// As [`Vector`].
#[inline(always)]
pub(crate) unsafe fn exponential<V: Vector>(x: V) -> V {
    // SAFETY: the caller's.
    unsafe {
        // In this order of operands, what is no number stays none.
        let x = V::splat(88.3).min(V::splat(-87.3).max(x));
        let whole = x.multiply(V::splat(std::f32::consts::LOG2_E)).round();
        // ln 2 in two parts, the first exact in few bits.
        let rest = whole.multiply_add(V::splat(-0.693_359_4), x);
        let rest = whole.multiply_add(V::splat(2.121_944_4e-4), rest);
        let mut polynomial = V::splat(1.987_569_1e-4);
        for coefficient in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
            polynomial = polynomial.multiply_add(rest, V::splat(coefficient));
        }
        let fraction = polynomial.multiply_add(rest.multiply(rest), rest.add(V::splat(1.0)));
        fraction.multiply(whole.power_of_two())
    }
}

/// The error function to within 5e-7: Abramowitz and Stegun, 1964, formula 7.1.26 (absolute error 1.5e-7) and rounding.
///
/// # Safety
///
/// As [`Vector`].
#[inline(always)]
pub(crate) unsafe fn error_function<V: Vector>(x: V) -> V {
    // SAFETY: the caller's.
    unsafe {
        let (zero, one) = (V::splat(0.0), V::splat(1.0));
        let magnitude = x.max(zero.subtract(x));
        let t = one.divide(magnitude.multiply_add(V::splat(0.327_591_1), one));
        let mut polynomial = V::splat(1.061_405_4);
        for coefficient in [-1.453_152, 1.421_413_7, -0.284_496_74, 0.254_829_6] {
            polynomial = polynomial.multiply_add(t, V::splat(coefficient));
        }
        let tail = polynomial.multiply(t).multiply(exponential(zero.subtract(magnitude.multiply(magnitude))));
        let positive = one.subtract(tail);
        // The function is odd.
        let negated = zero.subtract(positive).where_positive(zero.subtract(x));
        positive.where_positive(x).add(negated)
    }
}
