//! Whether a student's losses are such as its mentor was taught.

use super::super::predefined_curriculum::MentorFeatures;
use super::description::Mentor;
use crate::warning::Warning;

/// Share of an epoch's samples outside the mentor's ranges from which the user should know.
const NOTEWORTHY: f64 = 0.05;

/// Counts samples that a mentor was not taught, for one warning a run. Not part of the state: weights do not depend on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Watch {
    seen: u64,
    outside: u64,
    has_warned: bool,
}

impl Watch {
    pub(super) fn see(&mut self, mentor: &Mentor, features: MentorFeatures) {
        self.seen += 1;
        self.outside += u64::from(!mentor.knows(features));
    }

    /// Ends an epoch.
    pub(super) fn warning(&mut self, mentor: &Mentor) -> Option<Warning> {
        let share = self.outside as f64 / self.seen.max(1) as f64;
        (self.seen, self.outside) = (0, 0);
        if self.has_warned || share <= NOTEWORTHY {
            return None;
        }
        self.has_warned = true;
        Some(Warning::OutsideTheMentorsRange {
            share,
            losses: mentor.description.losses,
            differences: mentor.description.differences,
        })
    }
}
