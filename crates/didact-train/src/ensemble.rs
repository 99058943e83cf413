//! Several trained models that answer together.

use std::path::{Path, PathBuf};

use didact_labels::metrics::{ConfusionMatrix, ScoreMatrix, accuracy, matthews_correlation, top_k_hits};
use didact_run::SplitMetrics;

use crate::device::DeviceChoice;
use crate::error::TrainError;
use crate::model_file::ModelDescription;
use crate::part::Part;
use crate::predictor::{Predictions, Predictor};
use crate::scoring::likeliest;

/// One or more trained models whose predicted probabilities are averaged: of folds, or of runs with several seeds.
///
/// One model alone answers what its [`Predictor`] answers, to the bit.
///
/// Source: Hansen and Salamon, 1990, "Neural Network Ensembles"; the mean of probabilities rather than their vote, as
/// Lakshminarayanan et al., 2017, "Simple and Scalable Predictive Uncertainty Estimation using Deep Ensembles".
pub struct Ensemble {
    first: Predictor,
    others: Vec<Predictor>,
}

impl Ensemble {
    /// Loads the models of weights files such as `RUN/model.safetensors`.
    ///
    /// # Errors
    ///
    /// Those of [`Predictor::open`], and [`TrainError::EnsembleMismatch`] if the models do not take the same samples or do
    /// not name the same classes in the same order.
    pub fn open(first: &Path, others: &[PathBuf], device: DeviceChoice) -> Result<Self, TrainError> {
        let first = Predictor::open(first, device)?;
        let others = others.iter().map(|path| {
            let other = Predictor::open(path, device)?;
            check(first.description(), other.description(), path)?;
            Ok(other)
        });
        let others = others.collect::<Result<_, TrainError>>()?;
        Ok(Self { first, others })
    }

    /// What the first model is; the others take the same samples and name the same classes.
    pub fn description(&self) -> &ModelDescription {
        self.first.description()
    }

    /// Answers the samples of a part.
    ///
    /// The loss of an average is the plain cross-entropy of its probabilities, in nats, whatever the models learnt with.
    ///
    /// # Errors
    ///
    /// Those of [`Predictor::predict`].
    pub fn predict(&self, part: &Part) -> Result<Predictions, TrainError> {
        let first = self.first.predict(part)?;
        if self.others.is_empty() {
            return Ok(first);
        }
        let mut sums: Vec<f64> = first.probabilities.iter().copied().map(f64::from).collect();
        for other in &self.others {
            let predicted = other.predict(part)?.probabilities;
            sums.iter_mut()
                .zip(predicted)
                .for_each(|(sum, probability)| *sum += f64::from(probability));
        }
        let count = (1 + self.others.len()) as f64;
        average(sums.iter().map(|sum| (sum / count) as f32).collect(), part)
    }
}

/// Refuses a model that does not take the same samples or name the same classes as the first.
fn check(first: &ModelDescription, other: &ModelDescription, path: &Path) -> Result<(), TrainError> {
    let mismatch = |expected, found| TrainError::EnsembleMismatch {
        path: path.to_owned(),
        expected,
        found,
    };
    let both = [first, other];
    if first.input != other.input {
        let [expected, found] = both.map(|description| format!("samples of {}", description.input));
        return Err(mismatch(expected, found));
    }
    if first.class_names != other.class_names {
        let classes = |description: &ModelDescription| description.class_names.join(", ");
        let [expected, found] = both.map(|description| format!("the classes {}", classes(description)));
        return Err(mismatch(expected, found));
    }
    Ok(())
}

/// What mean probabilities, `[num_samples, num_classes]` flat, come to.
fn average(probabilities: Vec<f32>, part: &Part) -> Result<Predictions, TrainError> {
    let num_classes = part.dataset.num_classes();
    let labels = part
        .rows
        .iter()
        .map(|&row| part.dataset.given_labels()[row as usize]);
    let labelled = labels
        .zip(probabilities.chunks_exact(num_classes))
        .filter_map(|(label, row)| Some((label?, row)));
    let (labels, rows): (Vec<u32>, Vec<&[f32]>) = labelled.unzip();
    let predicted: Vec<u32> = rows.iter().map(|row| likeliest(row)).collect();
    let confusion = ConfusionMatrix::from_labels(num_classes, &labels, &predicted)?;
    let surprise =
        |(row, &label): (&&[f32], &u32)| -f64::from(row[label as usize].max(f32::MIN_POSITIVE)).ln();
    let (scores, count) = (rows.concat(), labels.len().max(1) as f64);
    let metrics = SplitMetrics {
        n: labels.len() as u64,
        loss: rows.iter().zip(&labels).map(surprise).sum::<f64>() / count,
        superloss: None,
        accuracy: accuracy(&confusion),
        top5_accuracy: top_k_hits(ScoreMatrix::new(&scores, num_classes)?, &labels, 5)? as f64 / count,
        mcc: matthews_correlation(&confusion),
    };
    Ok(Predictions {
        probabilities,
        metrics,
        confusion,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use didact_data::Dataset;

    use super::*;

    #[test]
    fn figures_of_an_average_are_of_its_labelled_samples() {
        let dataset = Dataset::from_features(vec![0.0; 5], 1, vec![0, 1, 1, 0, 1]).unwrap();
        let labels = [Some(0), Some(1), None, Some(0), Some(1)];
        let dataset = Arc::new(dataset.with_given_labels(labels.to_vec()).unwrap());
        let part = Part {
            dataset,
            rows: vec![1, 2, 3, 4],
        };
        let mean = vec![0.25, 0.75, 0.0, 1.0, 0.25, 0.75, 0.5, 0.5];
        let found = average(mean.clone(), &part).unwrap();
        assert_eq!(found.probabilities, mean);
        // Row 1 is right, row 3 wrong, and of two likeliest classes row 4 is taken for the first.
        let metrics = found.metrics;
        assert_eq!((metrics.n, metrics.top5_accuracy), (3, 1.0));
        assert!((metrics.accuracy - 1.0 / 3.0).abs() < 1e-12);
        let loss = -(0.75f64.ln() + 0.25f64.ln() + 0.5f64.ln()) / 3.0;
        assert!((metrics.loss - loss).abs() < 1e-7, "{metrics:?}");
        // 0 was taken for 1, and 1 once for each: (0 * 1 - 1 * 1) / sqrt(1 * 2 * 1 * 2).
        assert!((metrics.mcc + 0.5).abs() < 1e-12, "{metrics:?}");
        let unlabelled = Part {
            rows: vec![2],
            ..part
        };
        assert_eq!(average(vec![0.0, 1.0], &unlabelled).unwrap().metrics.n, 0);
    }
}
