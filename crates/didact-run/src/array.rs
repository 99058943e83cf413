//! Matrices of a run as `.npy` files, the part of the format that a run needs: `f32`, C order, two axes.
//!
//! The header is one line of text, so writing it here saves the twenty crates of a general library.

use std::fs;
use std::io;
use std::path::Path;

use crate::atomic::write_atomically;
use crate::error::RunError;

/// Magic number and version 1.0; two bytes of header length follow.
const START: &[u8] = b"\x93NUMPY\x01\x00";
const BEFORE_SHAPE: &str = "{'descr': '<f4', 'fortran_order': False, 'shape': (";

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
        file.write_all(&header(num_rows, columns))?;
        let mut written = 0;
        for row in rows {
            let row = row.as_ref();
            if row.len() != columns {
                return Err(io::Error::other(format!("a row of {}, not {columns}", row.len())));
            }
            let bytes: Vec<u8> = row.iter().flat_map(|value| value.to_le_bytes()).collect();
            file.write_all(&bytes)?;
            written += 1;
        }
        if written == num_rows {
            Ok(())
        } else {
            Err(io::Error::other(format!("{written} rows, not {num_rows}")))
        }
    })
}

/// Reads a matrix of `f32` that [`write_array`] wrote: its shape and its values in C order.
///
/// # Errors
///
/// [`RunError::Read`], or [`RunError::Malformed`] if it is not such a matrix.
pub fn read_array(path: &Path) -> Result<([usize; 2], Vec<f32>), RunError> {
    let bytes = fs::read(path).map_err(|source| RunError::Read {
        path: path.to_owned(),
        source,
    })?;
    parse(&bytes).ok_or_else(|| RunError::malformed(path, "a matrix that didact wrote", "other bytes"))
}

/// The header, padded with spaces so that the values begin at a multiple of 64 bytes.
fn header(num_rows: usize, columns: usize) -> Vec<u8> {
    let text = format!("{BEFORE_SHAPE}{num_rows}, {columns}), }}");
    let length = (START.len() + 2 + text.len() + 1).next_multiple_of(64) - START.len() - 2;
    let padding = length - text.len() - 1;
    let mut header = START.to_vec();
    header.extend((length as u16).to_le_bytes());
    header.extend(text.bytes());
    header.extend(std::iter::repeat_n(b' ', padding));
    header.push(b'\n');
    header
}

fn parse(bytes: &[u8]) -> Option<([usize; 2], Vec<f32>)> {
    let (length, rest) = bytes.strip_prefix(START)?.split_first_chunk()?;
    let (text, values) = rest.split_at_checked(u16::from_le_bytes(*length).into())?;
    let shape = std::str::from_utf8(text).ok()?.strip_prefix(BEFORE_SHAPE)?;
    let (rows, rest) = shape.split_once(", ")?;
    let (rows, columns) = (rows.parse::<usize>().ok()?, rest.split_once(')')?.0.parse().ok()?);
    let values: Vec<f32> = values
        .as_chunks()
        .0
        .iter()
        .map(|bytes| f32::from_le_bytes(*bytes))
        .collect();
    (rows.checked_mul(columns)? == values.len()).then_some(([rows, columns], values))
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
    fn the_header_is_numpys() {
        let header = header(2, 3);
        assert_eq!(header.len(), 128);
        assert!(header.starts_with(
            b"\x93NUMPY\x01\x00\x76\x00{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"
        ));
        assert!(header.ends_with(b" \n"));
    }

    #[test]
    fn other_bytes_are_not_a_matrix() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.npy");
        fs::write(&path, b"\x93NUMPY\x01\x00\xff\xff{").unwrap();
        assert!(matches!(read_array(&path), Err(RunError::Malformed { .. })));
    }

    #[test]
    fn a_missing_row_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.npy");
        assert!(write_array(&path, [2, 3], [[1.0, 2.0, 3.0]]).is_err());
        assert!(!path.exists());
    }
}
