//! The two checks that every list of labels passes before anything is counted.

use crate::error::LabelsError;

/// That `found` values stand where `expected` are needed.
pub(crate) fn check_length(what: &'static str, expected: usize, found: usize) -> Result<(), LabelsError> {
    if expected == found {
        Ok(())
    } else {
        Err(LabelsError::LengthMismatch {
            what,
            expected,
            found,
        })
    }
}

/// That every label is a class in `0..num_classes`.
pub(crate) fn check_range(what: &'static str, labels: &[u32], num_classes: usize) -> Result<(), LabelsError> {
    match labels.iter().position(|&label| label as usize >= num_classes) {
        None => Ok(()),
        Some(position) => Err(LabelsError::LabelOutOfRange {
            what,
            position,
            num_classes,
            found: labels[position],
        }),
    }
}
