//! What several models predict on average.

use didact_labels::metrics::{ConfusionMatrix, ScoreMatrix, accuracy, matthews_correlation, top_k_accuracy};
use didact_run::{ModelRow, SplitMetrics};
use didact_train::{DeviceChoice, Part, Predictor};

use crate::cleaning_data::CleaningData;
use crate::error::CleanError;
use crate::view::View;

/// The row of the mean of what the models of all folds predict, on samples that no model has seen; `rows` are those of the models.
pub(crate) fn averaged(
    views: &[View],
    data: &CleaningData,
    device: DeviceChoice,
    rows: &[ModelRow],
) -> Result<ModelRow, CleanError> {
    let metrics = |part: &Part| metrics(&mean(views, part, device)?, part);
    Ok(ModelRow {
        name: format!("average of the {} first models", views.len()),
        folder: None,
        model: rows.first().map_or_else(String::new, |row| row.model.clone()),
        parameters: rows.iter().map(|row| row.parameters).sum(),
        epochs: None,
        select_accuracy: Some(metrics(&data.select)?.accuracy),
        report: data.test_part()?.as_ref().map(metrics).transpose()?,
        report_last: None,
        seconds_per_epoch: None,
    })
}

/// The mean of the predicted probabilities of a part, `[samples, num_classes]` flat.
fn mean(views: &[View], part: &Part, device: DeviceChoice) -> Result<Vec<f32>, CleanError> {
    let share = 1.0 / views.len().max(1) as f32;
    let mut mean = vec![0.0; part.len() * part.dataset.num_classes()];
    for view in views {
        let predicted = Predictor::open(&view.run.model(), device)?.predict(part)?;
        for (sum, value) in mean.iter_mut().zip(predicted.probabilities) {
            *sum += share * value;
        }
    }
    Ok(mean)
}

fn metrics(scores: &[f32], part: &Part) -> Result<SplitMetrics, CleanError> {
    let num_classes = part.dataset.num_classes();
    let labels: Vec<u32> = part.labelled().map(|(_, label)| label).collect();
    let matrix = ScoreMatrix::new(scores, num_classes)?;
    let predicted: Vec<u32> = matrix.rows().map(likeliest).collect();
    let confusion = ConfusionMatrix::from_labels(num_classes, &labels, &predicted)?;
    let surprise =
        |(row, &label): (&[f32], &u32)| -f64::from(row[label as usize].max(f32::MIN_POSITIVE).ln());
    Ok(SplitMetrics {
        n: labels.len() as u64,
        loss: matrix.rows().zip(&labels).map(surprise).sum::<f64>() / labels.len().max(1) as f64,
        superloss: None,
        accuracy: accuracy(&confusion),
        top5_accuracy: top_k_accuracy(matrix, &labels, 5.min(num_classes))?,
        mcc: matthews_correlation(&confusion),
    })
}

/// The class of the largest value, the first of equals.
fn likeliest(values: &[f32]) -> u32 {
    let larger = |best, class| if values[class] > values[best] { class } else { best };
    (0..values.len()).fold(0, larger) as u32
}
