//! What a run did to one training sample, summed over epochs.

/// A mean under way.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Mean {
    sum: f64,
    n: u32,
}

impl Mean {
    /// Adds a number; what is not finite is left out.
    pub(crate) fn add(&mut self, value: f32) {
        if value.is_finite() {
            self.sum += f64::from(value);
            self.n += 1;
        }
    }

    /// The mean, if there was a number.
    pub(crate) fn value(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum / f64::from(self.n))
    }
}

/// What a run did to one training sample.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sample {
    pub(crate) id: String,
    pub(crate) given_label: u32,
    pub(crate) true_label: Option<u32>,
    /// Over all epochs.
    pub(crate) loss: Mean,
    /// Over the last third of the epochs.
    pub(crate) late_weight: Mean,
    /// Over the last third of the epochs.
    pub(crate) late_confidence: Mean,
    /// The prediction in the epoch seen last.
    pub(crate) predicted: u32,
}

impl Sample {
    /// Whether the given label is wrong, where the true one is known.
    pub(crate) fn is_noisy(&self) -> Option<bool> {
        self.true_label.map(|label| label != self.given_label)
    }
}
