//! What a run learns about its labels while it goes, without a clean one among them.

use std::num::NonZeroU32;

use didact_labels::{LabelWave, LabelWaveConfig, TrainingRecord, estimate_noise_rate, prediction_changes};
use didact_run::{StoredTensor, StoredValues};

use crate::error::TrainError;
use crate::outcomes::Outcomes;
use crate::part::Part;
use crate::settled_estimate::{is_settled, obstacle};

/// How often each labelled training sample was predicted as another class than its label, what it was predicted as last,
/// and the share of wrong labels that follows. It takes 6 bytes a sample.
///
/// Once the number of changed predictions has passed its first minimum ([`LabelWave`]), the network memorises wrong labels,
/// and would say that there are fewer and fewer: the estimate stays what it was.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NoiseWatch {
    wrong_events: Vec<u16>,
    predicted: Vec<u32>,
    changes: Vec<u64>,
    /// The estimates that were made, one at most an epoch.
    rates: Vec<f64>,
}

/// What an epoch says of the labels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct NoiseSigns {
    /// Number of labelled training samples predicted otherwise than in the epoch before; none in the first epoch.
    pub(crate) prediction_changes: Option<u64>,
    /// Estimated share of wrong labels, once there is an estimate.
    pub(crate) noise_rate: Option<f64>,
}

impl NoiseWatch {
    /// Nothing seen yet of the samples of a part.
    pub(crate) fn new(part: &Part) -> Self {
        let labelled = part.labelled().count();
        Self {
            wrong_events: vec![0; labelled],
            predicted: vec![0; labelled],
            changes: Vec::new(),
            rates: Vec::new(),
        }
    }

    /// Estimated share of wrong labels in `[0, 1)` for a curriculum to follow in a run of so many epochs, once there is an
    /// estimate and it has settled.
    pub(crate) fn settled_rate(&self, epochs: NonZeroU32) -> Option<f64> {
        let epochs_done = self.changes.len() as u32;
        let settles = is_settled(&self.rates, epochs_done, epochs) || self.is_memorising();
        self.rates.last().copied().filter(|_| settles)
    }

    /// Why a run of so many epochs will never have an estimate for a curriculum to follow, in words, if it will not.
    pub(crate) fn obstacle(&self, epochs: NonZeroU32) -> Option<String> {
        obstacle(self.wrong_events.len(), epochs)
    }

    /// Takes in the outcomes of an epoch. An epoch that allows no estimate leaves that of the epoch before.
    ///
    /// # Errors
    ///
    /// [`TrainError::Labels`] if columns differ in length, which they do not.
    pub(crate) fn observe(&mut self, outcomes: &Outcomes, part: &Part) -> Result<NoiseSigns, TrainError> {
        let labelled = || part.labelled().map(|(row, _)| row);
        let answers: Vec<u32> = labelled().map(|row| outcomes.predicted(row)).collect();
        let margins: Vec<f32> = labelled().map(|row| outcomes.margin(row)).collect();
        // Where the probability is too small for a number, the margin is the loss but for rounding.
        let loss = |row: usize| match outcomes.prob_given(row) {
            probability if probability >= f32::MIN_POSITIVE => -probability.ln(),
            _ => -outcomes.margin(row),
        };
        let losses: Vec<f32> = labelled().map(loss).collect();
        for (events, margin) in self.wrong_events.iter_mut().zip(&margins) {
            *events = events.saturating_add(u16::from(*margin < 0.0));
        }
        // Nothing was predicted before the first epoch.
        let changes = prediction_changes(&self.predicted, &answers)? as u64;
        self.predicted = answers;
        self.changes.push(changes);
        if !self.is_memorising() {
            let epochs = self.changes.len() as u32;
            let record = TrainingRecord::new(&losses, &margins, &self.predicted, &self.wrong_events, epochs)?;
            let estimate = estimate_noise_rate(&record).map(|estimate| estimate.rate.value());
            self.rates.extend(estimate);
        }
        Ok(NoiseSigns {
            prediction_changes: (self.changes.len() > 1).then_some(changes),
            noise_rate: self.rates.last().copied(),
        })
    }

    /// Whether the number of changed predictions has passed its first minimum.
    fn is_memorising(&self) -> bool {
        let mut label_wave = LabelWave::new(LabelWaveConfig::default());
        for &changes in self.changes.iter().skip(1) {
            label_wave.record(usize::try_from(changes).unwrap_or(usize::MAX));
        }
        label_wave.stops()
    }

    /// The columns at rest.
    pub(crate) fn store(&self) -> Vec<StoredTensor> {
        let columns = [
            (
                "wrong_events",
                self.wrong_events.iter().copied().map(i64::from).collect(),
            ),
            (
                "predicted",
                self.predicted.iter().copied().map(i64::from).collect(),
            ),
            (
                "changes",
                self.changes.iter().map(|count| count.cast_signed()).collect(),
            ),
            (
                "rates",
                self.rates
                    .iter()
                    .map(|rate| rate.to_bits().cast_signed())
                    .collect(),
            ),
        ];
        columns
            .map(|(name, values): (&str, Vec<i64>)| StoredTensor {
                name: name.to_owned(),
                shape: vec![values.len()],
                values: StoredValues::I64(values),
            })
            .into()
    }

    /// Takes up stored columns.
    ///
    /// # Errors
    ///
    /// [`TrainError::Weights`] if one is missing or of another length.
    pub(crate) fn restore<'a>(
        &mut self,
        find: impl Fn(&str) -> Option<&'a StoredTensor>,
    ) -> Result<(), TrainError> {
        let column = |name: &str, lengths: std::ops::RangeInclusive<usize>| match find(name)
            .map(|stored| &stored.values)
        {
            Some(StoredValues::I64(values)) if lengths.contains(&values.len()) => Ok(values.as_slice()),
            _ => Err(TrainError::Weights {
                name: name.to_owned(),
                expected: format!("a column of {}", lengths.end()),
                found: "another".to_owned(),
            }),
        };
        let labelled = self.wrong_events.len();
        let wrong_events = column("wrong_events", labelled..=labelled)?;
        let predicted = column("predicted", labelled..=labelled)?;
        *self = Self {
            wrong_events: wrong_events.iter().map(|&count| count as u16).collect(),
            predicted: predicted.iter().map(|&class| class as u32).collect(),
            changes: column("changes", 0..=usize::MAX)?
                .iter()
                .map(|count| count.cast_unsigned())
                .collect(),
            rates: column("rates", 0..=usize::MAX)?
                .iter()
                .map(|bits| f64::from_bits(bits.cast_unsigned()))
                .collect(),
        };
        Ok(())
    }
}
