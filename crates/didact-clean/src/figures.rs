//! How good labels are.

use didact_labels::cleaning::{CorrectedLabel, SureProbability, Uncertain, correct_labels};
use didact_labels::metrics::{area_under_roc, average_precision};
use didact_run::LabelFigures;
use didact_train::CheckedLabel;

use crate::beliefs::Beliefs;
use crate::error::CleanError;

/// Measures labels on samples whose true ones are known; none without any.
pub(crate) fn label_figures(
    known: &[CheckedLabel],
    beliefs: &Beliefs,
    given_labels: &[Option<u32>],
    (sure, uncertain): (SureProbability, Uncertain),
) -> Result<Option<LabelFigures>, CleanError> {
    if known.is_empty() {
        return Ok(None);
    }
    let posteriors: Vec<Vec<f64>> = known
        .iter()
        .map(|checked| beliefs.posterior(checked.row))
        .collect();
    let given: Vec<Option<u32>> = known
        .iter()
        .map(|checked| given_labels[checked.row as usize])
        .collect();
    let corrected = correct_labels(&posteriors, &given, &vec![None; known.len()], sure, uncertain)?;
    let is_right = |label: Option<u32>, checked: &CheckedLabel| label == Some(checked.label);
    let labelled = given.iter().zip(known).filter(|(label, _)| label.is_some());
    let doubted: Vec<(f64, bool)> = known
        .iter()
        .zip(given.iter().zip(&posteriors))
        .filter_map(|(checked, (given, posterior))| {
            let label = (*given)?;
            Some((1.0 - posterior[label as usize], label != checked.label))
        })
        .collect();
    let (doubts, wrong): (Vec<f64>, Vec<bool>) = doubted.into_iter().unzip();
    let right: Vec<f64> = corrected
        .iter()
        .zip(known)
        .map(|(corrected, checked)| f64::from(u8::from(is_right(corrected.label, checked))))
        .collect();
    let weights: Vec<f64> = corrected
        .iter()
        .map(|corrected: &CorrectedLabel| corrected.weight)
        .collect();
    let total: f64 = weights.iter().sum();
    let count = known.len() as f64;
    Ok(Some(LabelFigures {
        n: known.len(),
        given_accuracy: labelled
            .clone()
            .filter(|(label, checked)| is_right(**label, checked))
            .count() as f64
            / labelled.count().max(1) as f64,
        corrected_accuracy: right.iter().sum::<f64>() / count,
        kept: weights.iter().filter(|&&weight| weight > 0.0).count() as f64 / count,
        kept_accuracy: right
            .iter()
            .zip(&weights)
            .map(|(right, weight)| right * weight)
            .sum::<f64>()
            / total.max(f64::MIN_POSITIVE),
        brier: posteriors
            .iter()
            .zip(known)
            .map(|(row, checked)| brier(row, checked.label))
            .sum::<f64>()
            / count,
        area_under_roc: area_under_roc(&doubts, &wrong),
        average_precision: average_precision(&doubts, &wrong),
    }))
}

fn brier(posterior: &[f64], label: u32) -> f64 {
    let distance =
        |(class, value): (usize, &f64)| (value - f64::from(u8::from(class == label as usize))).powi(2);
    posterior.iter().enumerate().map(distance).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_by_hand() {
        let mut beliefs = Beliefs::none(3, 2);
        beliefs.add(
            &[0, 1, 2],
            &[vec![0.75, 0.25], vec![0.25, 0.75], vec![0.5, 0.5]],
            1.0,
        );
        let known = [(0, 0), (1, 1), (2, 0)].map(|(row, label)| CheckedLabel { row, label });
        let sure = SureProbability::try_from(0.6).unwrap();
        let given = [Some(0), Some(0), Some(1)];
        let found = label_figures(&known, &beliefs, &given, (sure, Uncertain::Drop))
            .unwrap()
            .unwrap();
        let close =
            |found: f64, expected: f64| assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        assert_eq!(found.n, 3);
        close(found.given_accuracy, 1.0 / 3.0);
        close(found.corrected_accuracy, 2.0 / 3.0);
        close(found.kept, 2.0 / 3.0);
        close(found.kept_accuracy, 1.0);
        close(found.brier, (0.125 + 0.125 + 0.5) / 3.0);
        assert_eq!(found.area_under_roc, Some(1.0));
        assert!(
            label_figures(&[], &beliefs, &given, (sure, Uncertain::Drop))
                .unwrap()
                .is_none()
        );
    }
}
