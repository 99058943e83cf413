//! Samples let in one after another.

use crate::batch::Batch;
use crate::curriculum::{Averaging, Curriculum, Weighing};
use crate::error::CurriculumError;
use crate::pacing::Pacing;
use crate::share_choice::ShareChoice;
use crate::state::State;

use super::entry::ENTRY;
use super::ranking::Ranking;

/// Lets in the samples that an earlier run found easiest, more and more of them as the run goes on.
///
/// Samples that the earlier run did not see come last: they count only once everything is let in.
///
/// ```
/// use didact_curriculum::{Batch, Curriculum, Progress, Setting, TransferTeacherConfig};
///
/// let difficulties = [Some(0.1), Some(5.0), Some(0.3), Some(2.0), None];
/// let setting = Setting { num_samples: 5, difficulties: Some(&difficulties), ..Setting::default() };
/// let config = TransferTeacherConfig { teacher: Some("runs/first".into()), start: 0.5, ..Default::default() };
/// let mut curriculum = config.init(&setting)?;
/// let batch = Batch {
///     losses: &[1.0; 5],
///     ids: &[0, 1, 2, 3, 4],
///     rows: &[0, 1, 2, 3, 4],
///     labels: &[0; 5],
///     progress: Progress { epoch: 0, epochs: 10, step: 0, steps: 10 },
///     noise_rate: None,
/// };
/// assert_eq!(curriculum.weigh(&batch)?.weights, [1.0, 0.0, 1.0, 0.0, 0.0]);
/// # Ok::<(), didact_curriculum::CurriculumError>(())
/// ```
///
/// Source: Weinshall et al., 2018. Differs from the paper: the earlier run has seen the same samples with the same labels,
/// so its losses are of use only where it did not memorise them.
#[derive(Clone, Debug, PartialEq)]
pub struct TransferTeacher {
    pub(super) ranking: Ranking,
    pub(super) start: f64,
    pub(super) last: ShareChoice,
    pub(super) pacing: Pacing,
    pub(super) averaging: Averaging,
}

impl Curriculum for TransferTeacher {
    fn weigh(&mut self, batch: &Batch<'_>) -> Result<Weighing, CurriculumError> {
        batch.check()?;
        batch.check_rows(self.ranking.num_samples())?;
        let last = self.last.share(batch.noise_rate).unwrap_or(1.0);
        let share = self.pacing.share(self.start.min(last), last, batch.progress);
        let weigh = |&row: &u32| f32::from(u8::from(self.ranking.is_in(row, share)));
        Ok(Weighing {
            averaging: self.averaging,
            ..Weighing::new(batch.rows.iter().map(weigh).collect())
        })
    }

    fn follows_noise_rate(&self) -> bool {
        self.last == ShareChoice::Auto
    }

    fn state(&self) -> State {
        State::new(ENTRY.name)
    }

    fn restore(&mut self, state: &State) -> Result<(), CurriculumError> {
        state.columns(ENTRY.name, []).map(|[]| ())
    }
}
