//! What happened to every sample of a part in one epoch, in columns by row of its data set.

use didact_curriculum::Observation;
use didact_labels::metrics::{ConfusionMatrix, accuracy, matthews_correlation};
use didact_run::{Ledger, Split, SplitMetrics, StoredTensor, StoredValues};

use crate::error::TrainError;
use crate::part::Part;
use crate::scoring::{Judgement, Scores, likeliest};

/// Columns over all rows of a data set. Rows that were not visited hold zeros.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Outcomes {
    loss: Vec<f32>,
    superloss: Vec<f32>,
    weight: Vec<f32>,
    confidence: Vec<f32>,
    prob_given: Vec<f32>,
    margin: Vec<f32>,
    predicted: Vec<u32>,
    rank: Vec<u32>,
}

/// One batch of outcomes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BatchOutcomes<'a> {
    /// The rows of the data set, all of which have labels.
    pub(crate) rows: &'a [u32],
    /// Their labels.
    pub(crate) labels: &'a [u32],
    /// What the network said.
    pub(crate) scores: &'a Scores,
    /// What `SuperLoss` says of the losses.
    pub(crate) observation: &'a Observation,
    /// How much the samples counted; empty where none does.
    pub(crate) weights: &'a [f32],
}

impl Outcomes {
    /// No outcome yet, for a data set of so many rows.
    pub(crate) fn new(rows: usize) -> Self {
        let (numbers, classes) = (vec![0.0; rows], vec![0; rows]);
        Self {
            loss: numbers.clone(),
            superloss: numbers.clone(),
            weight: numbers.clone(),
            confidence: numbers.clone(),
            prob_given: numbers.clone(),
            margin: numbers,
            predicted: classes.clone(),
            rank: classes,
        }
    }

    /// These outcomes, with the weights of others: what was said of samples after the steps that weighed them.
    pub(crate) fn with_weights_of(self, steps: Self) -> Self {
        Self {
            weight: steps.weight,
            ..self
        }
    }

    /// Notes the outcomes of a batch.
    pub(crate) fn record(&mut self, batch: BatchOutcomes<'_>) {
        for (position, log_probabilities) in batch.scores.rows().enumerate() {
            let row = batch.rows[position] as usize;
            let judgement = Judgement::new(log_probabilities, batch.labels[position]);
            self.loss[row] = batch.scores.losses[position];
            self.superloss[row] = batch.observation.values[position];
            self.weight[row] = batch.weights.get(position).copied().unwrap_or_default();
            self.confidence[row] = batch.observation.confidences[position];
            self.prob_given[row] = judgement.prob_given;
            self.margin[row] = judgement.margin;
            self.predicted[row] = judgement.predicted;
            self.rank[row] = judgement.rank;
        }
    }

    /// Notes what was said of samples that have no label: they are predicted, and that is all.
    pub(crate) fn record_unlabelled(&mut self, rows: &[u32], scores: &Scores) {
        for (&row, log_probabilities) in rows.iter().zip(scores.rows()) {
            let row = row as usize;
            for (_, column) in self.number_columns_mut() {
                column[row] = 0.0;
            }
            (self.predicted[row], self.rank[row]) = (likeliest(log_probabilities), 0);
        }
    }

    /// The class that a sample was predicted as.
    pub(crate) fn predicted(&self, row: usize) -> u32 {
        self.predicted[row]
    }

    /// The loss of a sample against its label.
    pub(crate) fn loss(&self, row: usize) -> f32 {
        self.loss[row]
    }

    /// Logit of a sample's label minus the largest other.
    pub(crate) fn margin(&self, row: usize) -> f32 {
        self.margin[row]
    }

    /// Predicted probability of a sample's label.
    pub(crate) fn prob_given(&self, row: usize) -> f32 {
        self.prob_given[row]
    }

    /// The figures of the labelled samples of a part, summed in f64 in the order of its rows; all are 0 if there are none.
    ///
    /// # Errors
    ///
    /// [`TrainError::Labels`] if a label is not a class.
    pub(crate) fn metrics(&self, part: &Part) -> Result<SplitMetrics, TrainError> {
        let rows: Vec<usize> = part.labelled().map(|(row, _)| row).collect();
        let count = rows.len().max(1) as f64;
        let mean = |column: &[f32]| rows.iter().map(|&row| f64::from(column[row])).sum::<f64>() / count;
        let top5 = rows.iter().filter(|&&row| self.rank[row] < 5).count();
        let confusion = self.confusion(part)?;
        Ok(SplitMetrics {
            n: rows.len() as u64,
            loss: mean(&self.loss),
            superloss: Some(mean(&self.superloss)),
            accuracy: accuracy(&confusion),
            top5_accuracy: top5 as f64 / count,
            mcc: matthews_correlation(&confusion),
        })
    }

