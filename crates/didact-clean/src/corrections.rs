//! Labels to train on.

use std::sync::Arc;

use didact_labels::cleaning::{CorrectedLabel, CorrectionSource, correct_labels};
use didact_train::{CheckedLabel, Part, SoftLabels};

use crate::beliefs::Beliefs;
use crate::cleaning_data::CleaningData;
use crate::config::{CleanConfig, LabelKind};
use crate::error::CleanError;
use crate::report_part::Purpose;

/// What is done with the labels of samples that fit the cleaner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fitting {
    /// They are as they were checked.
    Trusted,
    /// They are corrected as the others are, by a cleaner that has not seen them: a model that learns checked labels of some
    /// samples would show another cleaner more of these than of the rest.
    AsTheOthers,
}

/// What the label of each sample that may be trained on should be.
#[derive(Clone, Debug)]
pub struct Corrections {
    rows: Vec<u32>,
    labels: Vec<CorrectedLabel>,
}

/// Labels, importance and soft labels of a part to train on.
pub(crate) struct Lessons {
    pub(crate) part: Part,
    pub(crate) importance: Vec<f32>,
    pub(crate) soft_labels: Option<SoftLabels>,
}

impl Corrections {
    /// Of the samples that may be trained on.
    pub(crate) fn new(
        data: &CleaningData,
        beliefs: &Beliefs,
        fitting: Fitting,
        config: &CleanConfig,
    ) -> Result<Self, CleanError> {
        let trusted = match fitting {
            Fitting::Trusted => data.fit.as_slice(),
            Fitting::AsTheOthers => &[],
        };
        Self::of_rows(data.trainable(), data, beliefs, trusted, config)
    }

    /// Of the samples that select, where these are not trusted; to be told, not to be trained on.
    pub(crate) fn of_selection(
        data: &CleaningData,
        beliefs: &Beliefs,
        config: &CleanConfig,
    ) -> Result<Self, CleanError> {
        let rows = if data.selecting.is_empty() {
            data.select.rows.clone()
        } else {
            Vec::new()
        };
        Self::of_rows(rows, data, beliefs, &[], config)
    }

    fn of_rows(
        rows: Vec<u32>,
        data: &CleaningData,
        beliefs: &Beliefs,
        trusted: &[CheckedLabel],
        config: &CleanConfig,
    ) -> Result<Self, CleanError> {
        let rows = data
            .report
            .permit(rows, Purpose::Correction, data.dataset.ids())?
            .into_rows();
        let posteriors: Vec<Vec<f64>> = rows.iter().map(|&row| beliefs.posterior(row)).collect();
        let given = data.dataset.given_labels();
        let given: Vec<Option<u32>> = rows.iter().map(|&row| given[row as usize]).collect();
        let trusted_label = |row: &u32| {
            let position = trusted.binary_search_by_key(row, |checked| checked.row).ok()?;
            Some(trusted[position].label)
        };
        let trusted: Vec<Option<u32>> = rows.iter().map(trusted_label).collect();
        let labels = correct_labels(&posteriors, &given, &trusted, config.sure, config.uncertain)?;
        Ok(Self { rows, labels })
    }

