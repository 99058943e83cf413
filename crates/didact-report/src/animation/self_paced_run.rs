//! The training, and a snapshot of every epoch.

use std::num::NonZeroU32;

use didact_curriculum::{Averaging, Batch, Curriculum, CurriculumConfig, Progress, Setting};
use didact_random::{Purpose, Stream};
use rand::RngExt;

use super::gaussians::Gaussians;
use super::linear_classifier::LinearClassifier;
use crate::error::ReportError;

const BATCH_SIZE: usize = 32;
/// Least steps before the curriculum begins, in whole epochs.
const WARM_UP_STEPS: usize = 100;
/// As many samples as are listed where every sample has some weight.
const LEAST_WEIGHTED: usize = 5;

/// Settings of a [`SelfPacedRun`].
#[derive(Clone, Debug)]
pub struct DemonstrationConfig {
    /// How each sample is weighed.
    pub curriculum: CurriculumConfig,
    /// Number of samples, at least 10, half of each class.
    pub samples: usize,
    /// Most epochs with the curriculum.
    pub epochs: NonZeroU32,
    /// The run ends early once at most this many samples were never selected.
    pub few: usize,
    /// Seed of the samples, the initial weights and the order.
    pub seed: u64,
}

/// One epoch of the run.
#[derive(Clone, Debug, PartialEq)]
pub struct EpochSnapshot {
    /// The epoch, from 1; 0 is the last before the curriculum begins.
    pub epoch: u32,
    /// `w1, w2, b` of the boundary `w1 x + w2 y + b = 0` after the epoch; class 1 lies where it is positive.
    pub boundary: [f32; 3],
    /// Weight of each sample in its training step, `[num_samples]`.
    pub weights: Vec<f32>,
    /// Loss of each sample in its training step, `[num_samples]`.
    pub losses: Vec<f32>,
}

impl EpochSnapshot {
    /// Number of samples with a weight above 0.
    pub fn selected(&self) -> usize {
        self.weights.iter().filter(|weight| **weight > 0.0).count()
    }

    /// The largest loss of a sample with a weight above 0: just below the threshold, where there is one.
    pub fn largest_selected_loss(&self) -> Option<f32> {
        let selected = self.weights.iter().zip(&self.losses);
        selected
            .filter_map(|(&weight, &loss)| (weight > 0.0).then_some(loss))
            .reduce(f32::max)
    }
}

/// A linear model that learned two Gaussian classes, one label of them flipped, with a curriculum.
///
/// The classes are `N((0, 0), 1)` and `N((3, 3), 1)`; the flipped sample is the one farthest from `(3, 3)`. After 100
/// steps or more, in whole epochs, in which every sample counts, so that losses mean something, the curriculum weighs
/// every batch of 32. Adam steps with a learning rate of 0.02. Samples that are never selected are the anomalies.
///
/// Source: the blog on `SPLLoss` and its code, `wenig/spl`. Differs from it: the first steps without curriculum, as
/// from a random start the samples selected first can be the wrong ones; one logit instead of two; the run ends when
/// few samples were *never* selected, where the blog counts those not selected in the last epoch; 1,000 samples and a
/// larger learning rate are the command's defaults, not 10,000 and 0.001.
///
/// ```
/// use std::num::NonZeroU32;
/// use didact_curriculum::CurriculumConfig;
/// use didact_report::{DemonstrationConfig, SelfPacedRun};
///
/// let config = DemonstrationConfig {
///     curriculum: CurriculumConfig::None,
///     samples: 100,
///     epochs: NonZeroU32::MIN,
///     few: 5,
///     seed: 1,
/// };
/// let run = SelfPacedRun::new(&config)?;
/// assert_eq!(run.snapshots().last().map(|epoch| epoch.selected()), Some(100));
/// # Ok::<(), didact_report::ReportError>(())
/// ```
#[derive(Clone, Debug)]
pub struct SelfPacedRun {
    pub(super) samples: Gaussians,
    snapshots: Vec<EpochSnapshot>,
    few: usize,
}

