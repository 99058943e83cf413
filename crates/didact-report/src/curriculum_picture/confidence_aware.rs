//! Losses that take a confidence, as surfaces.
//!
//! Figure 3 of the article in which SuperLoss's authors introduce it shows three of them, of three tasks, and what
//! they have in common: flat where the confidence is low, steep where it is high. SuperLoss is the value of a fourth,
//! which takes any loss, at the confidence where it is least.

use didact_curriculum::CurriculumConfig;

use super::conditions::Conditions;
use crate::chart::{Axis, Range};
use crate::error::ReportError;
use crate::picture::{Surface, SurfacePanel};

/// What the surface of a `superloss` is drawn from.
#[derive(Clone, Debug)]
pub(super) struct SuperlossSurface {
    lambda: f64,
    expectation: f64,
    /// Confidence and loss, where the confidence is the best for the loss.
    ridge: Vec<[f64; 2]>,
}

impl SuperlossSurface {
    /// The surface under the first batch's expectation, if the curriculum is a `superloss`.
    pub(super) fn of(
        config: &CurriculumConfig,
        conditions: &Conditions,
    ) -> Result<Option<Self>, ReportError> {
        let CurriculumConfig::Superloss(superloss) = config else {
            return Ok(None);
        };
        let losses = conditions.losses();
        let observed = config.observer(Some(conditions.num_classes))?.observe(&losses)?;
        let ridge = observed.confidences.iter().zip(&losses);
        Ok(Some(Self {
            lambda: superloss.lambda,
            expectation: observed.expectation,
            ridge: ridge
                .map(|(&confidence, &loss)| [f64::from(confidence), f64::from(loss)])
                .collect(),
        }))
    }

    /// `(l - τ) σ + λ (ln σ)²` over confidence `σ` and loss `l`.
    ///
    /// Source: Castells, Weinzaepfel and Revaud, 2020.
    pub(super) fn panel(&self, largest_loss: f64) -> SurfacePanel {
        let Self {
            lambda, expectation, ..
        } = *self;
        let value =
            |confidence: f64, loss: f64| (loss - expectation) * confidence + lambda * confidence.ln().powi(2);
        SurfacePanel {
            ridge: Some(self.ridge.clone()),
            ..panel(
                "SuperLoss for any confidence: (l − τ) σ + λ (ln σ)²",
                ["confidence σ; red: the one with the least value", "loss l"],
                // Below, the regulariser alone would fill the scale.
                [[0.1, std::f64::consts::E], [0.0, largest_loss]],
                value,
            )
        }
    }
}

/// The three surfaces of figure 3, over confidence and correctness.
pub(super) fn confidence_aware_panels() -> [SurfacePanel; 3] {
    [
        panel(
            "before SuperLoss: confidence-aware cross-entropy",
            ["confidence σ", "correctness: margin of the given label's logit"],
            [[0.0, 3.0], [-4.0, 4.0]],
            confidence_aware_cross_entropy,
        ),
        panel(
            "before SuperLoss: reliability loss (R2D2)",
            ["confidence: reliability R", "correctness: average precision AP"],
            [[0.0, 1.0], [0.0, 1.0]],
            reliability_loss,
        ),
        panel(
            "before SuperLoss: introspection loss",
            ["confidence σ", "correctness: similarity of a true match"],
            [[0.0, 6.0], [-1.0, 1.0]],
            introspection_loss,
        ),
    ]
}

/// `ln(1 + exp(-σ m))`: the cross-entropy of two classes whose logits, `m` apart, are multiplied by the confidence.
///
/// Source: Saxena et al., Data Parameters, 2019, whose temperature is `1/σ`. Differs from it: without the penalty
/// on the temperature, which does not depend on correctness.
fn confidence_aware_cross_entropy(confidence: f64, margin: f64) -> f64 {
    (-confidence * margin).exp().ln_1p()
}

/// `1 - AP R - κ (1 - R)` with `κ = 1/2`: where nothing reliable is seen, the loss is `1 - κ` whatever the precision.
///
/// Source: Revaud et al., R2D2, 2019, and its authors' code.
fn reliability_loss(reliability: f64, precision: f64) -> f64 {
    1.0 - precision * reliability - 0.5 * (1.0 - reliability)
}

/// `ln(2 sinh σ / σ) - σ s`: the negative log-likelihood of a similarity `s` in `[-1, 1]` of two points that match,
/// under a density proportional to `exp(σ s)`.
///
/// Source: after Novotny et al., Self-supervised Learning of Geometrically Stable Features Through Probabilistic
/// Introspection, 2018. Differs from it: derived here from that density, as the article shows the surface without its
/// formula.
fn introspection_loss(confidence: f64, similarity: f64) -> f64 {
    // sinh(σ)/σ is 1 + σ²/6 + ... where both vanish.
    let normalisation = if confidence < 1e-6 {
        2.0
    } else {
        2.0 * confidence.sinh() / confidence
    };
    normalisation.ln() - confidence * similarity
}

fn panel(
    title: &str,
    [x, y]: [&str; 2],
    ranges: [[f64; 2]; 2],
    function: impl Fn(f64, f64) -> f64,
) -> SurfacePanel {
    let [x, y] = [(x, ranges[0]), (y, ranges[1])].map(|(name, ends)| Axis::exact(name, ends));
    let surface = Surface::of([&x, &y], function);
    let (least, greatest) = Range::of(surface.values()).ends();
    SurfacePanel {
        title: title.to_owned(),
        scale: Axis::exact("loss", [least, greatest]),
        x,
        y,
        surface,
        ridge: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_surface_of_figure_3_is_flat_without_confidence() {
        for function in [confidence_aware_cross_entropy, introspection_loss] {
            assert!((function(0.0, -0.8) - 2.0_f64.ln()).abs() < 1e-9);
            assert!((function(0.0, 0.8) - 2.0_f64.ln()).abs() < 1e-9);
        }
        for precision in [0.0, 1.0] {
            assert!((reliability_loss(0.0, precision) - 0.5).abs() < 1e-12);
        }
    }

    #[test]
    fn and_steep_with_it() {
        for precision in [0.0, 1.0] {
            assert!((reliability_loss(1.0, precision) - (1.0 - precision)).abs() < 1e-12);
        }
        let drop = introspection_loss(6.0, -1.0) - introspection_loss(6.0, 1.0);
        assert!((drop - 12.0).abs() < 1e-9);
        assert!(confidence_aware_cross_entropy(3.0, -4.0) > 12.0);
    }

    #[test]
    fn the_introspection_loss_is_that_of_a_density() {
        let steps = 20_000;
        let mass: f64 = (0..steps)
            .map(|step| -1.0 + (f64::from(step) + 0.5) * 2.0 / f64::from(steps))
            .map(|similarity| (-introspection_loss(2.5, similarity)).exp() * 2.0 / f64::from(steps))
            .sum();
        assert!((mass - 1.0).abs() < 1e-6, "{mass}");
    }
}
