//! One folder a class, PNG files inside.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::convert::naming::{file_name, folder_names};
use crate::convert::png::{for_each_png, write_error};
use crate::dataset::Dataset;
use crate::error::DataError;

pub(crate) fn write(data: &Dataset, target: &Path) -> Result<(), DataError> {
    let scaffold = Scaffold::beside(target)?;
    let folders: Vec<PathBuf> = folder_names(data.class_names())
        .into_iter()
        .map(|name| scaffold.folder.join(name))
        .collect();
    for folder in &folders {
        fs::create_dir(folder).map_err(|source| write_error(folder, source))?;
    }
    for_each_png(data, |sample, png| {
        let file = folders[data.given_labels()[sample] as usize].join(file_name(data, sample));
        fs::write(&file, png).map_err(|source| write_error(&file, source))
    })?;
    scaffold.rename_to(target)
}

/// A folder that vanishes unless it is renamed, so that nothing half-written stays behind.
struct Scaffold {
    folder: PathBuf,
}

impl Scaffold {
    /// A hidden folder beside the target: renaming works only within one file system.
    fn beside(target: &Path) -> Result<Self, DataError> {
        let mut name = OsString::from(".");
        name.push(target.file_name().unwrap_or_default());
        name.push(format!(".partial-{}", std::process::id()));
        let folder = target.with_file_name(name);
        fs::create_dir(&folder).map_err(|source| write_error(&folder, source))?;
        Ok(Self { folder })
    }

    fn rename_to(self, target: &Path) -> Result<(), DataError> {
        fs::rename(&self.folder, target).map_err(|source| write_error(target, source))
    }
}

impl Drop for Scaffold {
    fn drop(&mut self) {
        // After renaming there is nothing left to remove; after a failure its own error matters, not this one.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