impl SelfPacedRun {
    /// Trains.
    ///
    /// # Errors
    ///
    /// [`ReportError::OutOfRange`] for fewer than 10 samples or more than 4 billion; [`ReportError::Curriculum`] if
    /// the curriculum cannot be built or weigh.
    pub fn new(config: &DemonstrationConfig) -> Result<Self, ReportError> {
        if !(10..=u32::MAX as usize).contains(&config.samples) {
            return Err(ReportError::OutOfRange {
                parameter: "the number of samples",
                found: config.samples as f64,
                expected: "at least 10, and fewer than 2^32",
            });
        }
        let mut training = Training::new(config)?;
        let mut run = Self {
            samples: Gaussians::new(config.samples, config.seed),
            snapshots: Vec::new(),
            few: config.few,
        };
        let warm_up = training.warm_up(&run.samples)?;
        run.snapshots.push(warm_up);
        for epoch in 1..=config.epochs.get() {
            let order = training.order([1, epoch]);
            let snapshot = training.epoch(&run.samples, epoch, &order)?;
            run.snapshots.push(snapshot);
            if run.is_finished() {
                break;
            }
        }
        Ok(run)
    }

    /// Every epoch, the one before the curriculum first.
    pub fn snapshots(&self) -> &[EpochSnapshot] {
        &self.snapshots
    }

    /// Which sample has the wrong label.
    pub fn flipped(&self) -> usize {
        self.samples.flipped
    }

    /// Place of a sample in the plane and its given label, 0 or 1; `None` if there is no such sample.
    pub fn sample(&self, sample: usize) -> Option<([f32; 2], u32)> {
        Some((
            *self.samples.points.get(sample)?,
            *self.samples.given_labels.get(sample)?,
        ))
    }

    /// Samples whose weight was 0 in every epoch of the curriculum, in ascending order.
    pub fn never_selected(&self) -> Vec<usize> {
        let epochs = &self.snapshots[1.min(self.snapshots.len())..];
        let never = |sample: &usize| epochs.iter().all(|epoch| epoch.weights[*sample] <= 0.0);
        (0..self.samples.points.len()).filter(never).collect()
    }

    /// The samples never selected, largest loss first; where every sample had some weight, as with SuperLoss, the
    /// five of the least weight over all epochs.
    pub fn anomalies(&self) -> Vec<usize> {
        let mut anomalies = self.never_selected();
        if self.selects() {
            let loss = |sample: usize| self.snapshots.last().map_or(0.0, |epoch| epoch.losses[sample]);
            anomalies.sort_by(|one, other| loss(*other).total_cmp(&loss(*one)));
            return anomalies;
        }
        let total = |sample: usize| {
            let epochs = self.snapshots.iter().skip(1);
            epochs.map(|epoch| epoch.weights[sample]).sum::<f32>()
        };
        let mut samples: Vec<usize> = (0..self.samples.points.len()).collect();
        samples.sort_by(|one, other| total(*one).total_cmp(&total(*other)));
        samples.truncate(LEAST_WEIGHTED);
        samples
    }

    /// Whether the curriculum ever gave a sample the weight 0.
    pub fn selects(&self) -> bool {
        let mut epochs = self.snapshots.iter().skip(1);
        epochs.any(|epoch| epoch.selected() < epoch.weights.len())
    }

    fn is_finished(&self) -> bool {
        self.snapshots.len() > 1 && self.selects() && self.never_selected().len() <= self.few
    }
}

/// What goes from batch to batch.
struct Training {
    model: LinearClassifier,
    curriculum: Box<dyn Curriculum>,
    samples: usize,
    epochs: u32,
    seed: u64,
}

