//! Writing a file whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use atomic_write_file::AtomicWriteFile;

use crate::error::RunError;

/// Writes a file beside its place, syncs it and renames it into place, so that a reader, a full disk or a killed
/// process never sees half of it.
///
/// # Errors
///
/// [`RunError::Write`]; the file that was there before is then untouched.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// let path = folder.path().join("note.txt");
/// didact_run::write_atomically(&path, |file| file.write_all(b"whole"))?;
/// assert_eq!(std::fs::read(&path)?, b"whole");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_atomically(
    path: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> Result<(), RunError> {
    let attempt = || {
        let mut file = BufWriter::new(AtomicWriteFile::open(path)?);
        write(&mut file)?;
        file.into_inner()
            .map_err(io::IntoInnerError::into_error)?
            .commit()
    };
    attempt().map_err(|source| RunError::Write {
        path: path.to_owned(),
        source,
    })
}
