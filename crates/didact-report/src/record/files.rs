//! What lies in a run folder.

use std::fs;
use std::io;
use std::path::Path;

use didact_run::{RunError, RunFolder};

/// A file of a run, or a folder with all that is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileEntry {
    /// The name; folders end in a slash.
    pub(crate) name: String,
    /// Number of files: 1 for a file.
    pub(crate) files: u64,
    /// Size in bytes.
    pub(crate) bytes: u64,
}

/// What lies in a run folder, by name. The page is left out: it is what is being written.
pub(crate) fn files_of(folder: &RunFolder) -> Result<Vec<FileEntry>, RunError> {
    let read = || {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder.path())? {
            entries.push(file_entry(&entry?)?);
        }
        Ok(entries)
    };
    let mut entries: Vec<FileEntry> = read().map_err(|source: io::Error| RunError::Read {
        path: folder.path().to_owned(),
        source,
    })?;
    entries.retain(|entry| !entry.name.starts_with('.') && entry.name != "report.html" && entry.files > 0);
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(entries)
}

fn file_entry(entry: &fs::DirEntry) -> io::Result<FileEntry> {
    let name = entry.file_name().to_string_lossy().into_owned();
    let kind = entry.metadata()?;
    if kind.is_dir() {
        let (files, bytes) = measured(&entry.path())?;
        return Ok(FileEntry {
            name: format!("{name}/"),
            files,
            bytes,
        });
    }
    Ok(FileEntry {
        name,
        files: 1,
        bytes: kind.len(),
    })
}

/// Number and size of the files directly in a folder.
fn measured(folder: &Path) -> io::Result<(u64, u64)> {
    let mut sum = (0, 0);
    for entry in fs::read_dir(folder)? {
        let kind = entry?.metadata()?;
        if kind.is_file() {
            sum = (sum.0 + 1, sum.1 + kind.len());
        }
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_summed_and_the_page_is_left_out() {
        let parent = tempfile::tempdir().unwrap();
        let run = RunFolder::create(&parent.path().join("run")).unwrap();
        fs::write(run.metrics(), "12345").unwrap();
        fs::write(run.report(), "page").unwrap();
        fs::write(run.ledger(1), "123").unwrap();
        fs::write(run.ledger(2), "12").unwrap();
        let ledger = FileEntry {
            name: "ledger/".to_owned(),
            files: 2,
            bytes: 5,
        };
        let metrics = FileEntry {
            name: "metrics.csv".to_owned(),
            files: 1,
            bytes: 5,
        };
        assert_eq!(files_of(&run).unwrap(), [ledger, metrics]);
    }
}
