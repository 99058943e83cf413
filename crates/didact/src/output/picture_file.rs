//! Pictures as files.

use std::fs;
use std::path::{Path, PathBuf};

use didact_run::write_atomically;

use super::printer::Printer;
use crate::error::{Complaint, Result};

/// Refuses to replace a file.
pub(crate) fn refuse_existing(path: &Path) -> Result<()> {
    if fs::symlink_metadata(path).is_err() {
        return Ok(());
    }
    let what = format!("{} exists already", path.display());
    Err(Complaint::new(what, "name another file with -o, or remove it first").into())
}

/// Which files to write, by the ending of the name; one of each of the first `pictures` formats, if it has no ending. Neither may
/// exist yet.
pub(crate) fn files_by_ending<F: Copy>(
    output: &Path,
    formats: &[(F, &str)],
    pictures: usize,
    (problem, hint): (&str, &str),
) -> Result<Vec<(PathBuf, F)>> {
    let ending = output
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    let files = match ending {
        None => formats[..pictures]
            .iter()
            .map(|&(format, ending)| (output.with_extension(ending), format))
            .collect(),
        Some(ending) => {
            let known = formats.iter().find(|(_, known)| *known == ending);
            let complaint = || Complaint::new(format!("{} {problem}", output.display()), hint);
            vec![(output.to_owned(), known.ok_or_else(complaint)?.0)]
        }
    };
    for (path, _) in &files {
        refuse_existing(path)?;
    }
    Ok(files)
}

/// Writes pictures that are all drawn, each whole or not at all.
pub(crate) fn write_pictures(drawn: &[(&Path, Vec<u8>)], printer: Printer) -> Result<()> {
    for (path, bytes) in drawn {
        write_picture(path, bytes)?;
        printer.result(&format!("wrote {}\n", path.display()))?;
    }
    Ok(())
}

/// Writes a picture whole or not at all.
pub(crate) fn write_picture(path: &Path, bytes: &[u8]) -> Result<()> {
    Ok(write_atomically(path, |file| file.write_all(bytes))?)
}
