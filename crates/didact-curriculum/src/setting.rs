//! What a curriculum is built for.

use crate::mentornet::Mentor;

/// The run that a curriculum is built for.
///
/// ```
/// use didact_curriculum::{CurriculumConfig, Setting};
///
/// let setting = Setting { num_classes: Some(10), num_samples: 50_000, epochs: 30, ..Setting::default() };
/// let curriculum = CurriculumConfig::None.init(&setting)?;
/// # Ok::<(), didact_curriculum::CurriculumError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Setting<'a> {
    /// Number of classes; `None` for a task without classes, such as regression.
    pub num_classes: Option<usize>,
    /// Number of samples: rows of a [`Batch`](crate::Batch) are below it.
    pub num_samples: usize,
    /// Epochs of the whole run.
    pub epochs: u32,
    /// The seed that chance in a curriculum is drawn from.
    pub seed: u64,
    /// How difficult an earlier run found each sample: its loss, by row, `[num_samples]`; `None` for samples that it
    /// did not see. For curricula that name an earlier run.
    pub difficulties: Option<&'a [Option<f32>]>,
    /// The mentor to ask, for a curriculum that names one.
    pub mentor: Option<&'a Mentor>,
}
