//! The loss that a sample's loss is compared with.

use crate::batch::Batch;
use crate::error::CurriculumError;
use crate::share_choice::ShareChoice;

use super::moving_percentile::MovingPercentile;

/// What the authors' public code ran with, whatever its commands asked for: their flag was misspelt and so ignored.
const UNTIL_ESTIMATED: f64 = 0.7;

/// A moving percentile that knows which percentile it is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reference {
    share: ShareChoice,
    pub(super) percentile: MovingPercentile,
}

impl Reference {
    pub(super) fn new(share: ShareChoice, decay: f64) -> Result<Self, CurriculumError> {
        if let ShareChoice::Given(found) = share {
            CurriculumError::require(
                share.holds(),
                "percentile",
                found,
                "a number above 0 and at most 1",
            )?;
        }
        Ok(Self {
            share,
            percentile: MovingPercentile::new(decay)?,
        })
    }

    /// Whether the percentile follows the estimated share of wrong labels.
    pub(super) fn follows_noise_rate(&self) -> bool {
        self.share == ShareChoice::Auto
    }

    /// Goes by another share from now on.
    pub(super) fn go_by(&mut self, share: ShareChoice) {
        self.share = share;
    }

    /// Takes in a batch and returns the loss to compare its losses with.
    pub(super) fn update(&mut self, batch: &Batch<'_>) -> f64 {
        let share = self.share.share(batch.noise_rate).unwrap_or(UNTIL_ESTIMATED);
        self.percentile.update(batch.losses, share)
    }
}
