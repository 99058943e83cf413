//! `metrics.csv`: how well it goes, one row an epoch.

use serde::{Deserialize, Serialize};

/// The figures of one part of the data after an epoch. What was not measured is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SplitMetrics {
    /// Number of samples that were measured: those that have a label.
    pub n: u64,
    /// Mean loss against the given labels, in nats for a cross-entropy: the task's loss, never a `SuperLoss` value. `>= 0` for
    /// all losses but early-learning.
    pub loss: f64,
    /// Mean value of `SuperLoss`. Normally negative; not comparable with `loss`.
    pub superloss: Option<f64>,
    /// Share of predictions that equal the given label.
    pub accuracy: f64,
    /// Share of samples whose given label is among the five likeliest classes.
    pub top5_accuracy: f64,
    /// Matthews' correlation coefficient (`R_K`), in `[-1, 1]`.
    pub mcc: f64,
}

/// One row of `metrics.csv`, reproducible to the bit.
///
/// Training figures are those of the training steps (augmented, while the weights move); validation and test
/// figures those of the weights after the epoch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EpochMetrics {
    /// The epoch, counted from 1.
    pub epoch: u32,
    /// The learning rate of the epoch's last step.
    pub learning_rate: f64,
    /// The training samples.
    pub train: SplitMetrics,
    /// The validation samples, against the labels that choose the epoch.
    pub validation: Option<SplitMetrics>,
    /// The test samples.
    pub test: Option<SplitMetrics>,
    /// Number of labelled training samples predicted otherwise than in the epoch before; none in the first epoch.
    pub prediction_changes: Option<u64>,
    /// Share of wrong labels among the training samples as estimated after this epoch, once there is an estimate.
    pub estimated_noise_rate: Option<f64>,
}

impl EpochMetrics {
    /// The heads of the columns of `metrics.csv`.
    pub fn header() -> Vec<String> {
        let mut header = vec!["epoch".to_owned(), "learning_rate".to_owned()];
        for split in ["train", "validation", "test"] {
            let names = ["n", "loss", "superloss", "accuracy", "top5_accuracy", "mcc"];
            header.extend(names.map(|name| format!("{split}_{name}")));
        }
        header.extend(["prediction_changes", "estimated_noise_rate"].map(str::to_owned));
        header
    }

    /// The row's cells, in the order of [`Self::header`]; empty for what was not measured.
    pub fn cells(&self) -> Vec<String> {
        let mut cells = vec![self.epoch.to_string(), self.learning_rate.to_string()];
        for split in [Some(&self.train), self.validation.as_ref(), self.test.as_ref()] {
            cells.extend(split.map_or_else(|| vec![String::new(); 6], split_cells));
        }
        cells.push(
            self.prediction_changes
                .map_or_else(String::new, |count| count.to_string()),
        );
        cells.push(
            self.estimated_noise_rate
                .map_or_else(String::new, |rate| rate.to_string()),
        );
        cells
    }

    /// A row from its cells, in the order of [`Self::header`].
    ///
    /// # Errors
    ///
    /// The cell that is missing or not a number.
    pub fn from_cells(cells: &[String]) -> Result<Self, String> {
        // Runs made before the last two were measured have 20 cells, and count as not having measured them.
        if !matches!(cells.len(), 20 | 22) {
            return Err(format!("{} cells", cells.len()));
        }
        let later = |column: usize| cells.get(column).map_or("", String::as_str);
        Ok(Self {
            epoch: number(&cells[0])?,
            learning_rate: number(&cells[1])?,
            train: split_from(&cells[2..8])?.ok_or("no training figures")?,
            validation: split_from(&cells[8..14])?,
            test: split_from(&cells[14..20])?,
            prediction_changes: optional(later(20))?,
            estimated_noise_rate: optional(later(21))?,
        })
    }
}

fn split_cells(split: &SplitMetrics) -> Vec<String> {
    let superloss = split
        .superloss
        .map_or_else(String::new, |value| value.to_string());
    let numbers = [split.accuracy, split.top5_accuracy, split.mcc].map(|value| value.to_string());
    let mut cells = vec![split.n.to_string(), split.loss.to_string(), superloss];
    cells.extend(numbers);
    cells
}

fn split_from(cells: &[String]) -> Result<Option<SplitMetrics>, String> {
    if cells[0].is_empty() {
        return Ok(None);
    }
    Ok(Some(SplitMetrics {
        n: number(&cells[0])?,
        loss: number(&cells[1])?,
        superloss: if cells[2].is_empty() {
            None
        } else {
            Some(number(&cells[2])?)
        },
        accuracy: number(&cells[3])?,
        top5_accuracy: number(&cells[4])?,
        mcc: number(&cells[5])?,
    }))
}

fn optional<T: std::str::FromStr>(cell: &str) -> Result<Option<T>, String> {
    if cell.is_empty() {
        Ok(None)
    } else {
        number(cell).map(Some)
    }
}

fn number<T: std::str::FromStr>(cell: &str) -> Result<T, String> {
    cell.parse()
        .map_err(|_| format!("{cell:?} where a number should be"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_survives_its_cells_to_the_bit() {
        let train = SplitMetrics {
            n: 3,
            loss: 0.1 + 0.2,
            superloss: Some(-1.0 / 3.0),
            accuracy: 1e-300,
            ..Default::default()
        };
        let row = EpochMetrics {
            epoch: 4,
            learning_rate: 1e-3,
            train,
            validation: None,
            test: Some(train),
            prediction_changes: Some(7),
            estimated_noise_rate: Some(0.1 + 0.2),
        };
        assert_eq!(row.cells().len(), EpochMetrics::header().len());
        assert_eq!(EpochMetrics::from_cells(&row.cells()).unwrap(), row);
    }

    #[test]
    fn a_row_of_before_the_last_two_columns_is_read_without_them() {
        let row = EpochMetrics {
            epoch: 1,
            learning_rate: 0.5,
            train: SplitMetrics::default(),
            validation: None,
            test: None,
            prediction_changes: None,
            estimated_noise_rate: None,
        };
        let cells = row.cells();
        assert_eq!(EpochMetrics::from_cells(&cells[..20]).unwrap(), row);
        assert_eq!(EpochMetrics::from_cells(&cells[..21]).unwrap_err(), "21 cells");
    }
}