    /// Which labels of a part were mistaken for which.
    ///
    /// # Errors
    ///
    /// [`TrainError::Labels`] if a label is not a class.
    pub(crate) fn confusion(&self, part: &Part) -> Result<ConfusionMatrix, TrainError> {
        let (given, predicted): (Vec<u32>, Vec<u32>) = part
            .labelled()
            .map(|(row, label)| (label, self.predicted[row]))
            .unzip();
        Ok(ConfusionMatrix::from_labels(
            part.dataset.num_classes(),
            &given,
            &predicted,
        )?)
    }

    /// Appends the part's rows to a ledger.
    pub(crate) fn append_to(
        &self,
        ledger: &mut Ledger,
        part: &Part,
        split: Split,
        true_labels: &[Option<u32>],
    ) {
        for row in part.rows.iter().map(|&row| row as usize) {
            ledger.id.push(part.dataset.ids()[row].clone());
            ledger.split.push(split);
            let label = part.dataset.given_labels()[row];
            let if_labelled = |column: &[f32]| label.map(|_| column[row]);
            ledger.given_label.push(label);
            ledger.true_label.push(true_labels[row]);
            ledger.loss.push(if_labelled(&self.loss));
            ledger
                .weight
                .push((split == Split::Train).then_some(self.weight[row]));
            ledger.confidence.push(if_labelled(&self.confidence));
            ledger.prob_given.push(if_labelled(&self.prob_given));
            ledger.margin.push(if_labelled(&self.margin));
            ledger.predicted.push(self.predicted[row]);
        }
    }

    /// The columns at rest, for a checkpoint within an epoch.
    pub(crate) fn store(&self) -> Vec<StoredTensor> {
        let numbers = self
            .number_columns()
            .map(|(name, column)| (name, StoredValues::F32(column.clone())));
        let classes = [("predicted", &self.predicted), ("rank", &self.rank)].map(|(name, column)| {
            (
                name,
                StoredValues::I64(column.iter().map(|&value| value.into()).collect()),
            )
        });
        let columns = numbers.into_iter().chain(classes);
        columns
            .map(|(name, values)| StoredTensor {
                name: name.to_owned(),
                shape: vec![self.loss.len()],
                values,
            })
            .collect()
    }

    /// Takes up stored columns.
    ///
    /// # Errors
    ///
    /// [`TrainError::Weights`] if a column is missing or of another length.
    pub(crate) fn restore<'a>(
        &mut self,
        find: impl Fn(&str) -> Option<&'a StoredTensor>,
    ) -> Result<(), TrainError> {
        let rows = self.loss.len();
        let wrong = |name: &str| TrainError::Weights {
            name: name.to_owned(),
            expected: format!("a column of {rows}"),
            found: "another".to_owned(),
        };
        let mut restored = Self::new(rows);
        for (name, column) in restored.number_columns_mut() {
            match find(name).map(|stored| &stored.values) {
                Some(StoredValues::F32(values)) if values.len() == rows => column.clone_from(values),
                _ => return Err(wrong(name)),
            }
        }
        for (name, column) in [
            ("predicted", &mut restored.predicted),
            ("rank", &mut restored.rank),
        ] {
            match find(name).map(|stored| &stored.values) {
                Some(StoredValues::I64(values)) if values.len() == rows => {
                    *column = values.iter().map(|&value| value as u32).collect();
                }
                _ => return Err(wrong(name)),
            }
        }
        *self = restored;
        Ok(())
    }

    fn number_columns(&self) -> [(&'static str, &Vec<f32>); 6] {
        [
            ("loss", &self.loss),
            ("superloss", &self.superloss),
            ("weight", &self.weight),
            ("confidence", &self.confidence),
            ("prob_given", &self.prob_given),
            ("margin", &self.margin),
        ]
    }

    fn number_columns_mut(&mut self) -> [(&'static str, &mut Vec<f32>); 6] {
        [
            ("loss", &mut self.loss),
            ("superloss", &mut self.superloss),
            ("weight", &mut self.weight),
            ("confidence", &mut self.confidence),
            ("prob_given", &mut self.prob_given),
            ("margin", &mut self.margin),
        ]
    }
}
