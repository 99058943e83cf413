//! CIFAR's binary version: records of label bytes and pixel bytes.
//!
//! Source: Krizhevsky, 2009, "Learning multiple layers of features from tiny images", the data's web page,
//! section "binary version".

use std::path::Path;

use crate::error::DataError;
use crate::source::cifar::records::Records;
use crate::source::cifar::variant::{PIXELS, Variant};

/// Adds the images of one file.
pub(crate) fn take(
    bytes: Vec<u8>,
    file: &Path,
    variant: Variant,
    records: &mut Records,
) -> Result<(), DataError> {
    let record = variant.record();
    if bytes.is_empty() || !bytes.len().is_multiple_of(record) {
        return Err(DataError::WrongLength {
            path: file.to_owned(),
            expected: format!("records of {record} bytes as {} has them", variant.format()),
            found: format!(
                "{} bytes, {} beyond the last whole record",
                bytes.len(),
                bytes.len() % record
            ),
        });
    }
    records.labels.extend(
        bytes
            .chunks_exact(record)
            .map(|record| i64::from(record[variant.label_byte()])),
    );
    let pixels = without_labels(bytes, variant);
    if records.pixels.is_empty() {
        records.pixels = pixels;
    } else {
        records.pixels.extend(pixels);
    }
    Ok(())
}

/// Moves the pixels together in place: a second copy of 150 MB would show in the memory of a run.
fn without_labels(mut bytes: Vec<u8>, variant: Variant) -> Vec<u8> {
    let record = variant.record();
    let images = bytes.len() / record;
    for image in 0..images {
        let start = image * record + variant.label_bytes();
        bytes.copy_within(start..start + PIXELS, image * PIXELS);
    }
    bytes.truncate(images * PIXELS);
    bytes
}

/// Which variant a file speaks for by its length; by its label bytes where both fit.
pub(crate) fn detect(bytes: &[u8]) -> Option<Variant> {
    let fits = |variant: Variant| !bytes.is_empty() && bytes.len().is_multiple_of(variant.record());
    match (fits(Variant::Ten), fits(Variant::HundredFine)) {
        (true, false) => Some(Variant::Ten),
        (false, true) => Some(Variant::HundredFine),
        (true, true) => {
            let ten = bytes.chunks_exact(1 + PIXELS).all(|record| record[0] < 10);
            Some(if ten { Variant::Ten } else { Variant::HundredFine })
        }
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_records_by_hand() {
        let mut bytes = vec![3];
        bytes.extend([7; PIXELS]);
        bytes.push(9);
        bytes.extend([8; PIXELS]);
        assert_eq!(detect(&bytes), Some(Variant::Ten));
        let mut records = Records::default();
        take(bytes, Path::new("test_batch.bin"), Variant::Ten, &mut records).unwrap();
        assert_eq!(records.labels, [3, 9]);
        assert_eq!((records.pixels[PIXELS - 1], records.pixels[PIXELS]), (7, 8));
    }

    #[test]
    fn a_length_that_fits_neither_variant_is_no_cifar() {
        assert_eq!(detect(&[0; PIXELS]), None);
        assert_eq!(detect(&[0; PIXELS + 2]), Some(Variant::HundredFine));
    }

    #[test]
    fn of_a_length_that_fits_both_the_labels_decide() {
        let ten = vec![0; 3073 * 3074];
        assert_eq!(detect(&ten), Some(Variant::Ten));
        assert_eq!(detect(&vec![99; 3073 * 3074]), Some(Variant::HundredFine));
    }
}
