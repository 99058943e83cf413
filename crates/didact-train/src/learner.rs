//! A network and what teaches it: one step of training.

use std::time::{Duration, Instant};

use burn::tensor::{Device, Gradients};
use didact_curriculum::{Curriculum, Mentor, Observation, Setting, SuperLoss, Weighing};

use crate::attempt::{Attempt, release};
use crate::classifier::Classifier;
use crate::config::TrainConfig;
use crate::error::TrainError;
use crate::lesson::Lesson;
use crate::loss::{CrossEntropy, Loss, LossSetting, SoftLabels};
use crate::model::Interface;
use crate::network::{ParameterBuilder, Parameters};
use crate::number::PositiveNumber;
use crate::optimizer::{Optimizer, clip_by_global_norm};
use crate::scoring::Scores;
use crate::weight_average::WeightAverage;
use crate::weighted_mean::weighted_mean;

/// A network with its loss, its curriculum and its optimizer.
pub struct Learner {
    /// The network.
    pub classifier: Classifier,
    /// How wrong its answers are.
    pub loss: Box<dyn Loss>,
    /// The network's parameters.
    pub parameters: Parameters,
    /// The optimizer, with its memory.
    pub optimizer: Optimizer,
    /// The curriculum, with its memory.
    pub curriculum: Box<dyn Curriculum>,
    /// What tells the confidence of training samples.
    pub watcher: SuperLoss,
    pub(crate) average: Option<WeightAverage>,
    pub(crate) mixup: Option<PositiveNumber>,
    gradient_clip: Option<f64>,
    pub(crate) seed: u64,
    pub(crate) run_seed: u64,
}

/// The data that a learner is built for.
#[derive(Clone, Copy, Debug)]
pub struct LearnerSetting<'a> {
    /// What the network takes and gives.
    pub interface: Interface,
    /// Number of samples of the data set.
    pub num_samples: usize,
    /// The classes, in the order of the logits.
    pub class_names: &'a [String],
    /// The loss of each row in an earlier run, where a curriculum asks for it.
    pub difficulties: Option<&'a [Option<f32>]>,
    /// The mentor that a curriculum asks, where it asks one.
    pub mentor: Option<&'a Mentor>,
    /// Labels that are a probability of each class, if they are.
    pub soft_labels: Option<&'a SoftLabels>,
}

impl LearnerSetting<'_> {
    /// A curriculum of the run, with a memory of its own.
    pub(crate) fn curriculum(&self, config: &TrainConfig) -> Result<Box<dyn Curriculum>, TrainError> {
        Ok(config.curriculum.init(&Setting {
            num_classes: Some(self.interface.num_classes),
            num_samples: self.num_samples,
            epochs: config.epochs.get(),
            seed: config.seed,
            difficulties: self.difficulties,
            mentor: self.mentor,
        })?)
    }
}

/// How much the labelled samples of a batch count.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// How much each sample counts.
    pub weighing: Weighing,
    /// What `SuperLoss` says of the losses.
    pub observation: Observation,
    /// How long weighing and observing took.
    pub weighed_in: Duration,
}

/// What one step of training showed.
#[derive(Debug)]
pub struct StepOutcome {
    /// What the network said of the labelled samples, before the update.
    pub scores: Scores,
    /// What the network said of the samples without a label, before the update.
    pub unlabelled: Scores,
    /// What `SuperLoss` says of the losses.
    pub observation: Observation,
    /// How much each labelled sample counted; the others count nothing.
    pub weights: Vec<f32>,
    /// How long weighing and observing took.
    pub weighed_in: Duration,
    /// The largest weight that the step learnt by; 0 of nothing.
    pub heaviest: f32,
}

impl StepOutcome {
    pub(crate) fn new((scores, unlabelled): (Scores, Scores), verdict: Verdict) -> Self {
        let heaviest = heaviest(&verdict.weighing);
        Self {
            scores,
            unlabelled,
            observation: verdict.observation,
            weights: verdict.weighing.weights,
            weighed_in: verdict.weighed_in,
            heaviest,
        }
    }
}

/// The largest weight of a batch.
pub(crate) fn heaviest(weighing: &Weighing) -> f32 {
    weighing.weights.iter().copied().fold(0.0, f32::max)
}