    /// Row and correction of each sample, by ascending row.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &CorrectedLabel)> {
        self.rows.iter().copied().zip(&self.labels)
    }

    /// The correction of a row, if it is one that may be trained on.
    pub fn of(&self, row: u32) -> Option<&CorrectedLabel> {
        let position = self.rows.binary_search(&row).ok()?;
        Some(&self.labels[position])
    }

    /// How many labels differ from another correction of the same samples.
    pub(crate) fn changed_since(&self, earlier: &Self) -> usize {
        let pairs = self.labels.iter().zip(&earlier.labels);
        pairs.filter(|(now, before)| now.label != before.label).count()
    }

    /// How many labels were changed from what was given, of samples that count.
    pub fn num_corrected(&self) -> usize {
        let is_changed =
            |label: &&CorrectedLabel| label.source == CorrectionSource::Corrected && label.weight > 0.0;
        self.labels.iter().filter(is_changed).count()
    }

    /// How many labels of samples that may be trained on nobody has checked: those that may be corrected.
    pub fn num_untrusted(&self) -> usize {
        let is_trusted = |label: &&CorrectedLabel| label.source == CorrectionSource::Trusted;
        self.labels.len() - self.labels.iter().filter(is_trusted).count()
    }

    /// How many samples count nothing.
    pub fn num_left_out(&self) -> usize {
        self.labels.iter().filter(|label| label.weight <= 0.0).count()
    }

    /// How many samples there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The samples that count, with what to learn of them.
    pub(crate) fn lessons(
        &self,
        data: &CleaningData,
        beliefs: &Beliefs,
        kind: LabelKind,
        is_in: impl Fn(u32) -> bool,
    ) -> Result<Lessons, CleanError> {
        let num_rows = data.dataset.len();
        let (mut labels, mut importance, mut rows) = (vec![None; num_rows], vec![1.0; num_rows], Vec::new());
        for (row, corrected) in self.iter() {
            if let Some(label) = corrected.label.filter(|_| corrected.weight > 0.0 && is_in(row)) {
                labels[row as usize] = Some(label);
                importance[row as usize] = corrected.weight as f32;
                rows.push(row);
            }
        }
        if rows.is_empty() {
            return Err(CleanError::NothingLeft { samples: self.len() });
        }
        let soft_labels = match kind {
            LabelKind::Hard => None,
            LabelKind::Soft => Some(self.soft(&labels, beliefs, data.dataset.num_classes())?),
        };
        if importance.iter().all(|&weight| weight >= 1.0) {
            importance.clear();
        }
        let dataset = Arc::new(data.dataset.as_ref().clone().with_given_labels(labels)?);
        let part = Part { dataset, rows };
        Ok(Lessons {
            part,
            importance,
            soft_labels,
        })
    }

    /// Beliefs, and certainty where a label is trusted or kept though another was likelier.
    fn soft(
        &self,
        labels: &[Option<u32>],
        beliefs: &Beliefs,
        num_classes: usize,
    ) -> Result<SoftLabels, CleanError> {
        let certain = |label: Option<u32>| -> Vec<f32> {
            let of = |class: u32| f32::from(u8::from(label.unwrap_or_default() == class));
            (0..num_classes as u32).map(of).collect()
        };
        let row = |(row, &label): (u32, &Option<u32>)| {
            let believed = beliefs.posterior(row);
            let likeliest = |label: u32| believed.iter().all(|&other| other <= believed[label as usize]);
            let is_trusted = self
                .of(row)
                .is_some_and(|label| label.source == CorrectionSource::Trusted);
            match label {
                Some(label) if !is_trusted && likeliest(label) && believed.iter().sum::<f64>() > 0.0 => {
                    believed.into_iter().map(|value| value as f32).collect()
                }
                label => certain(label),
            }
        };
        let values = (0..).zip(labels).flat_map(row).collect();
        Ok(SoftLabels::new(values, num_classes)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_data::small_cleaning;

    #[test]
    fn a_row_that_reports_is_not_corrected() {
        let place = tempfile::tempdir().unwrap();
        let (config, data) = small_cleaning(place.path());
        let beliefs = Beliefs::none(data.dataset.len(), data.dataset.num_classes());
        let rows = vec![data.report.rows()[1]];
        let refused = Corrections::of_rows(rows, &data, &beliefs, &[], &config).unwrap_err();
        assert!(
            matches!(
                refused,
                CleanError::Leak {
                    purpose: Purpose::Correction,
                    ..
                }
            ),
            "{refused}"
        );
    }

    #[test]
    fn lessons_count_as_much_as_labels_are_likely() {
        let place = tempfile::tempdir().unwrap();
        let (mut config, data) = small_cleaning(place.path());
        config.sure = 0.9.try_into().unwrap();
        let mut beliefs = Beliefs::none(data.dataset.len(), data.dataset.num_classes());
        let rows = data.trainable();
        beliefs.add(&rows, &vec![vec![0.25, 0.75]; rows.len()], 1.0);
        let corrections = Corrections::new(&data, &beliefs, Fitting::Trusted, &config).unwrap();
        let lessons = corrections
            .lessons(&data, &beliefs, LabelKind::Soft, |_| true)
            .unwrap();
        let (trusted, worked) = (data.fit[0], data.worked[0]);
        let importance = [trusted.row, worked].map(|row| lessons.importance[row as usize].to_bits());
        assert_eq!(importance, [1.0_f32, 0.75].map(f32::to_bits));
        let soft = lessons.soft_labels.unwrap();
        assert_eq!(soft.row(worked), [0.25, 0.75]);
        assert!(soft.row(trusted.row)[trusted.label as usize] > 0.999);
        assert_eq!(lessons.part.dataset.given_labels()[worked as usize], Some(1));
    }
}
