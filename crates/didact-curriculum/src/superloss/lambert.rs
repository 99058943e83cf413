//! The principal branch of the Lambert W function.

use std::f64::consts::E;

/// Below this the guess comes from the branch point at `-1/e`, above it from logarithms.
const BRANCH_REGION: f64 = -0.25;

/// Coefficients of `W0 = -1 + p - p²/3 + ...` in powers of `p = sqrt(2(1 + e z))`.
const BRANCH_SERIES: [f64; 6] = [-1.0, 1.0, -1.0 / 3.0, 11.0 / 72.0, -43.0 / 540.0, 769.0 / 17280.0];

/// `W0(z)`, the real solution `w >= -1` of `w · exp(w) = z`.
///
/// At and below the branch point `-1/e` it is `-1`: SuperLoss caps its argument there, and neither the nearest
/// `f64` nor the nearest `f32` to `-1/e` lies within the domain. NaN gives NaN.
///
/// The relative error is below 1e-14 where `1 + e z > 1e-3`, and below 1e-8 down to the branch point, where the slope
/// is infinite; so results in `f32` are exact to rounding. It costs at most four logarithms. Arithmetic in `f32` would
/// save some nanoseconds and lose half of its digits near the branch point, where easy samples lie.
///
/// ```
/// use didact_curriculum::lambert_w0;
///
/// assert_eq!(lambert_w0(0.0), 0.0);
/// assert!((lambert_w0(std::f64::consts::E) - 1.0).abs() < 1e-15);
/// assert_eq!(lambert_w0(-1.0 / std::f64::consts::E), -1.0);
/// ```
///
/// Source: Veberič, 2010, <https://arxiv.org/abs/1003.1628>, for the branch-point series and Fritsch's step; Winitzki
/// for the logarithmic guess, as in FastEstimator.
pub fn lambert_w0(z: f64) -> f64 {
    let above_branch = 1.0 + E * z;
    if above_branch <= 0.0 {
        return -1.0;
    }
    // The step divides z by w.
    if z == 0.0 || z == f64::INFINITY {
        return z;
    }
    if z >= BRANCH_REGION {
        return fritsch_step(z, fritsch_step(z, logarithmic_guess(z)));
    }
    let p = (2.0 * above_branch).sqrt();
    let w = BRANCH_SERIES
        .iter()
        .rev()
        .fold(0.0, |sum, coefficient| sum * p + coefficient);
    // So near the branch point the series is exact, and the step would divide one rounding error by another.
    if p < 1e-3 {
        w
    } else {
        fritsch_step(z, fritsch_step(z, w))
    }
}

/// Within a few percent of `W0`, from -0.25 to the largest number.
fn logarithmic_guess(z: f64) -> f64 {
    let log = z.ln_1p();
    log * (1.0 - log.ln_1p() / (2.0 + log))
}

/// One step of fourth order; after two, the guesses above are exact to rounding.
fn fritsch_step(z: f64, w: f64) -> f64 {
    let residual = (z / w).ln() - w;
    let slope = 1.0 + w;
    let q = 2.0 * slope * (slope + residual * 2.0 / 3.0);
    w * (1.0 + residual / slope * (q - residual) / (q - 2.0 * residual))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `W0(z)` by Newton's method in the variable that makes the branch point harmless, iterated to rest.
    fn reference(z: f64) -> f64 {
        // ln w + w = ln z for large z, where the exponential would overflow.
        let mut w = if z > E {
            z.ln()
        } else {
            (2.0 * (1.0 + E * z)).max(0.0).sqrt() - 1.0
        };
        for _ in 0..100 {
            let residual = if z > E {
                (w + w.ln() - z.ln()) * w
            } else {
                w - z * (-w).exp()
            };
            w -= residual / (1.0 + w);
        }
        w
    }

    #[test]
    fn a_dense_sweep_agrees_with_the_iterated_reference() {
        let near_zero = (0..400_000).map(|i| -0.367_5 + f64::from(i) * 1e-5);
        let far = (0..20_000).map(|i| 10_f64.powf(f64::from(i) * 0.015 - 20.0));
        for z in near_zero.chain(far) {
            let (found, expected) = (lambert_w0(z), reference(z));
            assert!(
                (found - expected).abs() <= 3e-14 * expected.abs() + 1e-300,
                "{z}: {found}, {expected}"
            );
        }
    }

    #[test]
    fn it_undoes_its_inverse_down_to_the_branch_point() {
        for i in 0..=1_000_000 {
            let w = -1.0 + f64::from(i) * 1e-6;
            // What rounding z alone moves w by: dw = dz / ((1 + w) exp(w)), or its square root next to -1.
            let tolerance = (4e-16 / (1.0 + w)).min(1e-7) + 1e-15;
            let found = lambert_w0(w * w.exp());
            assert!((found - w).abs() <= tolerance, "{w} came back as {found}");
        }
    }

    #[test]
    fn it_never_falls_where_its_argument_rises() {
        let branch = -1.0 / E;
        let arguments = (-60..1).map(|power| branch + 2_f64.powi(power));
        let values: Vec<f64> = arguments.map(lambert_w0).collect();
        assert!(values.is_sorted(), "{values:?}");
        // Across the seams between the branch region, the series and the step.
        for seam in [BRANCH_REGION, (5e-7 - 1.0) / E] {
            let (below, above) = (lambert_w0(seam - 1e-12), lambert_w0(seam + 1e-12));
            assert!(below < above && above - below < 1e-8, "{below}, {above}");
        }
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "these values are exact")]
    fn the_ends_of_the_line_are_harmless() {
        for z in [
            -0.367_879_441_171_442_33,
            f64::from(-0.367_879_45_f32),
            -0.5,
            -1e300,
            f64::NEG_INFINITY,
        ] {
            assert_eq!(lambert_w0(z), -1.0);
        }
        assert_eq!(lambert_w0(f64::INFINITY), f64::INFINITY);
        assert_eq!(lambert_w0(f64::MIN_POSITIVE), f64::MIN_POSITIVE);
        assert!((lambert_w0(f64::MAX) - 703.227_033_104_77).abs() < 1e-9);
        assert!(lambert_w0(f64::NAN).is_nan());
    }
}