impl Learner {
    /// A new network and its teachers. Initial weights and dropout are drawn from `seed`, all else from that of the run.
    ///
    /// # Errors
    ///
    /// [`TrainError::ModelInput`] if the samples do not fit the model, [`TrainError::Curriculum`] if the curriculum
    /// cannot be built, and errors of building the loss.
    pub fn new(
        config: &TrainConfig,
        setting: &LearnerSetting<'_>,
        seed: u64,
        device: &Device,
    ) -> Result<Self, TrainError> {
        let mut builder = ParameterBuilder::default();
        let model = config.model.build(setting.interface, &mut builder)?;
        builder.check()?;
        let parameters = builder.initialise(seed, device);
        let label_smoothing = config.label_smoothing;
        let num_classes = Some(setting.interface.num_classes);
        Ok(Self {
            classifier: Classifier {
                model,
                precision: config.precision,
                yardstick: CrossEntropy { label_smoothing },
            },
            loss: config.loss.init(&LossSetting {
                num_samples: setting.num_samples,
                class_names: setting.class_names,
                label_smoothing,
                soft_labels: setting.soft_labels,
            })?,
            average: config
                .weight_averaging
                .map(|decay| WeightAverage::new(decay, &parameters)),
            parameters,
            optimizer: config.optimizer.init(config.weight_decay),
            curriculum: setting.curriculum(config)?,
            watcher: config.confidence.observer(num_classes)?,
            mixup: config.mixup,
            gradient_clip: config.gradient_clip.map(f64::from),
            seed,
            run_seed: config.seed,
        })
    }

    /// One step: forward, losses, weights, the weighted mean, backward, update.
    ///
    /// # Errors
    ///
    /// [`TrainError::Diverged`] if a loss is not finite, and [`TrainError::Curriculum`] from the curriculum; the network
    /// is then as before.
    pub fn step(&mut self, lesson: &Lesson<'_>, learning_rate: f64) -> Result<StepOutcome, TrainError> {
        let attempt = self.attempt(lesson)?;
        let verdict = self.weigh(lesson, &attempt.scores)?;
        let scores = self.learn(attempt, &verdict.weighing, learning_rate);
        Ok(StepOutcome::new(scores, verdict))
    }

    /// How much each labelled sample counts, by its loss. The curriculum does not hear of a batch without any.
    ///
    /// # Errors
    ///
    /// [`TrainError::Curriculum`] from the curriculum.
    pub fn weigh(&mut self, lesson: &Lesson<'_>, scores: &Scores) -> Result<Verdict, TrainError> {
        let begun = Instant::now();
        if scores.losses.is_empty() {
            return Ok(Verdict {
                weighing: Weighing::new(Vec::new()),
                observation: Observation {
                    confidences: Vec::new(),
                    values: Vec::new(),
                    expectation: 0.0,
                },
                weighed_in: begun.elapsed(),
            });
        }
        let weighing = self.curriculum.weigh(&lesson.for_curriculum(scores))?;
        let observation = self.watcher.observe(&scores.losses)?;
        Ok(Verdict {
            weighing,
            observation,
            weighed_in: begun.elapsed(),
        })
    }

    /// The way back: from weighted losses to new parameters. A batch of which nothing counts moves nothing but running
    /// statistics. Returns what was said of the samples with and without a label.
    pub fn learn(&mut self, attempt: Attempt, weighing: &Weighing, learning_rate: f64) -> (Scores, Scores) {
        self.learn_with(attempt, weighing, learning_rate, |_| ())
    }

    /// As [`Self::learn`]; `others` takes the gradients of what is not the network's out of the same way back.
    pub(crate) fn learn_with(
        &mut self,
        attempt: Attempt,
        weighing: &Weighing,
        learning_rate: f64,
        others: impl FnOnce(&mut Gradients),
    ) -> (Scores, Scores) {
        let objective = attempt
            .losses
            .clone()
            .and_then(|losses| weighted_mean(losses, weighing));
        if let (None, Some(losses)) = (&objective, attempt.losses) {
            release(losses);
        }
        if let Some(objective) = objective {
            let mut all = objective.backward();
            others(&mut all);
            let mut gradients = self.parameters.gradients(&mut all);
            if let Some(limit) = self.gradient_clip {
                clip_by_global_norm(&mut gradients, limit);
            }
            self.optimizer
                .step(&mut self.parameters, gradients, learning_rate);
        }
        attempt.pass.commit(&mut self.parameters);
        if let Some(average) = &mut self.average {
            average.update(&self.parameters);
        }
        (attempt.scores, attempt.unlabelled)
    }

    /// The parameters to evaluate and to save, outside any graph: the averaged ones, or those of the last step.
    pub fn evaluated(&self) -> Parameters {
        self.average.as_ref().map_or_else(
            || self.parameters.frozen(),
            |average| average.parameters().clone(),
        )
    }
}
