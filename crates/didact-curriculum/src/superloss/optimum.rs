//! Confidence and value of one sample.

use std::f64::consts::E;

use super::lambert::lambert_w0;

/// What SuperLoss makes of one sample: the minimum over the confidence `σ` of
///
/// ```text
/// (loss - τ) σ + λ (ln σ)²
/// ```
///
/// With `β = max(-2/e, (loss - τ)/λ)` and `W = W0(β/2)` it lies at `σ = exp(-W)` and is `λ W (W + 2)`; below
/// `-2/e`, where `σ` stays at `e`, it is the line `e (loss - τ) + λ`. Value and slope are continuous there.
///
/// The slope of the value is `σ`, because at a minimum the change of `σ` itself costs nothing. So nothing is ever
/// differentiated through `W`, whose slope at the branch point is infinite.
///
/// Source: Castells et al., 2020. Differs from the authors' code as copied into `fani-lab/OpeNTF`: that reads `ln σ`
/// off a table of 32 knots, which is off by up to 0.033 between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Optimum {
    /// `σ`, in `[0, e]`.
    pub(super) confidence: f64,
    /// In the unit of the loss; negative for a loss below the expected one.
    pub(super) value: f64,
}

impl Optimum {
    /// `excess` is `loss - τ`, finite; `lambda` is positive.
    pub(super) fn new(excess: f64, lambda: f64) -> Self {
        // A tiny λ must not make an infinity, of which no value could be computed.
        let w = lambert_w0(0.5 * (excess / lambda).clamp(f64::MIN, f64::MAX));
        let value = if w <= -1.0 {
            excess * E + lambda
        } else {
            lambda * w * (w + 2.0)
        };
        Self {
            confidence: (-w).exp(),
            value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAMBDAS: [f64; 4] = [0.01, 0.25, 1.0, 30.0];

    /// Around the expected loss and the branch point at `-2λ/e`, closely, then far out.
    fn excesses(lambda: f64) -> impl Iterator<Item = f64> {
        let near = (-4000..4000).map(|i| f64::from(i) * 5e-4);
        let branch = (-400..400).map(|i| -2.0 / E + f64::from(i) * 1e-6);
        let far = (1..60).flat_map(|i| [1.3_f64.powi(i), -1.3_f64.powi(i)]);
        near.chain(branch).chain(far).map(move |beta| beta * lambda)
    }

    #[test]
    fn the_slope_of_the_value_is_the_confidence() {
        for lambda in LAMBDAS {
            for excess in excesses(lambda) {
                let step = 1e-5 * lambda;
                let [left, right] = [excess - step, excess + step].map(|at| Optimum::new(at, lambda));
                let slope = (right.value - left.value) / (2.0 * step);
                // The value is concave, so its slope over the step lies between those at the step's ends.
                let slack = 1e-10 * (1.0 + excess.abs() / lambda);
                assert!(
                    right.confidence - slack <= slope && slope <= left.confidence + slack,
                    "{excess}: {slope}"
                );
                assert!(
                    left.confidence - right.confidence < 0.02,
                    "no finite difference at {excess}"
                );
            }
        }
    }

    #[test]
    fn the_closed_form_is_the_minimum_over_the_confidence() {
        for lambda in LAMBDAS {
            for excess in excesses(lambda) {
                let Optimum { confidence, value } = Optimum::new(excess, lambda);
                let objective = |sigma: f64| excess * sigma + lambda * sigma.ln().powi(2);
                let slack = 1e-12 * (lambda + excess.abs());
                assert!((objective(confidence) - value).abs() <= slack, "{excess}");
                for other in [0.999, 1.001].map(|factor| (confidence * factor).min(E)) {
                    assert!(
                        objective(other) >= value - slack,
                        "{excess}: {other} beats {confidence}"
                    );
                }
            }
        }
    }

    #[test]
    fn value_and_slope_are_continuous_at_the_branch_point() {
        let branch = -2.0 / E;
        let [below, above] = [branch - 1e-13, branch + 1e-13].map(|excess| Optimum::new(excess, 1.0));
        assert!((below.confidence - E).abs() < 1e-15 && (above.confidence - E).abs() < 5e-6);
        assert!((below.value + 1.0).abs() < 1e-12 && (above.value + 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_large_lambda_leaves_the_loss_as_it_is() {
        let Optimum { confidence, value } = Optimum::new(3.0, 1e9);
        assert!((confidence - 1.0).abs() < 1e-8 && (value - 3.0).abs() < 1e-7);
    }

    #[test]
    fn no_loss_and_no_lambda_makes_it_nan() {
        let extremes = [f64::from(f32::MIN), -1e-300, 0.0, 1e-300, f64::from(f32::MAX)];
        for (excess, lambda) in extremes
            .iter()
            .flat_map(|&x| [1e-300, 1.0, 1e300].map(|lambda| (x, lambda)))
        {
            let Optimum { confidence, value } = Optimum::new(excess, lambda);
            assert!(
                (0.0..=E).contains(&confidence) && value.is_finite(),
                "{excess} {lambda}: {confidence} {value}"
            );
        }
    }
}
