//! The way forward of a step: from samples to losses.

use burn::tensor::Tensor;

use crate::error::TrainError;
use crate::learner::Learner;
use crate::lesson::Lesson;
use crate::loss::{LossSamples, Prediction};
use crate::mixup::Mixture;
use crate::network::{Mode, Pass};
use crate::scoring::{Scores, logits_apart};

/// A forward pass, whose losses wait for their weights.
pub struct Attempt {
    /// What the network said of the labelled samples, before the update.
    pub scores: Scores,
    pub(crate) unlabelled: Scores,
    pub(crate) losses: Option<Tensor<1>>,
    pub(crate) pass: Pass,
}

impl Learner {
    /// The way forward: from samples to losses.
    ///
    /// # Errors
    ///
    /// [`TrainError::Diverged`] if a loss is not finite.
    pub fn attempt(&mut self, lesson: &Lesson<'_>) -> Result<Attempt, TrainError> {
        let mixture = self.mixture(lesson);
        self.attempt_at(lesson, mixture.as_ref(), None)
    }

    /// As [`Self::attempt`], of mixtures that were drawn elsewhere.
    ///
    /// # Errors
    ///
    /// [`TrainError::Diverged`] if a loss is not finite.
    pub(crate) fn attempt_mixed(
        &mut self,
        lesson: &Lesson<'_>,
        mixture: &Mixture,
    ) -> Result<Attempt, TrainError> {
        self.attempt_at(lesson, Some(mixture), None)
    }

    /// What the network says of a batch as it is, in training mode, without a way back: nothing is remembered.
    ///
    /// # Errors
    ///
    /// [`TrainError::Diverged`] if a loss is not finite.
    pub(crate) fn look(&mut self, lesson: &Lesson<'_>) -> Result<(Scores, Scores), TrainError> {
        let (batch, labelled) = (&lesson.samples.batch, lesson.samples.labels.len());
        let mut pass = self.pass(lesson);
        let parameters = self.parameters.frozen();
        let output = self
            .classifier
            .answers(&parameters, batch.values.clone(), batch.rows.len(), &mut pass);
        let num_classes = output.logits.dims()[1];
        let (logits, others) = logits_apart(output.logits, labelled);
        let unlabelled = others.map_or_else(|| Scores::none(num_classes), Scores::without_losses);
        lesson.check_unlabelled(&unlabelled)?;
        let Some(logits) = logits else {
            return Ok((Scores::none(num_classes), unlabelled));
        };
        let samples = lesson.for_loss(Prediction::Own);
        let losses = self.loss.training(logits.clone(), &samples);
        let scores = Scores::fetch(logits, losses);
        lesson.check(&scores)?;
        self.loss.remember(&samples, &scores);
        Ok((scores, unlabelled))
    }

    fn pass(&self, lesson: &Lesson<'_>) -> Pass {
        let mode = Mode::Training {
            seed: self.seed,
            step: lesson.progress.step,
        };
        Pass::new(mode, self.classifier.precision)
    }

    /// Networks that teach each other see the same mixtures, or their weights would be of other samples.
    fn mixture(&self, lesson: &Lesson<'_>) -> Option<Mixture> {
        let (step, labelled) = (lesson.progress.step, lesson.samples.labels.len());
        let draw = |alpha| Mixture::draw(alpha, (self.run_seed, step), labelled);
        self.mixup.map(draw)
    }

    /// As [`Self::attempt`], but to learn from the losses of logits divided by `temperatures`, one of each labelled
    /// sample. The scores are those of the logits themselves.
    ///
    /// # Errors
    ///
    /// [`TrainError::Diverged`] if a loss is not finite.
    pub(crate) fn attempt_tempered(
        &mut self,
        lesson: &Lesson<'_>,
        temperatures: &Tensor<1>,
    ) -> Result<Attempt, TrainError> {
        let mixture = self.mixture(lesson);
        self.attempt_at(lesson, mixture.as_ref(), Some(temperatures))
    }

    /// The losses that are learnt from: those that were scored, unless logits are tempered or samples count differently of
    /// themselves, in which case each part of a mixture counts as its own sample does.
    fn objective(
        &mut self,
        lesson: &Lesson<'_>,
        mixture: Option<&Mixture>,
        temperatures: Option<&Tensor<1>>,
        (logits, scored): (Tensor<2>, Tensor<1>),
    ) -> Tensor<1> {
        let samples = lesson.for_loss(Prediction::Own);
        let device = logits.device();
        let is_alike = lesson.importance(samples.rows, &device).is_none();
        if temperatures.is_none() && is_alike {
            return scored;
        }
        let logits = match temperatures {
            Some(temperatures) => logits / temperatures.clone().unsqueeze_dim(1),
            None => logits,
        };
        let mut loss = |samples: &LossSamples<'_>| {
            let losses = self.loss.training(logits.clone(), samples);
            match lesson.importance(samples.rows, &device) {
                Some(importance) => losses * importance,
                None => losses,
            }
        };
        match mixture {
            Some(mixture) => mixture.losses(&samples, loss),
            None => loss(&samples),
        }
    }

    fn attempt_at(
        &mut self,
        lesson: &Lesson<'_>,
        mixture: Option<&Mixture>,
        temperatures: Option<&Tensor<1>>,
    ) -> Result<Attempt, TrainError> {
        let batch = &lesson.samples.batch;
        let mut pass = self.pass(lesson);
        let (count, labelled) = (batch.rows.len(), lesson.samples.labels.len());
        let values = mixture.map_or_else(|| batch.values.clone(), |mixture| mixture.inputs(batch));
        let output = self
            .classifier
            .answers(&self.parameters, values, count, &mut pass);
        let num_classes = output.logits.dims()[1];
        let (logits, others) = logits_apart(output.logits, labelled);
        let unlabelled = others
            .clone()
            .map_or_else(|| Scores::none(num_classes), Scores::without_losses);
        lesson.check_unlabelled(&unlabelled)?;
        let Some(logits) = logits else {
            if let Some(logits) = others {
                release(logits);
            }
            let (scores, losses) = (Scores::none(num_classes), None);
            return Ok(Attempt {
                scores,
                unlabelled,
                losses,
                pass,
            });
        };
        let samples = lesson.for_loss(Prediction::Own);
        let mut loss = |samples: &LossSamples<'_>| self.loss.training(logits.clone(), samples);
        let losses = match mixture {
            Some(mixture) => mixture.losses(&samples, loss),
            None => loss(&samples),
        };
        let scores = Scores::fetch(logits.clone(), losses.clone());
        lesson.check(&scores)?;
        let losses = self.objective(lesson, mixture, temperatures, (logits, losses));
        if mixture.is_none() {
            self.loss.remember(&samples, &scores);
        }
        let losses = Some(losses);
        Ok(Attempt {
            scores,
            unlabelled,
            losses,
            pass,
        })
    }
}

/// Frees what a forward pass keeps for the way back, which is not taken: Burn lets go of it on a way back only, not when the
/// tensors are dropped, and would keep it from step to step.
pub(crate) fn release<const RANK: usize>(tensor: Tensor<RANK>) {
    drop(tensor.mean().backward());
}
