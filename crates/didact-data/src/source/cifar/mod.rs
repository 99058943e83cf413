//! CIFAR-10, CIFAR-100 and ciFAIR: 32 x 32 colour images with one or two labels each.
//!
//! | file | idea |
//! |---|---|
//! | `members` | which files, on disk or in a `.tar.gz` |
//! | `binary` | records of label bytes and pixel bytes |
//! | `python` | pickled dictionaries |
//! | `records` | labels and pixels of either version |
//! | `variant` | 10 or 100 classes, fine or coarse |

mod binary;
mod members;
mod python;
mod records;
mod variant;

use std::path::Path;

use crate::draft::Draft;
use crate::error::DataError;
use crate::options::Part;
use crate::source::cifar::members::{Member, detect_archive, gather, image_files};
use crate::source::cifar::records::Records;
use crate::source::files::{Listing, name, peek, read_file};

pub(crate) use variant::Variant;

/// Reads either version, one file after the other in the order of their names.
pub(crate) fn read(path: &Path, variant: Variant, part: Part) -> Result<Draft, DataError> {
    let (images, names) = gather(path, part)?;
    if images.is_empty() {
        return Err(DataError::Empty {
            path: path.to_owned(),
            expected: "CIFAR files of this part",
        });
    }
    let mut records = Records::default();
    for member in images {
        let file = member.path().to_owned();
        let bytes = member.into_bytes()?;
        if python::is_pickle(&bytes) && !bytes.len().is_multiple_of(variant.record()) {
            python::take(&bytes, &file, variant, &mut records)?;
        } else {
            binary::take(bytes, &file, variant, &mut records)?;
        }
    }
    Ok(records.into_draft(path, variant, class_names(names, variant)))
}

/// Which variant a file or folder holds, if it looks like CIFAR at all.
pub(crate) fn detect(path: &Path) -> Result<Option<Variant>, DataError> {
    let file = if path.is_dir() {
        image_files(&Listing::of(path)?, Part::Auto).into_iter().next()
    } else {
        Some(path.to_owned())
    };
    let Some(file) = file else { return Ok(None) };
    if let Some(variant) = detect_archive(&file)? {
        return Ok(Some(variant));
    }
    if python::is_pickle(&peek(&file, 2)?) {
        return Ok(Some(python::detect(&read_file(&file)?)));
    }
    if file.extension().is_some_and(|extension| extension == "bin") {
        detect_binary(&file).map(Some)
    } else {
        Ok(None)
    }
}

fn detect_binary(file: &Path) -> Result<Variant, DataError> {
    let bytes = read_file(file)?;
    binary::detect(&bytes).ok_or_else(|| DataError::WrongLength {
        path: file.to_owned(),
        expected: "records of 3073 bytes (CIFAR-10) or 3074 bytes (CIFAR-100)".to_owned(),
        found: format!("{} bytes", bytes.len()),
    })
}

/// Whether a folder holds this part.
pub(crate) fn has_part(listing: &Listing, part: Part) -> bool {
    !image_files(listing, part).is_empty()
}

/// Whether an archive holds this part.
pub(crate) fn archive_has_part(path: &Path, part: Part) -> bool {
    members::archive_has_part(path, part).unwrap_or(false)
}

/// The first file of names that has as many as there are classes.
fn class_names(members: Vec<Member>, variant: Variant) -> Option<Vec<String>> {
    members.into_iter().find_map(|member| {
        let text = name(member.path());
        let bytes = member.into_bytes().ok()?;
        let names = match () {
            () if text == variant.names_file() => lines(&bytes),
            () if python::is_pickle(&bytes) => python::names(&bytes, variant)?,
            () => return None,
        };
        (names.len() == variant.classes()).then_some(names)
    })
}

fn lines(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}
