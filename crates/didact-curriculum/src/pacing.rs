//! Which share of the samples is let in as a run goes on.

use serde::{Deserialize, Serialize};

use crate::batch::Progress;
use crate::error::CurriculumError;

/// A pacing function: how a share moves from its first to its last value, and over which part of the run.
///
/// With `x` the share of `over` that has gone by, capped at 1, the share is `from + (to - from) y`, where `y` rises
/// from 0 to 1 as [`PacingCurve`] says.
///
/// ```
/// use didact_curriculum::{Pacing, PacingCurve, Progress};
///
/// let pacing = Pacing { curve: PacingCurve::Linear, over: 0.8 };
/// let at = |step| Progress { epoch: 0, epochs: 1, step, steps: 10_000 };
/// assert_eq!(pacing.share(0.2, 1.0, at(0)), 0.2);
/// assert!((pacing.share(0.2, 1.0, at(4000)) - 0.6).abs() < 1e-12);
/// assert_eq!(pacing.share(0.2, 1.0, at(9000)), 1.0);
/// ```
///
/// Source: Wu, Dyer and Neyshabur, "When Do Curricula Work?", ICLR 2021; `over` and `from` are their `a` and `b`.
/// Differs from the paper: it ends at `to`, which need not be all samples; and [`PacingCurve::Step`] is corrected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pacing {
    /// The way from first to last.
    pub curve: PacingCurve,
    /// Share of the run's steps that it takes, `> 0`. At 1 the last step of the run has the last value; above 1 none has.
    pub over: f64,
}

/// The way that a [`Pacing`] takes, `y` as a function of `x`, both from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum PacingCurve {
    /// `y = x`.
    #[default]
    Linear,
    /// `y = x²`: late.
    Quadratic,
    /// `y = x^(1/power)`: early. Public code takes the square root whatever the power; this does not.
    Root {
        /// Which root, `>= 1`. Default 2.
        power: f64,
    },
    /// `y = 0` before the end, then 1. The formula as printed, and its code, add all samples to those of the
    /// beginning, and again after every further `over`.
    Step,
    /// `y = (exp(10 x) - 1) / (exp(10) - 1)`: very late.
    Exponential,
    /// `y = 1 + ln(x + exp(-10)) / 10`: very early.
    Logarithmic,
}

/// How steep the exponential and the logarithmic curve are; the paper's code has no other value either.
const STEEPNESS: f64 = 10.0;

impl PacingCurve {
    /// The square root.
    pub const ROOT: Self = Self::Root { power: 2.0 };

    fn height(self, x: f64) -> f64 {
        let height = match self {
            Self::Linear => x,
            Self::Quadratic => x * x,
            Self::Root { power } => x.powf(power.recip()),
            Self::Step => x.floor(),
            Self::Exponential => (STEEPNESS * x).exp_m1() / STEEPNESS.exp_m1(),
            Self::Logarithmic => 1.0 + (x + (-STEEPNESS).exp()).ln() / STEEPNESS,
        };
        height.clamp(0.0, 1.0)
    }
}

impl Pacing {
    /// The share at this point of the run, from `from` to `to`.
    pub fn share(&self, from: f64, to: f64, progress: Progress) -> f64 {
        let gone = progress.step as f64 / progress.steps.max(1) as f64;
        let height = self.curve.height((gone / self.reach(progress.steps)).min(1.0));
        // In this form the ends are met to the bit.
        from * (1.0 - height) + to * height
    }

    /// The part of a run of so many steps at which the last value is met. All of a run has gone by only after its last step,
    /// which would be too late.
    fn reach(&self, steps: u64) -> f64 {
        if steps < 2 || self.over > 1.0 {
            return self.over;
        }
        self.over.min((steps - 1) as f64 / steps as f64)
    }

    /// Refuses settings outside their ranges.
    pub(crate) fn check(&self) -> Result<(), CurriculumError> {
        CurriculumError::require(
            self.over > 0.0 && self.over.is_finite(),
            "over",
            self.over,
            "a finite number above 0",
        )?;
        match self.curve {
            PacingCurve::Root { power } => CurriculumError::require(
                power >= 1.0 && power.is_finite(),
                "power",
                power,
                "a finite number of at least 1",
            ),
            _ => Ok(()),
        }
    }
}

/// The parameters of a [`Pacing`] as they stand, flat, in the table of a curriculum that has one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PacingTable {
    pub(crate) pacing: Option<PacingKind>,
    pub(crate) power: Option<f64>,
    pub(crate) over: Option<f64>,
}

/// A [`PacingCurve`] without its parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PacingKind {
    Linear,
    Quadratic,
    Root,
    Step,
    Exponential,
    Logarithmic,
}

impl PacingKind {
    fn of(curve: PacingCurve) -> Self {
        match curve {
            PacingCurve::Linear => Self::Linear,
            PacingCurve::Quadratic => Self::Quadratic,
            PacingCurve::Root { .. } => Self::Root,
            PacingCurve::Step => Self::Step,
            PacingCurve::Exponential => Self::Exponential,
            PacingCurve::Logarithmic => Self::Logarithmic,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Quadratic => "quadratic",
            Self::Root => "root",
            Self::Step => "step",
            Self::Exponential => "exponential",
            Self::Logarithmic => "logarithmic",
        }
    }

    fn curve(self, power: f64) -> PacingCurve {
        match self {
            Self::Linear => PacingCurve::Linear,
            Self::Quadratic => PacingCurve::Quadratic,
            Self::Root => PacingCurve::Root { power },
            Self::Step => PacingCurve::Step,
            Self::Exponential => PacingCurve::Exponential,
            Self::Logarithmic => PacingCurve::Logarithmic,
        }
    }
}

