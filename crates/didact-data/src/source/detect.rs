//! Which format is it?

use std::path::Path;

use crate::bad_item::counted;
use crate::error::DataError;
use crate::format::Format;
use crate::location::without_rows;
use crate::options::{OpenOptions, Part};
use crate::source::files::{Listing, name, peek};
use crate::source::{cifar, class_folders, idx, numpy, parquet, text};

/// Looks at a file or folder.
pub(crate) fn detect(path: &Path, options: &OpenOptions) -> Result<Format, DataError> {
    if path.is_dir() {
        detect_folder(path, options)
    } else {
        detect_file(path)
    }
}

/// Whether data hold a test part beside their training part, so that [`Part::Test`] opens it. A range of rows behind
/// the path does not matter.
///
/// ```
/// assert!(!didact_data::has_test_part(std::path::Path::new("no/such/folder")));
/// ```
pub fn has_test_part(path: &Path) -> bool {
    let path = without_rows(path);
    has_part(&path, Part::Train) && has_part(&path, Part::Test)
}

fn has_part(path: &Path, part: Part) -> bool {
    if !path.is_dir() {
        return path.is_file() && (cifar::archive_has_part(path, part) || numpy::has_part(path, part));
    }
    let listing = Listing::of(path).unwrap_or_default();
    idx::has_part(&listing, part)
        || cifar::has_part(&listing, part)
        || class_folders::has_part(&listing, part)
        || parquet::files_of_part(path, part).is_ok_and(|files| !files.is_empty())
}

fn detect_file(path: &Path) -> Result<Format, DataError> {
    let start = peek(path, 512)?;
    if start.is_empty() {
        let path = path.to_owned();
        return Err(DataError::Empty {
            path,
            expected: "bytes",
        });
    }
    if idx::is_idx(&start) {
        return Ok(Format::Idx);
    }
    if parquet::is_parquet(&start) {
        return Ok(Format::Parquet);
    }
    if numpy::is_npy(&start) || numpy::is_npz(&start) {
        return Ok(Format::Numpy);
    }
    if let Some(variant) = cifar::detect(path)? {
        return Ok(variant.format());
    }
    if text::is_text(&start) {
        return Ok(Format::Csv);
    }
    let found = format!(
        "it begins with {}",
        idx::hexadecimal(&start[..start.len().min(8)])
    );
    Err(DataError::UnknownFormat {
        path: path.to_owned(),
        found,
    })
}

fn detect_folder(path: &Path, options: &OpenOptions) -> Result<Format, DataError> {
    let listing = Listing::of(path)?;
    if idx::has_part(&listing, Part::Train) || idx::has_part(&listing, Part::Test) {
        return Ok(Format::Idx);
    }
    if let Some(variant) = cifar::detect(path)? {
        return Ok(variant.format());
    }
    if !parquet::files_of_part(path, Part::Auto)?.is_empty() {
        return Ok(Format::Parquet);
    }
    if listing.has_images() {
        return Ok(Format::ImageFolder);
    }
    if class_folders::holds_classes(path) {
        return Ok(if options.labels.is_some() {
            Format::ImageFolder
        } else {
            Format::ClassFolders
        });
    }
    Err(nothing_known(path, &listing))
}

fn nothing_known(path: &Path, listing: &Listing) -> DataError {
    let path = path.to_owned();
    if listing.files.is_empty() && listing.folders.is_empty() {
        return DataError::Empty {
            path,
            expected: "files",
        };
    }
    let names: Vec<String> = listing
        .folders
        .iter()
        .chain(&listing.files)
        .take(5)
        .map(|path| format!("`{}`", name(path)))
        .collect();
    let (files, folders) = (listing.files.len(), listing.folders.len());
    let found = format!(
        "{} and {}, among them {}",
        counted(files, "file"),
        counted(folders, "folder"),
        names.join(", ")
    );
    DataError::UnknownFormat { path, found }
}
