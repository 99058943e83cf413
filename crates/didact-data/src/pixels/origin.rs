//! Where encoded images lie, and how to walk over them with all cores.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek};
use std::path::PathBuf;

use rayon::prelude::*;

use crate::bad_item::Place;
use crate::error::DataError;

/// The bytes of one encoded image.
pub(crate) trait ImageBytes: BufRead + Seek {}

impl<T: BufRead + Seek> ImageBytes for T {}

/// Encoded images by row.
#[derive(Debug)]
pub(crate) enum ImageOrigin {
    /// One file an image.
    Files(Vec<PathBuf>),
}

/// Rows worked on at once: enough to keep every core busy, few enough that their pixels do not count.
const BLOCK: usize = 512;

impl ImageOrigin {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Files(files) => files.len(),
        }
    }

    /// The file a row lies in, for messages.
    pub(crate) fn file(&self, row: usize) -> PathBuf {
        match self {
            Self::Files(files) => files[row].clone(),
        }
    }

    /// The place in that file, for messages.
    pub(crate) fn place(&self, _row: usize) -> Option<Place> {
        match self {
            Self::Files(_) => None,
        }
    }

    /// Opens one image.
    pub(crate) fn with_bytes<T>(
        &self,
        row: usize,
        work: impl FnOnce(&mut dyn ImageBytes) -> T,
    ) -> Result<T, DataError> {
        match self {
            Self::Files(files) => {
                let read = |source| DataError::Read { path: files[row].clone(), source };
                Ok(work(&mut BufReader::new(File::open(&files[row]).map_err(read)?)))
            }
        }
    }

    /// Does `work` on every image of `rows` (ascending) with all cores, and hands the results to `take` in order.
    pub(crate) fn for_each<T: Send>(
        &self,
        rows: &[u32],
        work: impl Fn(&mut dyn ImageBytes) -> T + Sync,
        mut take: impl FnMut(usize, Result<T, DataError>),
    ) -> Result<(), DataError> {
        for block in rows.chunks(BLOCK) {
            let results: Vec<_> =
                block.par_iter().map(|row| self.with_bytes(*row as usize, |bytes| work(bytes))).collect();
            block.iter().zip(results).for_each(|(row, result)| take(*row as usize, result));
        }
        Ok(())
    }
}
