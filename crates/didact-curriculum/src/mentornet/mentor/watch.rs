//! Whether a student's losses are such as its mentor was taught.

use super::super::predefined_curriculum::MentorFeatures;
use super::description::Mentor;
use crate::warning::Warning;

/// Share of an epoch's samples whose weight is a guess from which the user should know.
const GUESSED: f64 = 0.05;
/// Share of an epoch's samples outside the mentor's ranges from which the user should know, guess or not.
const OUTSIDE: f64 = 0.5;

/// Counts samples that a mentor was not taught, for one warning a run. Not part of the state: weights do not depend on it.
///
/// Beyond what a mentor was taught, most weights are those of its edge: 0 for a loss larger than all. Those are no guesses.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Watch {
    seen: u64,
    outside: u64,
    guessed: u64,
    has_warned: bool,
}

impl Watch {
    pub(super) fn see(&mut self, mentor: &Mentor, features: MentorFeatures) {
        self.seen += 1;
        if !mentor.knows(features) {
            self.outside += 1;
            self.guessed += u64::from(!mentor.agrees_with_what_it_knows(features));
        }
    }

    /// Ends an epoch.
    pub(super) fn warning(&mut self, mentor: &Mentor) -> Option<Warning> {
        let share = |count: u64| count as f64 / self.seen.max(1) as f64;
        let (outside, guessed) = (share(self.outside), share(self.guessed));
        (self.seen, self.outside, self.guessed) = (0, 0, 0);
        if self.has_warned || (outside <= OUTSIDE && guessed <= GUESSED) {
            return None;
        }
        self.has_warned = true;
        Some(Warning::OutsideTheMentorsRange {
            share: outside,
            guessed,
            losses: mentor.description.losses,
            differences: mentor.description.differences,
        })
    }
}
