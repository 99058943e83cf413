//! The weights that a curriculum answers at five stages of a run.

use didact_curriculum::{Batch, CurriculumConfig, Weighing};

use super::conditions::{BATCHES, Conditions};
use super::confidence_aware::SuperlossSurface;
use crate::error::ReportError;

/// Weight against loss at one stage of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct EpochWeights {
    /// The epoch, from 1.
    pub epoch: u32,
    /// Weight of each loss of [`Conditions::losses`], `[num_losses]`.
    pub weights: Vec<f32>,
    /// SuperLoss value of each loss, `[num_losses]`, where the method has one.
    pub values: Option<Vec<f32>>,
}

/// Weight against loss of one curriculum over a run.
///
/// ```
/// use didact_curriculum::{CurriculumConfig, SuperlossConfig};
/// use didact_report::{Conditions, WeightCurves};
///
/// let superloss = CurriculumConfig::Superloss(SuperlossConfig::default());
/// let curves = WeightCurves::of("superloss", &superloss, &Conditions::default())?;
/// let [first, .., last] = curves.stages() else { panic!("a run has a first and a last epoch") };
/// assert_eq!((first.epoch, last.epoch), (1, 10));
/// assert!((first.weights[0] - std::f32::consts::E).abs() < 1e-6);
/// # Ok::<(), didact_report::ReportError>(())
/// ```
#[derive(Clone, Debug)]
pub struct WeightCurves {
    name: String,
    conditions: Conditions,
    stages: Vec<EpochWeights>,
    pub(super) surface: Option<SuperlossSurface>,
}

impl WeightCurves {
    /// Shows the conditions' run to a curriculum, which is called `name` in pictures.
    ///
    /// # Errors
    ///
    /// [`ReportError::OutOfRange`] for conditions that no run can have; [`ReportError::Curriculum`] if the settings of
    /// the curriculum do not fit them.
    pub fn of(name: &str, config: &CurriculumConfig, conditions: &Conditions) -> Result<Self, ReportError> {
        conditions.check()?;
        Ok(Self {
            name: name.to_owned(),
            conditions: conditions.clone(),
            stages: play(config, conditions)?,
            surface: SuperlossSurface::of(config, conditions)?,
        })
    }

    /// What the curriculum is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The run it was shown.
    pub fn conditions(&self) -> &Conditions {
        &self.conditions
    }

    /// First, quarter, half, three quarters and last epoch, as far as they differ in a short run.
    pub fn stages(&self) -> &[EpochWeights] {
        &self.stages
    }
}

/// Runs through all epochs and keeps what the last batch of each stage got.
fn play(config: &CurriculumConfig, conditions: &Conditions) -> Result<Vec<EpochWeights>, ReportError> {
    let losses = conditions.losses();
    let difficulties: Vec<Option<f32>> = losses
        .iter()
        .copied()
        .map(Some)
        .cycle()
        .take(losses.len() * BATCHES as usize)
        .collect();
    let mut curriculum = config.init(&conditions.setting(&difficulties))?;
    let stages = conditions.stages();
    let mut kept = Vec::new();
    for epoch in 0..conditions.epochs.get() {
        let mut last = None;
        for batch in 0..BATCHES {
            last = Some(curriculum.weigh(&shown(&losses, conditions, [epoch, batch]).batch())?);
        }
        if let (Some(Weighing { weights, values, .. }), true) = (last, stages.contains(&epoch)) {
            kept.push(EpochWeights {
                epoch: epoch + 1,
                weights,
                values,
            });
        }
    }
    Ok(kept)
}

/// A batch and the columns it points to.
struct Shown<'a> {
    losses: &'a [f32],
    ids: Vec<u64>,
    rows: Vec<u32>,
    labels: Vec<u32>,
    conditions: &'a Conditions,
    when: [u32; 2],
}

fn shown<'a>(losses: &'a [f32], conditions: &'a Conditions, when: [u32; 2]) -> Shown<'a> {
    let size = losses.len() as u32;
    let rows: Vec<u32> = (0..size).map(|position| when[1] * size + position).collect();
    let num_classes = conditions.num_classes.max(1) as u32;
    Shown {
        losses,
        ids: rows.iter().copied().map(u64::from).collect(),
        labels: (0..size).map(|position| position % num_classes).collect(),
        rows,
        conditions,
        when,
    }
}

impl Shown<'_> {
    fn batch(&self) -> Batch<'_> {
        Batch {
            losses: self.losses,
            ids: &self.ids,
            rows: &self.rows,
            labels: &self.labels,
            progress: self.conditions.progress(self.when[0], self.when[1]),
            noise_rate: self.conditions.noise_rate,
        }
    }
}
