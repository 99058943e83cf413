//! CIFAR's binary version: records of label bytes and pixel bytes.
//!
//! Source: Krizhevsky, 2009, "Learning multiple layers of features from tiny images", the data's web page,
//! section "binary version".

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::DataError;
use crate::options::Part;
use crate::source::cifar::records::Records;
use crate::source::cifar::variant::{PIXELS, Variant};
use crate::source::files::{Listing, name, read_file};

/// Reads one file, or those of a part of a folder, one after the other.
pub(crate) fn read(path: &Path, variant: Variant, part: Part) -> Result<Records, DataError> {
    let files = if path.is_dir() { part_files(&Listing::of(path)?, part) } else { vec![path.to_owned()] };
    if files.is_empty() {
        return Err(DataError::Empty { path: path.to_owned(), expected: "CIFAR files of this part" });
    }
    let mut records = Records::default();
    for file in files {
        take(&read_file(&file)?, &file, variant, &mut records)?;
    }
    Ok(records)
}

fn take(bytes: &[u8], file: &Path, variant: Variant, records: &mut Records) -> Result<(), DataError> {
    let record = variant.record();
    if bytes.is_empty() || !bytes.len().is_multiple_of(record) {
        return Err(DataError::WrongLength {
            path: file.to_owned(),
            expected: format!("records of {record} bytes as {} has them", variant.format()),
            found: format!("{} bytes, {} beyond the last whole record", bytes.len(), bytes.len() % record),
        });
    }
    for record in bytes.chunks_exact(record) {
        records.labels.push(i64::from(record[variant.label_byte()]));
        records.pixels.extend_from_slice(&record[variant.label_bytes()..]);
    }
    Ok(())
}

/// Which variant a file's length and label bytes speak for.
pub(crate) fn detect_file(file: &Path) -> Result<Option<Variant>, DataError> {
    let length = fs::metadata(file).map_err(|source| DataError::Read { path: file.to_owned(), source })?.len();
    let fits = |variant: Variant| length > 0 && length.is_multiple_of(variant.record() as u64);
    Ok(match (fits(Variant::Ten), fits(Variant::HundredFine)) {
        (true, false) => Some(Variant::Ten),
        (false, true) => Some(Variant::HundredFine),
        // A length that fits both is rare enough to read the file for its labels.
        (true, true) => {
            let bytes = read_file(file)?;
            let ten = bytes.chunks_exact(1 + PIXELS).all(|record| record[0] < 10);
            Some(if ten { Variant::Ten } else { Variant::HundredFine })
        }
        (false, false) => None,
    })
}

/// Whether a file is called like one of CIFAR's binary files.
pub(crate) fn is_binary(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "bin")
}

/// The files of one part, sorted by name: `data_batch_*.bin` or `train.bin`, `test_batch.bin` or `test.bin`.
pub(crate) fn part_files(listing: &Listing, part: Part) -> Vec<PathBuf> {
    let of = |wanted: Part| -> Vec<PathBuf> {
        listing.files.iter().filter(|file| is_binary(file) && part_of(file) == Some(wanted)).cloned().collect()
    };
    match part {
        Part::Test => of(Part::Test),
        Part::Train => of(Part::Train),
        Part::Auto => [of(Part::Train), of(Part::Test)].into_iter().find(|files| !files.is_empty()).unwrap_or_default(),
    }
}

fn part_of(file: &Path) -> Option<Part> {
    let name = name(file);
    if name.starts_with("data_batch") || name.starts_with("train") {
        Some(Part::Train)
    } else {
        name.starts_with("test").then_some(Part::Test)
    }
}
