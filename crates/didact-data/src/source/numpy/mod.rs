//! NumPy arrays: one in an `.npy`, several in an `.npz`.
//!
//! | file | idea |
//! |---|---|
//! | `header` | element type, order and shape of an array |
//! | `array` | its elements as features, pixels or labels |
//! | `archive` | the arrays of an `.npz` by name |

mod archive;
mod array;
mod header;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::draft::{Columns, Counting, Draft, DraftLabels, DraftValues, Ids, RawLabel};
use crate::error::DataError;
use crate::format::Format;
use crate::options::Part;
use crate::shape::ImageSize;
use crate::source::files::{malformed, peek, read_file};
use crate::source::numpy::archive::Archive;
use crate::source::numpy::array::NpyArray;

/// Names of an array of samples, and of one of labels; `x_train` and `y_test` are among them.
const SAMPLES: [&str; 6] = ["x", "data", "features", "images", "image", "arr_0"];
const LABELS: [&str; 5] = ["y", "label", "labels", "target", "targets"];

/// Whether bytes begin as an `.npy` does.
pub(crate) fn is_npy(start: &[u8]) -> bool {
    start.starts_with(header::MAGIC)
}

/// Whether bytes begin as a zip archive, and so an `.npz`, does.
pub(crate) fn is_npz(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04")
}

/// Whether an `.npz` holds samples called after this part, such as `x_test`.
pub(crate) fn has_part(path: &Path, part: Part) -> bool {
    let archive = || Archive::open(path).ok()?.exactly(&SAMPLES, part);
    peek(path, 4).is_ok_and(|start| is_npz(&start)) && archive().is_some()
}

/// Reads samples, and labels if the file has them.
pub(crate) fn read(path: &Path, part: Part) -> Result<Draft, DataError> {
    if is_npz(&peek(path, 4)?) {
        return read_npz(path, part);
    }
    draft(NpyArray::parse(read_file(path)?, path)?, path, None)
}

/// The labels of an `.npy` file.
pub(crate) fn read_labels(path: &Path) -> Result<Vec<RawLabel>, DataError> {
    NpyArray::parse(read_file(path)?, path)?.into_labels()
}

fn read_npz(path: &Path, part: Part) -> Result<Draft, DataError> {
    let mut archive = Archive::open(path)?;
    let samples = archive.named(&SAMPLES, part).or_else(|| archive.only());
    let Some(samples) = samples else {
        let found = archive.names();
        return Err(DataError::NoColumn {
            path: path.to_owned(),
            expected: "array `x` of samples".to_owned(),
            found,
        });
    };
    let labels = match archive.named(&LABELS, part) {
        Some(name) => Some((archive.read(&name)?.into_labels()?, path.join(name))),
        None => None,
    };
    draft(archive.read(&samples)?, path, labels)
}

fn draft(array: NpyArray, path: &Path, labels: Option<(Vec<RawLabel>, PathBuf)>) -> Result<Draft, DataError> {
    let rows = *array
        .shape
        .first()
        .ok_or_else(|| malformed(path, "a single number is no array of samples"))?;
    let labels = match labels {
        Some((values, file)) if values.len() == rows => Some(DraftLabels {
            file,
            values,
            counting: Counting::Rows,
            names: None,
        }),
        Some((values, file)) => {
            return Err(DataError::LabelCount {
                path: file,
                expected: rows,
                found: values.len(),
            });
        }
        None => None,
    };
    Ok(Draft {
        format: Format::Numpy,
        ids: Ids::Rows(rows),
        labels,
        values: values(array, path)?,
        file: path.to_owned(),
        counting: Counting::Rows,
        faults: Vec::new(),
        ignored: BTreeMap::new(),
    })
}

/// Bytes with two or three axes a sample are images, numbers with one or none are features.
fn values(array: NpyArray, path: &Path) -> Result<DraftValues, DataError> {
    if array.shape.contains(&0) {
        return Err(DataError::Empty {
            path: path.to_owned(),
            expected: "samples",
        });
    }
    let (size, layout) = match array.shape[1..] {
        [] | [_] => {
            let columns = Columns::Counted(array.shape.get(1).copied().unwrap_or(1));
            return Ok(DraftValues::Features {
                values: array.into_numbers()?,
                columns,
            });
        }
        [height, width] => (ImageSize::new(1, height, width), Layout::Planes),
        [height, width, channels @ (1 | 3)] => (ImageSize::new(channels, height, width), Layout::Interleaved),
        [channels @ (1 | 3), height, width] => (ImageSize::new(channels, height, width), Layout::Planes),
        _ => {
            return Err(malformed(
                path,
                format!("{:?} is not the shape of images or features", array.shape),
            ));
        }
    };
    let bytes = layout.to_planes(array.into_bytes()?, size);
    Ok(DraftValues::Pixels { bytes, size })
}

/// Whether colours stand apart or together.
enum Layout {
    Planes,
    Interleaved,
}

impl Layout {
    fn to_planes(&self, bytes: Vec<u8>, size: ImageSize) -> Vec<u8> {
        match self {
            Self::Interleaved if size.channels > 1 => {
                let planes = |image| crate::pixels::interleaved_to_planes(image, size.channels);
                bytes.chunks_exact(size.len()).flat_map(planes).collect()
            }
            _ => bytes,
        }
    }
}
