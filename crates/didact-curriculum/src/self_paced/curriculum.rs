//! Self-paced learning as a curriculum: a threshold, and what it does to a loss.

use crate::batch::Batch;
use crate::curriculum::{Averaging, Curriculum, Weighing};
use crate::error::CurriculumError;
use crate::setting::Setting;
use crate::state::State;
use crate::warning::Warning;

use super::diversity::Diversity;
use super::latest_losses::LatestLosses;
use super::pace::PaceConfig;
use super::threshold::{Threshold, loss_of_guessing};
use super::weighting::Weighting;

/// Self-paced learning: weighs a sample by how its loss compares with a threshold that moves.
///
/// Built by the `init` of each method's settings, such as [`SplHardConfig`](crate::SplHardConfig::init). Remembers
/// nothing of single samples with a threshold that grows, 4 bytes a sample with a quantile, 9 with diversity.
#[derive(Clone, Debug, PartialEq)]
pub struct SelfPaced {
    name: &'static str,
    rule: Rule,
    threshold: Threshold,
    averaging: Averaging,
    latest: LatestLosses,
    guessing: Option<f64>,
    epochs: u32,
}

/// What a threshold does to a loss.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Rule {
    /// Every sample is judged by its own loss alone.
    Alone(Weighting),
    /// Samples are judged by their rank in their group too.
    Ranked(Diversity),
}

impl SelfPaced {
    pub(super) fn new(
        name: &'static str,
        rule: Rule,
        pace: &PaceConfig,
        setting: &Setting<'_>,
    ) -> Result<Self, CurriculumError> {
        let threshold = pace.threshold.init(setting)?;
        let remembers = matches!(threshold, Threshold::Quantile(_)) || matches!(rule, Rule::Ranked(_));
        Ok(Self {
            name,
            rule,
            threshold,
            averaging: pace.averaging,
            latest: LatestLosses::new(if remembers { setting.num_samples } else { 0 }),
            guessing: loss_of_guessing(setting),
            epochs: setting.epochs,
        })
    }

    fn remembers(&self) -> bool {
        matches!(self.threshold, Threshold::Quantile(_)) || matches!(self.rule, Rule::Ranked(_))
    }

    /// The best that a threshold below the loss of guessing can be raised by; none where no loss is too high.
    fn allowance(&self) -> Option<f64> {
        match &self.rule {
            Rule::Alone(weighting) => weighting.cuts_off().then_some(0.0),
            Rule::Ranked(diversity) => Some(diversity.allowance(1)),
        }
    }
}

impl Curriculum for SelfPaced {
    fn weigh(&mut self, batch: &Batch<'_>) -> Result<Weighing, CurriculumError> {
        batch.check()?;
        if self.remembers() {
            batch.check_rows(self.latest.num_samples())?;
        }
        let threshold = match &mut self.threshold {
            Threshold::Rising(rising) => rising.at(batch.progress.epoch),
            Threshold::Quantile(quantile) => quantile.at(batch, &self.latest),
        };
        let weights = match &mut self.rule {
            Rule::Alone(weighting) => batch
                .losses
                .iter()
                .map(|&loss| weighting.weight(f64::from(loss), threshold) as f32)
                .collect(),
            Rule::Ranked(diversity) => diversity.weights(batch, &self.latest, threshold),
        };
        if self.remembers() {
            self.latest.remember(batch);
        }
        Ok(Weighing {
            averaging: self.averaging,
            ..Weighing::new(weights)
        })
    }

    fn warnings(&self) -> Vec<Warning> {
        let (Threshold::Rising(rising), Some(guessing), Some(allowance)) =
            (&self.threshold, self.guessing, self.allowance())
        else {
            return Vec::new();
        };
        let first_epoch = rising.first_epoch_above(guessing, allowance, self.epochs);
        if first_epoch == Some(0) {
            return Vec::new();
        }
        vec![Warning::ColdStart {
            guessing,
            threshold: rising.at(0) + allowance,
            first_epoch: first_epoch.map(|epoch| epoch + 1),
        }]
    }

    fn follows_noise_rate(&self) -> bool {
        match &self.threshold {
            Threshold::Rising(_) => false,
            Threshold::Quantile(quantile) => quantile.follows_noise_rate(),
        }
    }

    fn state(&self) -> State {
        let threshold: &[f64] = match &self.threshold {
            Threshold::Rising(_) => &[],
            Threshold::Quantile(quantile) => &quantile.numbers(),
        };
        let state = State::new(self.name).with_column("threshold", threshold.iter().copied());
        let state = if self.remembers() {
            self.latest.save(state)
        } else {
            state
        };
        match &self.rule {
            Rule::Alone(_) => state.with_column("selection", []),
            Rule::Ranked(diversity) => diversity.save(state),
        }
    }

    fn restore(&mut self, state: &State) -> Result<(), CurriculumError> {
        let [threshold, selection] = state.columns(self.name, ["threshold", "selection"])?;
        let mut restored = self.clone();
        match &mut restored.threshold {
            Threshold::Rising(_) => expect_none("threshold", threshold)?,
            Threshold::Quantile(quantile) => *quantile = quantile.restored(threshold)?,
        }
        match &mut restored.rule {
            Rule::Alone(_) => expect_none("selection", selection)?,
            Rule::Ranked(diversity) => *diversity = diversity.restored(state, selection)?,
        }
        if self.remembers() {
            restored.latest = self.latest.restored(state)?;
        }
        *self = restored;
        Ok(())
    }
}

/// Refuses the memory of another kind of threshold or method.
fn expect_none(column: &str, numbers: &[f64]) -> Result<(), CurriculumError> {
    if numbers.is_empty() {
        return Ok(());
    }
    Err(CurriculumError::WrongState {
        expected: format!("nothing in `{column}`"),
        found: format!("{numbers:?}"),
    })
}
