//! The checked samples, divided once.

use didact_data::{DataError, SplitFraction, stratified_split};
use didact_train::CheckedLabel;

use crate::error::CleanError;
use crate::report_part::ReportPart;
use crate::trusted_split::TrustedSplit;

/// Who fits, who selects and who reports. Drawn once, before anything is trained, from the seed alone.
#[derive(Clone, Debug, Default)]
pub struct TrustedParts {
    /// The samples the cleaner learns from, by ascending row.
    pub fit: Vec<CheckedLabel>,
    /// The samples that choose epochs and models, by ascending row.
    pub select: Vec<CheckedLabel>,
    /// The samples that report.
    pub report: ReportPart,
}

impl TrustedParts {
    /// Divides the rows that have a trusted label.
    ///
    /// # Shapes
    ///
    /// - `trusted`, `keys`: `[num_samples]`, as of the data set
    ///
    /// # Errors
    ///
    /// [`CleanError::BadSplit`] for shares that are none, [`CleanError::TooFewTrusted`] if fewer fit than there are classes, or
    /// none selects.
    pub fn draw(
        trusted: &[Option<u32>],
        keys: &[u64],
        num_classes: usize,
        split: TrustedSplit,
        seed: u64,
    ) -> Result<Self, CleanError> {
        split.check()?;
        let checked = |(row, label): (u32, &Option<u32>)| label.map(|label| CheckedLabel { row, label });
        let all: Vec<CheckedLabel> = (0..).zip(trusted).filter_map(checked).collect();
        let parts = match split {
            TrustedSplit::InOrder { fit, select } => in_order(all, fit, select),
            TrustedSplit::Random { fit, select } => at_random(&all, keys, [fit, select], seed)?,
        };
        let few = |part, found, needed| Err(CleanError::TooFewTrusted { part, found, needed });
        if parts.fit.len() < num_classes {
            return few("fit the cleaner", parts.fit.len(), num_classes);
        }
        if parts.select.is_empty() {
            return few("select", 0, 1);
        }
        Ok(parts)
    }
}

fn in_order(mut all: Vec<CheckedLabel>, fit: usize, select: usize) -> TrustedParts {
    let mut rest = all.split_off(fit.min(all.len()));
    let report = rest.split_off(select.min(rest.len()));
    TrustedParts {
        fit: all,
        select: rest,
        report: ReportPart::new(report),
    }
}

fn at_random(
    all: &[CheckedLabel],
    keys: &[u64],
    [fit, select]: [f64; 2],
    seed: u64,
) -> Result<TrustedParts, CleanError> {
    let report = 1.0 - fit - select;
    let too_few = |part| {
        move |error| match error {
            DataError::EmptyValidation { .. } => CleanError::TooFewTrusted {
                part,
                found: 0,
                needed: 1,
            },
            other => other.into(),
        }
    };
    let (rest, report) = divided(all, keys, report, seed).map_err(too_few("report"))?;
    let (fit, select) = divided(&rest, keys, select / (fit + select), seed).map_err(too_few("select"))?;
    Ok(TrustedParts {
        fit,
        select,
        report: ReportPart::new(report),
    })
}

/// The samples without a share of them, and that share.
fn divided(
    samples: &[CheckedLabel],
    keys: &[u64],
    share: f64,
    seed: u64,
) -> Result<(Vec<CheckedLabel>, Vec<CheckedLabel>), DataError> {
    if share < 1e-9 || samples.is_empty() {
        return Ok((samples.to_vec(), Vec::new()));
    }
    let labels: Vec<Option<u32>> = samples.iter().map(|checked| Some(checked.label)).collect();
    let keys: Vec<u64> = samples.iter().map(|checked| keys[checked.row as usize]).collect();
    let split = stratified_split(&labels, &keys, SplitFraction::new(share)?, seed)?;
    let taken = |positions: &[u32]| {
        positions
            .iter()
            .map(|&position| samples[position as usize])
            .collect()
    };
    Ok((taken(&split.training), taken(&split.validation)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(count: u64) -> Vec<u64> {
        (0..count).map(|row| row * 7919).collect()
    }

    fn rows(checked: &[CheckedLabel]) -> Vec<u32> {
        checked.iter().map(|checked| checked.row).collect()
    }

    #[test]
    fn in_order_is_the_first_the_next_and_the_rest() {
        let trusted = [None, Some(0), Some(1), Some(0), None, Some(1), Some(0)];
        let split = TrustedSplit::InOrder { fit: 2, select: 1 };
        let parts = TrustedParts::draw(&trusted, &keys(7), 2, split, 0).unwrap();
        assert_eq!((rows(&parts.fit), rows(&parts.select)), (vec![1, 2], vec![3]));
        assert_eq!(parts.report.rows(), [5, 6]);
    }

    #[test]
    fn shares_are_drawn_from_every_class_and_no_sample_has_two_parts() {
        let trusted: Vec<Option<u32>> = (0..200).map(|row| (row % 4 != 3).then_some(row % 4)).collect();
        let parts = TrustedParts::draw(&trusted, &keys(200), 3, TrustedSplit::default(), 5).unwrap();
        assert_eq!(
            (parts.fit.len(), parts.select.len(), parts.report.len()),
            (120, 15, 15)
        );
        for class in 0..3 {
            assert_eq!(
                parts
                    .select
                    .iter()
                    .filter(|checked| checked.label == class)
                    .count(),
                5
            );
        }
        let mut all = [rows(&parts.fit), rows(&parts.select), parts.report.rows()].concat();
        all.sort_unstable();
        assert!(all.into_iter().eq((0..200).filter(|row| row % 4 != 3)));
        let again = TrustedParts::draw(&trusted, &keys(200), 3, TrustedSplit::default(), 5).unwrap();
        assert_eq!((again.fit, again.report.rows()), (parts.fit, parts.report.rows()));
    }

    #[test]
    fn too_few_are_refused() {
        let message = |split| {
            let trusted = [Some(0), Some(1), Some(0)];
            TrustedParts::draw(&trusted, &keys(3), 2, split, 0)
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            message(TrustedSplit::InOrder { fit: 1, select: 1 }),
            "1 trusted samples fit the cleaner, and cleaning needs at least 2"
        );
        assert_eq!(
            message(TrustedSplit::InOrder { fit: 3, select: 1 }),
            "0 trusted samples select, and cleaning needs at least 1"
        );
        assert!(
            message(TrustedSplit::Random {
                fit: 0.9,
                select: 0.2
            })
            .starts_with("trusted split: fit=0.9")
        );
    }

    #[test]
    fn too_few_for_a_part_are_counted_as_such() {
        let trusted = [Some(0), Some(1), Some(0)];
        let error = TrustedParts::draw(&trusted, &keys(3), 2, TrustedSplit::default(), 0).unwrap_err();
        assert_eq!(
            error.to_string(),
            "0 trusted samples report, and cleaning needs at least 1"
        );
    }
}
