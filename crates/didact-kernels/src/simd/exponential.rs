//! Functions that processors lack.

use super::Vector;

/// `e^x` to within 2 units in the last place, for `x` in `[-87.3, 88.3]`; beyond, its value at the nearer end.
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

/// The error function to within 7e-7: Abramowitz and Stegun, 1964, formula 7.1.26 (absolute error 1.5e-7) and rounding.
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
        let tail = polynomial
            .multiply(t)
            .multiply(exponential(zero.subtract(magnitude.multiply(magnitude))));
        let positive = one.subtract(tail);
        // The function is odd.
        let negated = zero.subtract(positive).where_positive(zero.subtract(x));
        positive.where_positive(x).add(negated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::{InstructionSet, Kernel, run};

    #[derive(Clone, Copy)]
    enum Function {
        Exponential,
        Error,
    }

    struct Values<'a>(Function, &'a mut [f32]);

    impl Kernel for Values<'_> {
        type Output = ();

        #[inline(always)]
        unsafe fn run<V: Vector>(self) {
            for values in self.1.chunks_mut(V::LANES) {
                let (place, count) = (values.as_mut_ptr(), values.len());
                // SAFETY: there are so many values in the chunk.
                unsafe {
                    let x = V::load_first(place, count);
                    let value = match self.0 {
                        Function::Exponential => exponential(x),
                        Function::Error => error_function(x),
                    };
                    value.store_first(place, count);
                }
            }
        }
    }

    fn values(set: InstructionSet, function: Function, x: &[f32]) -> Vec<f32> {
        let mut values = x.to_vec();
        // SAFETY: the kernel is safe with any numbers.
        unsafe { run(set, Values(function, &mut values)) };
        values
    }

    /// From the first to the last, some thousands apart and none a round number.
    fn sweep(first: f32, last: f32) -> Vec<f32> {
        let count = 200_003;
        (0..count)
            .map(|index| first + (last - first) * (index as f32 / (count - 1) as f32))
            .collect()
    }

    /// By its power series, whose terms cancel to 1e-9 at 4; beyond, it is 1 within 2e-8.
    fn error_function_in_f64(x: f64) -> f64 {
        if x.abs() > 4.0 {
            return x.signum();
        }
        let (mut term, mut sum) = (x, x);
        for n in 1..120 {
            term *= -x * x / f64::from(n);
            sum += term / f64::from(2 * n + 1);
        }
        sum * std::f64::consts::FRAC_2_SQRT_PI
    }

    #[test]
    fn the_exponential_is_within_two_units_in_the_last_place() {
        let x = sweep(-87.3, 88.3);
        for set in InstructionSet::available() {
            for (&x, found) in x.iter().zip(values(set, Function::Exponential, &x)) {
                let expected = f64::from(x).exp();
                let unit = f64::from((expected as f32).next_up()) - f64::from(expected as f32);
                let units = (f64::from(found) - expected).abs() / unit;
                assert!(
                    units <= 2.0,
                    "{set}: e^{x} is {expected}, not {found}: {units} units"
                );
            }
        }
    }

    #[test]
    fn the_exponential_of_anything_else_is_finite_or_none() {
        let x = [
            f32::NEG_INFINITY,
            f32::MIN,
            -200.0,
            0.0,
            -0.0,
            200.0,
            f32::MAX,
            f32::INFINITY,
            f32::NAN,
        ];
        for set in InstructionSet::available() {
            let found = values(set, Function::Exponential, &x);
            assert!(
                found[..3].iter().all(|&value| value > 0.0 && value < 1.3e-38),
                "{set}: {found:?}"
            );
            assert_eq!(found[3..5], [1.0, 1.0], "{set}");
            assert!(
                found[5..8].iter().all(|&value| value > 2e38 && value.is_finite()),
                "{set}: {found:?}"
            );
            assert!(found[8].is_nan(), "{set}");
        }
    }

    #[test]
    fn the_error_function_is_within_its_bound_and_odd() {
        let x = sweep(-6.0, 6.0);
        let negated: Vec<f32> = x.iter().map(|x| -x).collect();
        for set in InstructionSet::available() {
            let found = values(set, Function::Error, &x);
            for (&x, &found) in x.iter().zip(&found) {
                let expected = error_function_in_f64(f64::from(x));
                assert!(
                    (f64::from(found) - expected).abs() < 7e-7,
                    "{set}: erf({x}) is {expected}, not {found}"
                );
            }
            let mirrored = values(set, Function::Error, &negated);
            let sums = found
                .iter()
                .zip(mirrored)
                .map(|(value, mirrored)| value + mirrored);
            assert!(
                sums.map(f32::abs).all(|sum| sum < f32::MIN_POSITIVE),
                "{set}: an odd function"
            );
            assert_eq!(
                values(set, Function::Error, &[0.0, f32::INFINITY, f32::NEG_INFINITY]),
                [0.0, 1.0, -1.0]
            );
        }
    }
}
