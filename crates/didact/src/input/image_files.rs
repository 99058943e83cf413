//! Single image files as a data set without labels.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use didact_data::{BadItem, DataError, Dataset, Format, OpenOptions};
use didact_train::ModelDescription;

use crate::error::{Complaint, Result};

/// Opens image files, each brought to the shape that a model takes, in the order they are named.
///
/// They are linked into a temporary folder, because data are opened as folders; so they pass the same decoders, limits
/// and resizing as the images of the training. Their given labels are without meaning.
///
/// # Errors
///
/// All files that cannot be read, together.
pub(crate) fn open_images(files: &[PathBuf], description: &ModelDescription) -> Result<Dataset> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let images = folder.path().join("images");
    fs::create_dir(&images)?;
    for (index, file) in files.iter().enumerate() {
        link(
            &std::path::absolute(file)?,
            &images.join(format!("{index:09}.png")),
        )?;
    }
    let labels = folder.path().join("labels");
    fs::write(&labels, "0\n".repeat(files.len()))?;
    let options = OpenOptions {
        format: Some(Format::ImageFolder),
        labels: Some(labels),
        shape: Some(description.input),
        class_names: Some(description.class_names.clone()),
        ..OpenOptions::default()
    };
    Dataset::open(&images, &options).map_err(|error| renamed(error, files))
}

#[cfg(unix)]
fn link(file: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(file, link)
}

/// Links need a privilege elsewhere. A file that cannot be copied is found to be unreadable later, with the others.
#[cfg(not(unix))]
fn link(file: &Path, link: &Path) -> io::Result<()> {
    let _ = fs::copy(file, link);
    Ok(())
}

/// The same error about the files as they were named.
fn renamed(error: DataError, files: &[PathBuf]) -> anyhow::Error {
    let DataError::BadItems { count, first, .. } = error else {
        return error.into();
    };
    let line = |item: &BadItem| {
        let index = Path::new(&item.file)
            .file_stem()
            .and_then(|stem| stem.to_str()?.parse::<usize>().ok());
        let name = index
            .and_then(|index| files.get(index))
            .map_or_else(|| item.file.clone(), |file| file.display().to_string());
        format!("  {name}: {}", item.reason)
    };
    let mut rows = vec![format!("{count} of {} files cannot be read:", files.len())];
    rows.extend(first.iter().map(line));
    if count > first.len() {
        rows.push(format!("  and {} more", count - first.len()));
    }
    Complaint::new(
        rows.join("\n"),
        "nothing was predicted; name image files only (PNG, JPEG, WebP or GIF)",
    )
    .into()
}
