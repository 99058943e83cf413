//! What several models predict on average.

use didact_labels::metrics::{ConfusionMatrix, ScoreMatrix, accuracy, matthews_correlation, top_k_accuracy};
use didact_run::{ModelRow, SplitMetrics};
use didact_train::{CheckedLabel, DeviceChoice};

use crate::cleaning_data::CleaningData;
use crate::error::CleanError;
use crate::view::{Answers, View};

/// The row of the mean of what the models of all folds predict on trusted samples that no model has seen; none where no trusted
/// sample reports. `like` is the row of one of them.
pub(crate) fn averaged(
    views: &[View],
    data: &CleaningData,
    device: DeviceChoice,
    like: &ModelRow,
) -> Result<Option<ModelRow>, CleanError> {
    if data.report.is_empty() {
        return Ok(None);
    }
    let answers: Vec<Answers> = views
        .iter()
        .map(|view| view.answers(data, device))
        .collect::<Result<_, _>>()?;
    let num_classes = data.dataset.num_classes();
    let metrics = |checked: &[CheckedLabel]| -> Result<SplitMetrics, CleanError> {
        let scores: Vec<f32> = checked
            .iter()
            .flat_map(|checked| mean(&answers, checked.row))
            .collect();
        let labels: Vec<u32> = checked.iter().map(|checked| checked.label).collect();
        metrics(&scores, num_classes, &labels)
    };
    Ok(Some(ModelRow {
        name: format!("average of the {} first models", views.len()),
        folder: None,
        epochs: None,
        select_accuracy: Some(metrics(&data.selecting)?.accuracy),
        report: Some(metrics(data.report.sealed())?),
        report_last: None,
        seconds_per_epoch: None,
        ..like.clone()
    }))
}

/// The mean of the predicted probabilities of a row.
fn mean(answers: &[Answers], row: u32) -> Vec<f32> {
    let count = answers.len() as f32;
    let mut rows = answers.iter().map(|answers| answers.row(row));
    let mut mean: Vec<f32> = rows.next().map_or_else(Vec::new, <[f32]>::to_vec);
    for row in rows {
        for (sum, value) in mean.iter_mut().zip(row) {
            *sum += value;
        }
    }
    mean.iter_mut().for_each(|sum| *sum /= count);
    mean
}

fn metrics(scores: &[f32], num_classes: usize, labels: &[u32]) -> Result<SplitMetrics, CleanError> {
    let matrix = ScoreMatrix::new(scores, num_classes)?;
    let rows = || matrix.rows().zip(labels);
    let predicted: Vec<u32> = matrix.rows().map(likeliest).collect();
    let confusion = ConfusionMatrix::from_labels(num_classes, labels, &predicted)?;
    let surprise =
        |(row, &label): (&[f32], &u32)| -f64::from(row[label as usize].max(f32::MIN_POSITIVE).ln());
    Ok(SplitMetrics {
        n: labels.len() as u64,
        loss: rows().map(surprise).sum::<f64>() / labels.len().max(1) as f64,
        superloss: None,
        accuracy: accuracy(&confusion),
        top5_accuracy: top_k_accuracy(matrix, labels, 5.min(num_classes))?,
        mcc: matthews_correlation(&confusion),
    })
}

/// The class of the largest value, the first of equals.
fn likeliest(values: &[f32]) -> u32 {
    (0..values.len()).fold(
        0,
        |best, class| if values[class] > values[best] { class } else { best },
    ) as u32
}
