//! The IDX format of MNIST: big-endian sizes, then bytes.
//!
//! Source: `LeCun`, Cortes & Burges, 1998, the MNIST database, section "file format".

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::draft::{Columns, Counting, Draft, DraftLabels, DraftValues, Ids, RawLabel};
use crate::error::DataError;
use crate::format::Format;
use crate::options::Part;
use crate::shape::ImageSize;
use crate::source::files::{Listing, malformed, name, read_file, unpacked};

/// An array of bytes.
struct IdxArray {
    sizes: Vec<usize>,
    bytes: Vec<u8>,
}

/// Reads images and, if they are there, the labels beside them.
pub(crate) fn read(path: &Path, part: Part) -> Result<Draft, DataError> {
    let images = if path.is_dir() {
        find_images(path, part)?
    } else {
        path.to_owned()
    };
    let array = parse(read_file(&images)?, &images)?;
    let labels = match find_labels(&images) {
        Some(path) => Some((parse(read_file(&path)?, &path)?, path)),
        None => None,
    };
    draft(array, images, labels)
}

/// The same from bytes in memory.
pub(crate) fn from_memory(images: &[u8], labels: &[u8]) -> Result<Draft, DataError> {
    let (images_path, labels_path) = (
        PathBuf::from("images in memory"),
        PathBuf::from("labels in memory"),
    );
    let array = parse(unpacked(images.to_vec(), &images_path)?, &images_path)?;
    let labels = parse(unpacked(labels.to_vec(), &labels_path)?, &labels_path)?;
    draft(array, images_path, Some((labels, labels_path)))
}

/// The labels of an IDX file of labels.
pub(crate) fn read_labels(path: &Path) -> Result<Vec<RawLabel>, DataError> {
    label_values(&parse(read_file(path)?, path)?, path)
}

/// Whether bytes begin as an IDX array of bytes does.
pub(crate) fn is_idx(start: &[u8]) -> bool {
    matches!(start, [0, 0, 0x08, 1..=4, ..])
}

/// Whether a folder holds IDX images of this part.
pub(crate) fn has_part(listing: &Listing, part: Part) -> bool {
    listing
        .files
        .iter()
        .any(|file| is_images(file) && part_of(file) == part)
}

fn is_images(file: &Path) -> bool {
    let name = name(file);
    name.contains("images") && name.contains("idx") && !name.contains("idx1")
}

fn part_of(file: &Path) -> Part {
    let name = name(file);
    if name.starts_with("t10k") || name.starts_with("test") {
        Part::Test
    } else {
        Part::Train
    }
}

fn find_images(folder: &Path, part: Part) -> Result<PathBuf, DataError> {
    let listing = Listing::of(folder)?;
    let images = || listing.files.iter().filter(|file| is_images(file));
    let wanted = if part == Part::Test {
        Part::Test
    } else {
        Part::Train
    };
    let found = images().find(|file| part_of(file) == wanted);
    let found = if part == Part::Auto {
        found.or_else(|| images().next())
    } else {
        found
    };
    found.cloned().ok_or_else(|| DataError::Empty {
        path: folder.to_owned(),
        expected: "IDX images of this part",
    })
}

/// `train-labels-idx1-ubyte` for `train-images-idx3-ubyte`, gzipped or not whichever the images are.
fn find_labels(images: &Path) -> Option<PathBuf> {
    let name = name(images);
    let labels = name
        .replace("images", "labels")
        .replace("idx3", "idx1")
        .replace("idx4", "idx1")
        .replace("idx2", "idx1");
    let plain = labels.trim_end_matches(".gz").to_owned();
    let candidates = [labels.clone(), format!("{plain}.gz"), plain];
    candidates
        .into_iter()
        .filter(|candidate| *candidate != name)
        .map(|name| images.with_file_name(name))
        .find(|path| path.is_file())
}

fn parse(mut bytes: Vec<u8>, path: &Path) -> Result<IdxArray, DataError> {
    if !is_idx(&bytes) {
        let expected = "00 00 08 and the number of axes, 1 to 4".to_owned();
        let found = hexadecimal(&bytes[..bytes.len().min(4)]);
        return Err(DataError::WrongMagic {
            path: path.to_owned(),
            expected,
            found,
        });
    }
    let header = 4 + 4 * usize::from(bytes[3]);
    let sizes = bytes
        .get(4..header)
        .ok_or_else(|| malformed(path, "it ends within its header"))?;
    let size = |bytes: &[u8]| bytes.iter().fold(0, |all, byte| all << 8 | usize::from(*byte));
    let sizes: Vec<usize> = sizes.chunks_exact(4).map(size).collect();
    let expected = sizes
        .iter()
        .try_fold(1_usize, |product, size| product.checked_mul(*size));
    let found = bytes.len() - header;
    if expected != Some(found) {
        let expected = expected.map_or("too many".to_owned(), |size| size.to_string());
        let expected = format!("{expected} bytes after its header, {sizes:?} as it says");
        return Err(DataError::WrongLength {
            path: path.to_owned(),
            expected,
            found: found.to_string(),
        });
    }
    bytes.drain(..header);
    Ok(IdxArray { sizes, bytes })
}

fn draft(array: IdxArray, path: PathBuf, labels: Option<(IdxArray, PathBuf)>) -> Result<Draft, DataError> {
    let rows = array.sizes[0];
    let labels = match labels {
        Some((labels, file)) => Some(matching(&labels, file, rows)?),
        None => None,
    };
    Ok(Draft {
        format: Format::Idx,
        ids: Ids::Rows(rows),
        labels,
        values: values(array, &path)?,
        file: path,
        counting: Counting::Rows,
        faults: Vec::new(),
        ignored: BTreeMap::new(),
    })
}

fn values(array: IdxArray, path: &Path) -> Result<DraftValues, DataError> {
    if array.sizes.contains(&0) {
        return Err(DataError::Empty {
            path: path.to_owned(),
            expected: "samples",
        });
    }
    let size = match array.sizes[1..] {
        [height, width] => ImageSize::new(1, height, width),
        [channels @ (1 | 3), height, width] => ImageSize::new(channels, height, width),
        [count] => {
            let values = array.bytes.iter().map(|byte| f32::from(*byte)).collect();
            return Ok(DraftValues::Features {
                values,
                columns: Columns::Counted(count),
            });
        }
        _ => {
            return Err(malformed(
                path,
                format!("{:?} are not the sizes of images", array.sizes),
            ));
        }
    };
    Ok(DraftValues::Pixels {
        bytes: array.bytes,
        size,
    })
}

fn matching(labels: &IdxArray, file: PathBuf, rows: usize) -> Result<DraftLabels, DataError> {
    let values = label_values(labels, &file)?;
    if values.len() != rows {
        return Err(DataError::LabelCount {
            path: file,
            expected: rows,
            found: values.len(),
        });
    }
    Ok(DraftLabels {
        file,
        values,
        counting: Counting::Rows,
        names: None,
    })
}

fn label_values(array: &IdxArray, path: &Path) -> Result<Vec<RawLabel>, DataError> {
    match array.sizes[..] {
        [_] => Ok(array
            .bytes
            .iter()
            .map(|byte| RawLabel::Number(i64::from(*byte)))
            .collect()),
        _ => Err(malformed(
            path,
            format!("{:?} are not the sizes of labels", array.sizes),
        )),
    }
}

/// Bytes as people read them, `00 00 08 03`.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    match bytes {
        [] => "nothing".to_owned(),
        _ => bytes
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<Vec<_>>()
            .join(" "),
    }
}