impl Training {
    fn new(config: &DemonstrationConfig) -> Result<Self, ReportError> {
        let setting = Setting {
            num_classes: Some(2),
            num_samples: config.samples,
            epochs: config.epochs.get(),
            seed: config.seed,
            difficulties: None,
            mentor: None,
        };
        Ok(Self {
            model: LinearClassifier::new(config.seed),
            curriculum: config.curriculum.init(&setting)?,
            samples: config.samples,
            epochs: config.epochs.get(),
            seed: config.seed,
        })
    }

    /// Epochs in which every sample counts; what became of the last.
    fn warm_up(&mut self, samples: &Gaussians) -> Result<EpochSnapshot, ReportError> {
        let epochs = WARM_UP_STEPS.div_ceil(self.samples.div_ceil(BATCH_SIZE)) as u32;
        for epoch in 1..epochs {
            self.epoch(samples, 0, &self.order([0, epoch]))?;
        }
        self.epoch(samples, 0, &self.order([0, epochs]))
    }

    fn epoch(
        &mut self,
        samples: &Gaussians,
        epoch: u32,
        order: &[u32],
    ) -> Result<EpochSnapshot, ReportError> {
        let mut snapshot = EpochSnapshot {
            epoch,
            boundary: [0.0; 3],
            weights: vec![0.0; self.samples],
            losses: vec![0.0; self.samples],
        };
        for (batch, rows) in order.chunks(BATCH_SIZE).enumerate() {
            let labels: Vec<u32> = rows
                .iter()
                .map(|&row| samples.given_labels[row as usize])
                .collect();
            let points: Vec<[f32; 2]> = rows.iter().map(|&row| samples.points[row as usize]).collect();
            let losses: Vec<f32> = points
                .iter()
                .zip(&labels)
                .map(|(&point, &label)| self.model.loss(point, label))
                .collect();
            let (weights, divisor) = self.weigh(epoch, batch, [rows, &labels], &losses)?;
            for (position, &row) in rows.iter().enumerate() {
                snapshot.weights[row as usize] = weights[position];
                snapshot.losses[row as usize] = losses[position];
            }
            let weighted = points.into_iter().zip(labels).zip(weights);
            self.model.step(
                weighted.map(|((point, label), weight)| (point, label, weight)),
                divisor,
            );
        }
        snapshot.boundary = self.model.boundary();
        Ok(snapshot)
    }

    /// The weights of a batch, and what their weighted losses are divided by.
    fn weigh(
        &mut self,
        epoch: u32,
        batch: usize,
        [rows, labels]: [&[u32]; 2],
        losses: &[f32],
    ) -> Result<(Vec<f32>, f32), ReportError> {
        let size = losses.len() as f32;
        let Some(epoch) = epoch.checked_sub(1) else {
            return Ok((vec![1.0; losses.len()], size));
        };
        let ids: Vec<u64> = rows.iter().copied().map(u64::from).collect();
        let batches = self.samples.div_ceil(BATCH_SIZE) as u64;
        let weighing = self.curriculum.weigh(&Batch {
            losses,
            ids: &ids,
            rows,
            labels,
            progress: Progress {
                epoch,
                epochs: self.epochs,
                step: u64::from(epoch) * batches + batch as u64,
                steps: u64::from(self.epochs) * batches,
            },
            noise_rate: None,
        })?;
        let divisor = match weighing.averaging {
            Averaging::Batch => size,
            Averaging::Selected => weighing.weights.iter().sum(),
        };
        Ok((weighing.weights, divisor))
    }

    /// All rows in the order of a part of the run and an epoch of it, after Fisher and Yates.
    fn order(&self, [part, epoch]: [u32; 2]) -> Vec<u32> {
        let mut rows: Vec<u32> = (0..self.samples as u32).collect();
        let mut chance = Stream::new(self.seed, Purpose::Order).at([u64::from(part), u64::from(epoch)]);
        for last in (1..rows.len()).rev() {
            rows.swap(last, chance.random_range(0..=last));
        }
        rows
    }
}
