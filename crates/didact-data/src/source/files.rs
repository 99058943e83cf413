//! Reading files and listing folders, with the path in every error.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use crate::error::DataError;

/// No array file may unpack to more: a larger set belongs in image files or Parquet. In bytes.
const MOST_UNPACKED: u64 = 4 << 30;

/// Refuses pipes and devices: data are read more than once, and waiting for a pipe that nobody fills would never end.
pub(crate) fn check_regular(path: &Path) -> Result<(), DataError> {
    let found = fs::metadata(path).map_err(|source| DataError::Read {
        path: path.to_owned(),
        source,
    })?;
    if found.is_file() || found.is_dir() {
        Ok(())
    } else {
        Err(DataError::NotAFile {
            path: path.to_owned(),
        })
    }
}

/// Everything in a file, unpacked if it is gzipped.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, DataError> {
    let bytes = fs::read(path).map_err(|source| DataError::Read {
        path: path.to_owned(),
        source,
    })?;
    unpacked(bytes, path)
}

/// Unpacks bytes that are gzipped and returns others as they are.
pub(crate) fn unpacked(bytes: Vec<u8>, path: &Path) -> Result<Vec<u8>, DataError> {
    if is_gzip(&bytes) {
        read_limited(&mut MultiGzDecoder::new(bytes.as_slice()), path)
    } else {
        Ok(bytes)
    }
}

/// Reads a packed stream to its end, or to the limit, so that no small file takes the memory of the machine.
pub(crate) fn read_limited(packed: &mut dyn Read, path: &Path) -> Result<Vec<u8>, DataError> {
    let mut bytes = Vec::new();
    packed
        .take(MOST_UNPACKED)
        .read_to_end(&mut bytes)
        .map_err(|error| malformed(path, format!("unpacking: {error}")))?;
    if bytes.len() as u64 == MOST_UNPACKED {
        return Err(malformed(
            path,
            format!("it unpacks to more than {MOST_UNPACKED} bytes"),
        ));
    }
    Ok(bytes)
}

/// The first bytes of a file, unpacked if it is gzipped; fewer if it is shorter or broken.
pub(crate) fn peek(path: &Path, count: u64) -> Result<Vec<u8>, DataError> {
    let read = |source| DataError::Read {
        path: path.to_owned(),
        source,
    };
    let start = |bytes: &mut dyn Read| {
        let mut start = Vec::new();
        let result = bytes.take(count).read_to_end(&mut start);
        result.map(|_| start)
    };
    let plain = start(&mut fs::File::open(path).map_err(read)?).map_err(read)?;
    if !is_gzip(&plain) {
        return Ok(plain);
    }
    let file = fs::File::open(path).map_err(read)?;
    Ok(start(&mut MultiGzDecoder::new(io::BufReader::new(file))).unwrap_or(plain))
}

fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// An error about the inside of a file.
pub(crate) fn malformed(path: &Path, reason: impl Into<String>) -> DataError {
    DataError::Malformed {
        path: path.to_owned(),
        reason: reason.into(),
    }
}

/// What a folder holds, hidden entries left out, sorted by name byte by byte.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) folders: Vec<PathBuf>,
}

impl Listing {
    pub(crate) fn of(folder: &Path) -> Result<Self, DataError> {
        let read = |source| DataError::Read {
            path: folder.to_owned(),
            source,
        };
        let mut listing = Self::default();
        for entry in fs::read_dir(folder).map_err(read)? {
            let path = entry.map_err(read)?.path();
            if name(&path).starts_with('.') {
                continue;
            }
            // Through links, so that a folder of links to images works; a broken link is a file that cannot be read.
            match fs::metadata(&path) {
                Ok(found) if found.is_dir() => listing.folders.push(path),
                Ok(found) if !found.is_file() => {}
                _ => listing.files.push(path),
            }
        }
        listing.files.sort_by(|left, right| {
            left.as_os_str()
                .as_encoded_bytes()
                .cmp(right.as_os_str().as_encoded_bytes())
        });
        listing.folders.sort_by(|left, right| {
            left.as_os_str()
                .as_encoded_bytes()
                .cmp(right.as_os_str().as_encoded_bytes())
        });
        Ok(listing)
    }

    pub(crate) fn has_images(&self) -> bool {
        self.files.iter().any(|file| is_image(file))
    }
}

/// The last part of a path.
pub(crate) fn name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Whether a file is called like an image. One that is none is then a bad item instead of being overlooked.
pub(crate) fn is_image(path: &Path) -> bool {
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| ["png", "jpg", "jpeg", "webp", "gif"].contains(&extension.as_str()))
}

/// The image files in a folder and its subfolders.
#[derive(Debug)]
pub(crate) struct ImageFiles {
    /// Paths relative to the folder, sorted byte by byte.
    pub(crate) ids: Vec<String>,
    pub(crate) files: Vec<PathBuf>,
    /// How many other files there are, by extension such as `.txt`; empty for none.
    pub(crate) ignored: BTreeMap<String, usize>,
}

/// Every image file in a folder and its subfolders. Links are followed, but not back into a folder that they stand
/// in, so that a circle of links ends.
pub(crate) fn images_below(root: &Path) -> Result<ImageFiles, DataError> {
    let (mut found, mut ignored) = (Vec::new(), BTreeMap::new());
    let mut open = vec![(root.to_owned(), Vec::new())];
    while let Some((folder, mut above)) = open.pop() {
        let place = folder.canonicalize();
        let place = place.map_err(|source| DataError::Read {
            path: folder.clone(),
            source,
        })?;
        if above.contains(&place) {
            continue;
        }
        above.push(place);
        let listing = Listing::of(&folder)?;
        let (images, others): (Vec<_>, Vec<_>) = listing.files.into_iter().partition(|file| is_image(file));
        found.extend(images);
        for file in others {
            *ignored.entry(dotted_extension(&file)).or_insert(0) += 1;
        }
        open.extend(listing.folders.into_iter().map(|folder| (folder, above.clone())));
    }
    let mut named: Vec<(String, PathBuf)> = found
        .into_iter()
        .map(|file| (relative(root, &file), file))
        .collect();
    named.sort();
    let (ids, files) = named.into_iter().unzip();
    Ok(ImageFiles { ids, files, ignored })
}

fn dotted_extension(file: &Path) -> String {
    let extension = file.extension();
    extension.map_or_else(String::new, |extension| {
        format!(".{}", extension.to_string_lossy().to_lowercase())
    })
}

fn relative(root: &Path, file: &Path) -> String {
    let path = file.strip_prefix(root).unwrap_or(file);
    path.components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}
