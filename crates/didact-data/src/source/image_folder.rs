//! A folder of images, their labels in a file of its own.

use std::path::Path;

use crate::draft::{Counting, Draft, DraftValues, Ids};
use crate::error::DataError;
use crate::format::Format;
use crate::pixels::ImageOrigin;
use crate::source::files::{ImageFiles, images_below};

/// Reads every image in a folder and its subfolders, in the order of their paths compared byte by byte.
pub(crate) fn read(path: &Path) -> Result<Draft, DataError> {
    let ImageFiles { ids, files, ignored } = images_below(path)?;
    if ids.is_empty() {
        return Err(DataError::Empty {
            path: path.to_owned(),
            expected: "images (PNG, JPEG, WebP or GIF)",
        });
    }
    Ok(Draft {
        format: Format::ImageFolder,
        ids: Ids::Paths(ids),
        labels: None,
        values: DraftValues::Images(ImageOrigin::Files(files)),
        file: path.to_owned(),
        counting: Counting::Rows,
        faults: Vec::new(),
        ignored,
    })
}
