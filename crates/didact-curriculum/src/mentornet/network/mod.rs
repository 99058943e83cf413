//! The network that a mentor is.

mod forward;
mod gradient;
mod initial;
mod layout;
#[cfg(test)]
mod tests;

pub use layout::MentorPart;

use std::collections::BTreeSet;

use crate::error::CurriculumError;

use super::mentor_schedule::MentornetVariant;
use super::predefined_curriculum::MentorFeatures;

/// Labels that a mentor which ignores them has room for, as published.
const IGNORED_LABELS: usize = 2;

/// What a mentor makes of a sample's label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MentorLabels {
    /// Nothing: all classes are judged alike, as in all that was published.
    #[default]
    Ignored,
    /// Each class has numbers of its own, so that a rare or difficult one is not mistaken for a noisy one.
    Aware {
        /// Number of classes.
        classes: usize,
    },
}

impl MentorLabels {
    fn count(self) -> usize {
        match self {
            Self::Ignored => IGNORED_LABELS,
            Self::Aware { classes } => classes,
        }
    }
}

/// A small network that gives a sample's weight: MentorNet.
///
/// Loss and difference go into two cells, percent and label into tables of numbers; a layer of 20 follows, and one
/// number, whose logistic function is the weight. 757 parameters, or two more or fewer for each class above or below two.
///
/// [`MentornetVariant::Fixed`] adds the output's bias to the output, and learns the numbers that stand for percents;
/// [`MentornetVariant::Compat`] adds it to each weight of the output layer, and leaves those numbers as they were drawn.
///
/// ```
/// use didact_curriculum::{MentorFeatures, MentorLabels, MentorNetwork, MentornetVariant};
///
/// let network = MentorNetwork::new(MentornetVariant::Fixed, MentorLabels::Ignored, 7);
/// let weight = network.weight(MentorFeatures { loss: 3.0, difference: 0.5, label: 0, percent: 20 });
/// assert!((0.0..=1.0).contains(&weight));
/// assert_eq!(network.parameters().len(), 757);
/// ```
///
/// Source: Jiang et al., 2018; `google/mentornet`, `code/utils.py`, whose bidirectional recurrent cells see one loss
/// only, so that of each the input gate and the candidate are alive and nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct MentorNetwork {
    variant: MentornetVariant,
    labels: MentorLabels,
    parameters: Vec<f32>,
}

impl MentorNetwork {
    /// A network that has learnt nothing, drawn from a seed.
    pub fn new(variant: MentornetVariant, labels: MentorLabels, seed: u64) -> Self {
        Self {
            variant,
            labels,
            parameters: initial::draw(labels.count(), seed),
        }
    }

    /// A network of these parameters, in the order of [`parts`](Self::parts).
    ///
    /// # Errors
    ///
    /// [`CurriculumError::WrongMentor`] if there are not as many as a network has, or one is not finite.
    pub fn from_parameters(
        variant: MentornetVariant,
        labels: MentorLabels,
        parameters: Vec<f32>,
    ) -> Result<Self, CurriculumError> {
        if labels.count() == 0 {
            return Err(CurriculumError::WrongMentor {
                expected: "one class at least".to_owned(),
                found: "none".to_owned(),
            });
        }
        let expected = layout::LABEL_EMBEDDING + layout::LABEL_WIDTH * labels.count();
        if parameters.len() != expected {
            return Err(CurriculumError::WrongMentor {
                expected: format!("{expected} parameters"),
                found: parameters.len().to_string(),
            });
        }
        match parameters.iter().find(|number| !number.is_finite()) {
            Some(number) => Err(CurriculumError::WrongMentor {
                expected: "finite parameters".to_owned(),
                found: number.to_string(),
            }),
            None => Ok(Self {
                variant,
                labels,
                parameters,
            }),
        }
    }

    /// The weight of a sample, in `[0, 1]`. Percents above 99 count as 99, labels that it does not know as label 0.
    pub fn weight(&self, features: MentorFeatures) -> f32 {
        forward::sigmoid(self.logit(features))
    }

    /// Names and shapes of the parts of a network that makes this of labels, in the order of its parameters.
    pub fn parts_for(labels: MentorLabels) -> [MentorPart; 10] {
        layout::parts(labels.count())
    }

    /// Gives every percent of the run that is not among `taught` the numbers of the nearest that is, the earlier of two.
    ///
    /// Numbers that no example has touched are as they were drawn, and would make jumps of weights that mean nothing. The
    /// compatible variant keeps them, as its numbers are drawn and stay so for all percents.
    pub(super) fn fill_percents(&mut self, taught: &BTreeSet<u8>) {
        if self.variant == MentornetVariant::Compat {
            return;
        }
        for percent in 0..layout::PERCENTS as u8 {
            let nearest = taught.iter().min_by_key(|taught| taught.abs_diff(percent));
            if let Some(&nearest) = nearest.filter(|_| !taught.contains(&percent)) {
                let [from, to] =
                    [nearest, percent].map(|percent| usize::from(percent) * layout::PERCENT_WIDTH);
                self.parameters
                    .copy_within(from..from + layout::PERCENT_WIDTH, to);
            }
        }
    }

    /// What the weight is the logistic function of.
    pub fn logit(&self, features: MentorFeatures) -> f32 {
        self.activations(features).logit
    }

    /// The authors' code, or corrected.
    pub fn variant(&self) -> MentornetVariant {
        self.variant
    }

    /// What it makes of labels.
    pub fn labels(&self) -> MentorLabels {
        self.labels
    }

    /// All parameters, in the order of [`parts`](Self::parts).
    pub fn parameters(&self) -> &[f32] {
        &self.parameters
    }

    /// Names and shapes of the parts, in the order of the parameters.
    pub fn parts(&self) -> [MentorPart; 10] {
        layout::parts(self.labels.count())
    }

    pub(super) fn parameters_mut(&mut self) -> &mut [f32] {
        &mut self.parameters
    }
}
