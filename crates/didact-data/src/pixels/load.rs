//! All images of a data set, checked, in one shape.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use crate::bad_item::{BadItem, BadReason};
use crate::draft::Fault;
use crate::error::DataError;
use crate::options::{MemoryBudget, OpenOptions, Strictness};
use crate::pixels::decode::{Header, decode_image, read_header};
use crate::pixels::origin::{ImageBytes, ImageOrigin};
use crate::pixels::resize::fit_planes;
use crate::pixels::store::PixelStore;
use crate::shape::{ImageSize, SampleShape};

/// What pixels are wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PixelRequest<'a> {
    /// The data, for messages.
    pub(crate) path: &'a Path,
    /// `(width, height)`, or the one size all images have.
    side: Option<(u32, u32)>,
    channels: Option<usize>,
    budget: MemoryBudget,
    strictness: Strictness,
}

impl<'a> PixelRequest<'a> {
    pub(crate) fn new(path: &'a Path, options: &OpenOptions) -> Self {
        let (side, channels) = match options.shape {
            Some(SampleShape::Image {
                channels,
                height,
                width,
            }) => (Some((width as u32, height as u32)), Some(channels)),
            _ => (options.image_size.map(|side| (side.get(), side.get())), None),
        };
        Self {
            path,
            side,
            channels,
            budget: options.memory_budget,
            strictness: options.strictness,
        }
    }
}

/// Pixels of the rows that can be used.
#[derive(Debug)]
pub(crate) struct LoadedPixels {
    pub(crate) store: PixelStore,
    pub(crate) size: ImageSize,
    /// The rows in the store, ascending.
    pub(crate) rows: Vec<u32>,
    /// A hash of the pixels of each of them.
    pub(crate) hashes: Vec<u64>,
    pub(crate) faults: Vec<Fault>,
    /// How many images had which width and height before resizing.
    pub(crate) sizes: BTreeMap<(u32, u32), usize>,
}

/// Decodes every image of `rows` once: to see that it can be, to hash it, and to keep it while the budget lasts.
pub(crate) fn load_images(
    origin: ImageOrigin,
    rows: &[u32],
    request: PixelRequest<'_>,
) -> Result<LoadedPixels, DataError> {
    let mut faults = Vec::new();
    let headers = read_headers(&origin, rows, &mut faults)?;
    let size = common_size(&headers, request)?;
    let readable: Vec<u32> = headers.iter().map(|(row, _)| *row).collect();
    let decode =
        |bytes: &mut dyn ImageBytes| decode_image(bytes, size).map(|pixels| (xxh3_64(&pixels), pixels));
    let mut kept = PixelStore::with_room(size, readable.len(), request.budget);
    let (mut rows, mut hashes) = (Vec::new(), Vec::new());
    origin.for_each(&readable, decode, |row, result| {
        match judged(&origin, row, result) {
            Ok((hash, pixels)) => {
                kept.push(&pixels);
                hashes.push(hash);
                rows.push(row as u32);
            }
            Err(item) => faults.push(Fault { row: Some(row), item }),
        }
    })?;
    let store = kept.backed_by(origin, &rows);
    Ok(LoadedPixels {
        store,
        size,
        rows,
        hashes,
        faults,
        sizes: count_sizes(&headers),
    })
}

/// Takes `rows` out of one array of pixels `[row, channels, height, width]` and fits them to the size wanted.
pub(crate) fn load_planes(
    bytes: Vec<u8>,
    from: ImageSize,
    rows: &[u32],
    request: PixelRequest<'_>,
) -> LoadedPixels {
    let (width, height) = request.side.map_or((from.width, from.height), |(width, height)| {
        (width as usize, height as usize)
    });
    let size = ImageSize {
        channels: request.channels.unwrap_or(from.channels),
        height,
        width,
    };
    let kept = if size == from {
        picked(bytes, from.len(), rows)
    } else {
        fitted(&bytes, from, rows, size)
    };
    let hashes = kept.par_chunks_exact(size.len()).map(xxh3_64).collect();
    let sizes = BTreeMap::from([((from.width as u32, from.height as u32), rows.len())]);
    let store = PixelStore::whole(kept, size);
    LoadedPixels {
        store,
        size,
        rows: rows.to_vec(),
        hashes,
        faults: Vec::new(),
        sizes,
    }
}

fn picked(mut bytes: Vec<u8>, stride: usize, rows: &[u32]) -> Vec<u8> {
    for (position, row) in rows.iter().enumerate() {
        let start = *row as usize * stride;
        bytes.copy_within(start..start + stride, position * stride);
    }
    bytes.truncate(rows.len() * stride);
    bytes.shrink_to_fit();
    bytes
}

fn fitted(bytes: &[u8], from: ImageSize, rows: &[u32], to: ImageSize) -> Vec<u8> {
    let stride = from.len();
    let image = |row: &u32| fit_planes(&bytes[*row as usize * stride..][..stride], from, to);
    // Collected an image at a time: flattening in parallel would keep many small lists.
    let images: Vec<Vec<u8>> = rows.par_iter().map(image).collect();
    images.concat()
}

fn read_headers(
    origin: &ImageOrigin,
    rows: &[u32],
    faults: &mut Vec<Fault>,
) -> Result<Vec<(u32, Header)>, DataError> {
    let mut headers = Vec::with_capacity(rows.len());
    origin.for_each(rows, read_header, |row, result| {
        match judged(origin, row, result) {
            Ok(header) => headers.push((row as u32, header)),
            Err(item) => faults.push(Fault { row: Some(row), item }),
        }
    })?;
    Ok(headers)
}

/// A file that cannot be opened is as bad an item as one that cannot be decoded.
fn judged<T>(
    origin: &ImageOrigin,
    row: usize,
    result: Result<Result<T, BadReason>, DataError>,
) -> Result<T, BadItem> {
    let reason = match result {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(reason)) => reason,
        Err(DataError::Read { source, .. }) => BadReason::UnreadableImage {
            message: source.to_string(),
        },
        Err(error) => BadReason::UnreadableImage {
            message: error.to_string(),
        },
    };
    Err(BadItem {
        file: origin.file(row).display().to_string(),
        place: origin.place(row),
        reason,
    })
}

fn common_size(headers: &[(u32, Header)], request: PixelRequest<'_>) -> Result<ImageSize, DataError> {
    let sides = || headers.iter().map(|(_, header)| (header.width, header.height));
    let area = |side: &(u32, u32)| u64::from(side.0) * u64::from(side.1);
    let smallest = sides().min_by_key(area).unwrap_or((1, 1));
    let largest = sides().max_by_key(area).unwrap_or((1, 1));
    let (width, height) = match request.side {
        Some(side) => side,
        None if request.strictness == Strictness::Inspect || sides().all(|side| side == smallest) => smallest,
        None => {
            return Err(DataError::ImageSizes {
                path: request.path.to_owned(),
                smallest,
                largest,
            });
        }
    };
    let found = headers.iter().map(|(_, header)| header.channels).max();
    let channels = request.channels.or(found).unwrap_or(1);
    Ok(ImageSize {
        channels,
        height: height as usize,
        width: width as usize,
    })
}

fn count_sizes(headers: &[(u32, Header)]) -> BTreeMap<(u32, u32), usize> {
    let mut sizes = BTreeMap::new();
    for (_, header) in headers {
        *sizes.entry((header.width, header.height)).or_insert(0) += 1;
    }
    sizes
}
