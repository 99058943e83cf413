//! Where the time of a run goes.

use std::time::{Duration, Instant};

/// What a run spends time on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Steps of training: forward, losses, backward, update; without the curriculum.
    Steps,
    /// Waiting for batches. What the loader does while a step is under way costs nothing here.
    Loader,
    /// Weighing the samples, and telling their confidence.
    Curriculum,
    /// Forward passes over validation and test samples.
    Evaluation,
    /// Noting what happened to every sample, and writing it.
    Ledger,
    /// Writing tables, weights and the checkpoint.
    Checkpoint,
    /// Figures, progress, and whatever else an epoch takes.
    Rest,
    /// Once, after the last epoch: features, confusion matrices, the summary.
    Conclusion,
}

impl Phase {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 8] = [
        Self::Steps,
        Self::Loader,
        Self::Curriculum,
        Self::Evaluation,
        Self::Ledger,
        Self::Checkpoint,
        Self::Rest,
        Self::Conclusion,
    ];

    /// Its name, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Loader => "loader",
            Self::Curriculum => "curriculum",
            Self::Evaluation => "evaluation",
            Self::Ledger => "ledger",
            Self::Checkpoint => "checkpoint",
            Self::Rest => "rest",
            Self::Conclusion => "conclusion",
        }
    }
}

/// Divides the time since it was started among phases: every lap belongs to one, so nothing is missing and nothing is
/// counted twice.
///
/// ```
/// use didact_train::{Phase, Stopwatch};
///
/// let mut stopwatch = Stopwatch::start();
/// stopwatch.lap(Phase::Steps);
/// assert!(stopwatch.spent(Phase::Steps) > std::time::Duration::ZERO);
/// assert_eq!(stopwatch.spent(Phase::Ledger), std::time::Duration::ZERO);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch {
    spent: [Duration; Phase::ALL.len()],
    lap_begun: Instant,
}

impl Stopwatch {
    /// No time spent, and the first lap begins.
    pub fn start() -> Self {
        Self {
            spent: [Duration::ZERO; Phase::ALL.len()],
            lap_begun: Instant::now(),
        }
    }

    /// Ends a lap, which belongs to `phase`, and begins the next.
    pub fn lap(&mut self, phase: Phase) {
        let now = Instant::now();
        self.spent[phase as usize] += now - self.lap_begun;
        self.lap_begun = now;
    }

    /// Ends a lap, of which `inner` belongs to another phase.
    pub(crate) fn lap_without(&mut self, phase: Phase, (inner_phase, inner): (Phase, Duration)) {
        self.lap(phase);
        self.spent[phase as usize] = self.spent[phase as usize].saturating_sub(inner);
        self.spent[inner_phase as usize] += inner;
    }

    /// What a phase has taken so far.
    pub fn spent(&self, phase: Phase) -> Duration {
        self.spent[phase as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_a_lap_is_taken_out_of_it() {
        let mut stopwatch = Stopwatch::start();
        std::thread::sleep(Duration::from_millis(2));
        let inner = Duration::from_millis(1);
        stopwatch.lap_without(Phase::Steps, (Phase::Curriculum, inner));
        assert_eq!(stopwatch.spent(Phase::Curriculum), inner);
        assert!(stopwatch.spent(Phase::Steps) >= inner);
    }

    #[test]
    fn phases_stand_in_the_order_they_are_told_in() {
        for (position, phase) in Phase::ALL.into_iter().enumerate() {
            assert_eq!(phase as usize, position);
        }
    }
}
