//! What a round came to.

use didact_run::CleanerRecord;

use crate::beliefs::Beliefs;
use crate::corrections::Corrections;

/// What a round believes and corrects.
pub(crate) struct RoundOutcome {
    pub(crate) beliefs: Beliefs,
    pub(crate) record: CleanerRecord,
    pub(crate) corrections: Corrections,
    /// How many labels differ from those of the round before.
    pub(crate) changed: Option<usize>,
}