impl PacingTable {
    /// What the table gives, and `default` where it gives nothing.
    ///
    /// # Errors
    ///
    /// [`CurriculumError::MisplacedParameter`] for a power without a root, and [`CurriculumError::OutOfRange`].
    pub(crate) fn read(self, default: Pacing) -> Result<Pacing, CurriculumError> {
        let kind = self.pacing.unwrap_or(PacingKind::of(default.curve));
        if self.power.is_some() && kind != PacingKind::Root {
            return Err(CurriculumError::MisplacedParameter {
                parameter: "power",
                choice: "pacing",
                expected: "root",
                found: kind.name(),
            });
        }
        let usual = match default.curve {
            PacingCurve::Root { power } => power,
            _ => 2.0,
        };
        let pacing = Pacing {
            curve: kind.curve(self.power.unwrap_or(usual)),
            over: self.over.unwrap_or(default.over),
        };
        pacing.check().map(|()| pacing)
    }
}

impl From<Pacing> for PacingTable {
    fn from(pacing: Pacing) -> Self {
        let power = match pacing.curve {
            PacingCurve::Root { power } => Some(power),
            _ => None,
        };
        Self {
            pacing: Some(PacingKind::of(pacing.curve)),
            power,
            over: Some(pacing.over),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CURVES: [PacingCurve; 6] = [
        PacingCurve::Linear,
        PacingCurve::Quadratic,
        PacingCurve::ROOT,
        PacingCurve::Step,
        PacingCurve::Exponential,
        PacingCurve::Logarithmic,
    ];

    fn at(step: u64) -> Progress {
        Progress {
            epoch: 0,
            epochs: 1,
            step,
            steps: 10_000,
        }
    }

    #[test]
    fn the_curves_of_the_paper_let_in_as_many_of_50_000_samples_as_it_says() {
        let expected = [
            [10_000, 15_000, 30_000, 50_000, 50_000],
            [10_000, 10_625, 20_000, 50_000, 50_000],
            [10_000, 24_142, 38_284, 50_000, 50_000],
            [10_000, 10_000, 10_000, 50_000, 50_000],
            [10_000, 10_004, 10_267, 50_000, 50_000],
            [10_000, 41_683, 47_227, 50_000, 50_000],
        ];
        for (curve, row) in CURVES.into_iter().zip(expected) {
            let pacing = Pacing { curve, over: 0.8 };
            let found = [0, 1000, 4000, 8000, 10_000]
                .map(|step| (50_000.0 * pacing.share(0.2, 1.0, at(step)) + 1e-9) as u64);
            assert_eq!(found, row, "{curve:?}");
        }
    }

    #[test]
    fn the_power_of_a_root_is_used() {
        let pacing = Pacing {
            curve: PacingCurve::Root { power: 3.0 },
            over: 0.8,
        };
        assert!((pacing.share(0.0, 1.0, at(1000)) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn every_curve_rises_from_its_first_to_its_last_value_and_stays_there() {
        for curve in CURVES {
            let pacing = Pacing { curve, over: 0.5 };
            let shares: Vec<f64> = (0..=100)
                .map(|percent| pacing.share(0.3, 0.6, at(percent * 100)))
                .collect();
            assert!(shares.is_sorted(), "{curve:?}");
            assert!((shares[0] - 0.3).abs() < 1e-12, "{curve:?}");
            assert!(
                shares[50..].iter().all(|share| (share - 0.6).abs() < 1e-12),
                "{curve:?}"
            );
        }
    }

    #[test]
    fn the_last_step_of_a_run_has_the_last_value() {
        for (curve, steps) in CURVES
            .into_iter()
            .flat_map(|curve| [2, 3, 7, 49, 10_000].map(|steps| (curve, steps)))
        {
            let at = |step| Progress { step, steps, ..at(0) };
            let share = |over, step| Pacing { curve, over }.share(0.25, 0.75, at(step));
            assert!(
                (share(1.0, steps - 1) - 0.75).abs() < 1e-12,
                "{curve:?} of {steps}"
            );
            assert!(share(1.0, steps - 2) < 0.75, "{curve:?} of {steps}");
            assert!(share(1.5, steps - 1) < 0.75, "{curve:?} of {steps}");
        }
        let of_one_step = Progress { steps: 1, ..at(0) };
        let pacing = Pacing {
            curve: PacingCurve::Linear,
            over: 1.0,
        };
        assert!((pacing.share(0.25, 0.75, of_one_step) - 0.25).abs() < 1e-12);
    }

    #[test]
    fn a_table_is_read_back_as_it_was_written() {
        let default = Pacing {
            curve: PacingCurve::Linear,
            over: 0.25,
        };
        for curve in CURVES {
            let pacing = Pacing { curve, over: 0.5 };
            assert_eq!(PacingTable::from(pacing).read(default), Ok(pacing));
        }
        assert_eq!(PacingTable::default().read(default), Ok(default));
    }

    #[test]
    fn a_power_belongs_to_a_root() {
        let table = PacingTable {
            power: Some(3.0),
            ..PacingTable::default()
        };
        let default = Pacing {
            curve: PacingCurve::Step,
            over: 0.5,
        };
        assert_eq!(
            table.read(default).unwrap_err().to_string(),
            "`power` belongs to pacing=root, but the pacing is step"
        );
    }
}
