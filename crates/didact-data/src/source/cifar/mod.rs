//! CIFAR-10, CIFAR-100 and ciFAIR: 32 x 32 colour images with one or two labels each.
//!
//! | file | idea |
//! |---|---|
//! | `binary` | records of label bytes and pixel bytes |
//! | `names` | class names beside the data |
//! | `records` | labels and pixels of either version |
//! | `variant` | 10 or 100 classes, fine or coarse |

mod binary;
mod names;
mod records;
mod variant;

use std::path::Path;

use crate::draft::Draft;
use crate::error::DataError;
use crate::options::Part;
use crate::source::files::Listing;

pub(crate) use variant::Variant;

/// Reads either version.
pub(crate) fn read(path: &Path, variant: Variant, part: Part) -> Result<Draft, DataError> {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
    let records = binary::read(path, variant, part)?;
    Ok(records.into_draft(path, variant, names::beside(folder, variant)))
}

/// Which variant a file or folder holds, if it looks like CIFAR at all.
pub(crate) fn detect(path: &Path) -> Result<Option<Variant>, DataError> {
    if !path.is_dir() {
        return if binary::is_binary(path) { binary::detect_file(path) } else { Ok(None) };
    }
    match binary::part_files(&Listing::of(path)?, Part::Auto).first() {
        Some(file) => binary::detect_file(file),
        None => Ok(None),
    }
}

/// Whether a folder holds this part.
pub(crate) fn has_part(listing: &Listing, part: Part) -> bool {
    !binary::part_files(listing, part).is_empty()
}
