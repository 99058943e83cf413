//! What can be set of a label cleaner.

use std::num::{NonZeroU32, NonZeroUsize};

use serde::{Deserialize, Serialize};

use crate::number::PositiveNumber;

/// Settings of a label cleaner, spelt `network:variant=softmax,hidden=64`.
///
/// Source: the network is that of Inoue, Simo-Serra, Yamasaki and Ishikawa, 2017, "Multi-Label Fashion Image Classification with
/// Minimal Human Supervision", as a notebook on cleaning labels made it smaller: image features and the given label, each
/// through a layer, side by side through another, and a residual on the label.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct NetworkCleanerConfig {
    /// How the answer is made and learnt.
    pub variant: CleanerVariant,
    /// Units of its two hidden layers.
    pub hidden: NonZeroUsize,
    /// Most epochs.
    pub epochs: NonZeroU32,
    /// Epochs without improvement on the samples that select, after which it stops.
    pub patience: NonZeroU32,
    /// Samples in a batch.
    pub batch_size: NonZeroUsize,
    /// The learning rate, of Adam.
    pub learning_rate: PositiveNumber,
}

impl NetworkCleanerConfig {
    /// Whether it is the notebook's variant, whose image network learns along.
    pub fn is_notebook(&self) -> bool {
        self.variant == CleanerVariant::Notebook
    }
}

impl Default for NetworkCleanerConfig {
    fn default() -> Self {
        let count = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        let size = |number| NonZeroUsize::new(number).unwrap_or(NonZeroUsize::MIN);
        Self {
            variant: CleanerVariant::default(),
            hidden: size(64),
            epochs: count(100),
            patience: count(15),
            batch_size: size(128),
            learning_rate: PositiveNumber::of(1e-3),
        }
    }
}

/// How a label cleaner makes and learns its answer. `y` is the given label as zeros and a one, `g` what the network says of
/// features and label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CleanerVariant {
    /// `clip(y + g, 0, 1)`, scaled to sum 1. Learnt by the squared error of `y + g` before it is clipped, whose best answer is
    /// the probability of each class.
    ///
    /// Differs from Inoue et al., 2017, who learn by the absolute error after clipping: its best answer is the likeliest class
    /// instead of a probability, and where the answer was clipped to the wrong side it has no gradient to come back by.
    Clipped,
    /// `softmax(y + g)`, learnt by cross-entropy. The label's layer then holds logarithms of a transition matrix, and the answer
    /// is the one of Bayes' rule.
    #[default]
    Softmax,
    /// That of the notebook: labels smoothed by a tenth, a residual on the label's layer, a normalisation before it is added,
    /// and clipped values learnt by cross-entropy as if they were logits; the image network learns along. Kept to compare with.
    Notebook,
}
