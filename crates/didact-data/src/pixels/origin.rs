//! Where encoded images lie, and how to walk over them with all cores.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::bad_item::Place;
use crate::error::DataError;
use crate::source::parquet::ParquetImages;

/// The bytes of one encoded image.
pub(crate) trait ImageBytes: BufRead + Seek {}

impl<T: BufRead + Seek> ImageBytes for T {}

/// Encoded images by row.
#[derive(Debug)]
pub(crate) enum ImageOrigin {
    /// One file an image.
    Files(Vec<PathBuf>),
    /// A column of Parquet files.
    Parquet(ParquetImages),
}

/// Rows worked on at once: enough to keep every core busy, few enough that their pixels do not count.
const BLOCK: usize = 512;

impl ImageOrigin {
    /// The file a row lies in, for messages.
    pub(crate) fn file(&self, row: usize) -> PathBuf {
        match self {
            Self::Files(files) => files[row].clone(),
            Self::Parquet(images) => images.place(row).0,
        }
    }

    /// The place in that file, for messages.
    pub(crate) fn place(&self, row: usize) -> Option<Place> {
        match self {
            Self::Files(_) => None,
            Self::Parquet(images) => Some(Place::Row(images.place(row).1 as u64)),
        }
    }

    /// Opens one image.
    pub(crate) fn with_bytes<T>(
        &self,
        row: usize,
        work: impl FnOnce(&mut dyn ImageBytes) -> T,
    ) -> Result<T, DataError> {
        match self {
            Self::Files(files) => open_file(&files[row], work),
            Self::Parquet(images) => images.with_bytes(row, work),
        }
    }

    /// Does `work` on every image of `rows` (ascending) with all cores, and hands the results to `take` in order.
    pub(crate) fn for_each<T: Send>(
        &self,
        rows: &[u32],
        work: impl Fn(&mut dyn ImageBytes) -> T + Sync,
        mut take: impl FnMut(usize, Result<T, DataError>),
    ) -> Result<(), DataError> {
        let files = match self {
            Self::Files(files) => files,
            Self::Parquet(images) => return images.for_each(rows, work, take),
        };
        for block in rows.chunks(BLOCK) {
            let results: Vec<_> = block
                .par_iter()
                .map(|row| open_file(&files[*row as usize], &work))
                .collect();
            block
                .iter()
                .zip(results)
                .for_each(|(row, result)| take(*row as usize, result));
        }
        Ok(())
    }
}

fn open_file<T>(path: &Path, work: impl FnOnce(&mut dyn ImageBytes) -> T) -> Result<T, DataError> {
    let file = File::open(path).map_err(|source| DataError::Read {
        path: path.to_owned(),
        source,
    })?;
    Ok(work(&mut BufReader::new(file)))
}
