//! The ledger: what happened to every sample in one epoch.

/// The part of the data that a sample belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Split {
    /// Samples that weights are fitted to.
    Train,
    /// Samples that choose the epoch.
    Validation,
}

impl Split {
    /// The word that stands for the split in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Validation => "validation",
        }
    }

    /// The split that a word in a file stands for.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Train, Self::Validation]
            .into_iter()
            .find(|split| split.name() == name)
    }
}

/// What happened to every sample in one epoch: equally long columns, one row per sample.
///
/// Training samples carry the values of their training step (augmented, before the update); validation samples
/// those of a forward pass without augmentation after the epoch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// The sample: its file's path within the data, or its row number.
    pub id: Vec<String>,
    /// Whether the sample was trained on.
    pub split: Vec<Split>,
    /// The label that was trained on, maybe wrong; a class in `0..num_classes`. None for a sample without a label, whose
    /// loss, confidence, probability and margin are then none, too, and whose weight is 0.
    pub given_label: Vec<Option<u32>>,
    /// The true label where it is known. Never trained on.
    pub true_label: Vec<Option<u32>>,
    /// The loss against the given label, in the unit of the run's loss: nats for a cross-entropy. `>= 0` for all losses but
    /// early-learning, which may go below 0.
    pub loss: Vec<Option<f32>>,
    /// How much the sample counted, `>= 0`; none for validation samples, which do not count.
    pub weight: Vec<Option<f32>>,
    /// SuperLoss's sigma in `(0, e]`, also for runs that do not weigh by it.
    pub confidence: Vec<Option<f32>>,
    /// The predicted probability of the given label, in `[0, 1]`.
    pub prob_given: Vec<Option<f32>>,
    /// The logit of the given label minus the largest other.
    pub margin: Vec<Option<f32>>,
    /// The class with the largest logit.
    pub predicted: Vec<u32>,
}

impl Ledger {
    /// Number of samples.
    pub fn len(&self) -> usize {
        self.id.len()
    }

    /// Whether there is no sample.
    pub fn is_empty(&self) -> bool {
        self.id.is_empty()
    }

    /// Whether the given label of a row is wrong, where there is one and the true one is known.
    pub fn is_noisy(&self, row: usize) -> Option<bool> {
        Some(self.true_label[row]? != self.given_label[row]?)
    }
}
