//! Matrices of a run as `.npy` files.

use std::fs;
use std::io;
use std::path::Path;

use npyz::WriterBuilder;

use crate::atomic::write_atomically;
use crate::error::RunError;

/// Writes a matrix of `f32` in C order, a row at a time, so that it need not be in memory whole.
///
/// # Errors
///
/// [`RunError::Write`], also if a row has not `columns` values or there are not `num_rows`.
pub fn write_array<Row: AsRef<[f32]>>(
    path: &Path,
    [num_rows, columns]: [usize; 2],
    rows: impl IntoIterator<Item = Row>,
) -> Result<(), RunError> {
    write_atomically(path, |file| {
        let shape = [num_rows as u64, columns as u64];
        let mut writer = npyz::WriteOptions::new()
            .default_dtype()
            .shape(&shape)
            .writer(file)
            .begin_nd()?;
        for row in rows {
            if row.as_ref().len() != columns {
                return Err(io::Error::other(format!(
                    "a row of {}, not {columns}",
                    row.as_ref().len()
                )));
            }
            writer.extend(row.as_ref().iter().copied())?;
        }
        writer.finish()
    })
}

/// Reads a matrix of `f32`: its shape and its values in C order.
///
/// # Errors
///
/// [`RunError::Read`], or [`RunError::Malformed`] if it is not such a matrix.
pub fn read_array(path: &Path) -> Result<([usize; 2], Vec<f32>), RunError> {
    let bytes = fs::read(path).map_err(|source| RunError::Read {
        path: path.to_owned(),
        source,
    })?;
    let malformed = |error: io::Error| RunError::malformed(path, "a matrix of f32", error);
    let file = npyz::NpyFile::new(&bytes[..]).map_err(malformed)?;
    let [rows, columns] = *file.shape() else {
        return Err(RunError::malformed(
            path,
            "a matrix of f32",
            format!("shape {:?}", file.shape()),
        ));
    };
    Ok((
        [rows as usize, columns as usize],
        file.into_vec::<f32>().map_err(malformed)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_survives_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.npy");
        write_array(&path, [2, 3], [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]).unwrap();
        assert_eq!(
            read_array(&path).unwrap(),
            ([2, 3], vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
        );
    }

    #[test]
    fn a_missing_row_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.npy");
        assert!(write_array(&path, [2, 3], [[1.0, 2.0, 3.0]]).is_err());
        assert!(!path.exists());
    }
}
