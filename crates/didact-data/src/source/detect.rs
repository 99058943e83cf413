//! Which format is it?

use std::path::Path;

use crate::error::DataError;
use crate::format::Format;
use crate::options::{OpenOptions, Part};
use crate::source::files::{Listing, peek};
use crate::source::{cifar, class_folders, idx};

/// Looks at a file or folder.
pub(crate) fn detect(path: &Path, options: &OpenOptions) -> Result<Format, DataError> {
    if path.is_dir() { detect_folder(path, options) } else { detect_file(path) }
}

/// Whether data hold a test part beside their training part.
pub fn has_test_part(path: &Path) -> bool {
    let parts = |part| {
        let listing = Listing::of(path).unwrap_or_default();
        idx::has_part(&listing, part) || cifar::has_part(&listing, part) || class_folders::has_part(&listing, part)
    };
    path.is_dir() && parts(Part::Train) && parts(Part::Test)
}

fn detect_file(path: &Path) -> Result<Format, DataError> {
    let start = peek(path, 512)?;
    if idx::is_idx(&start) {
        return Ok(Format::Idx);
    }
    if let Some(variant) = cifar::detect(path)? {
        return Ok(variant.format());
    }
    let found = format!("it begins with {}", idx::hexadecimal(&start[..start.len().min(8)]));
    Err(DataError::UnknownFormat { path: path.to_owned(), found })
}

fn detect_folder(path: &Path, options: &OpenOptions) -> Result<Format, DataError> {
    let listing = Listing::of(path)?;
    if idx::has_part(&listing, Part::Train) || idx::has_part(&listing, Part::Test) {
        return Ok(Format::Idx);
    }
    if let Some(variant) = cifar::detect(path)? {
        return Ok(variant.format());
    }
    if listing.has_images() || options.labels.is_some() {
        return Ok(Format::ImageFolder);
    }
    if class_folders::holds_classes(path) {
        return Ok(Format::ClassFolders);
    }
    if listing.files.is_empty() && listing.folders.is_empty() {
        return Err(DataError::Empty { path: path.to_owned(), expected: "files" });
    }
    let found = format!("{} files and {} folders, none of them images", listing.files.len(), listing.folders.len());
    Err(DataError::UnknownFormat { path: path.to_owned(), found })
}
