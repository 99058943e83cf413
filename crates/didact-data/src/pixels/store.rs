//! Pixels in memory as far as the budget goes, and the files behind the rest.

use crate::bad_item::BadReason;
use crate::error::DataError;
use crate::options::MemoryBudget;
use crate::pixels::decode::decode_image;
use crate::pixels::origin::ImageOrigin;
use crate::shape::ImageSize;

/// The pixels of all samples, `[channels, height, width]` bytes each.
#[derive(Debug)]
pub(crate) struct PixelStore {
    size: ImageSize,
    /// The first samples, one after the other.
    kept: Vec<u8>,
    /// Where the samples come from whose pixels are not kept.
    rest: Option<Rest>,
}

#[derive(Debug)]
struct Rest {
    origin: ImageOrigin,
    /// The row in `origin` of each sample beyond the kept ones.
    rows: Vec<u32>,
}

impl PixelStore {
    /// A store that holds every sample.
    pub(crate) fn whole(kept: Vec<u8>, size: ImageSize) -> Self {
        Self {
            size,
            kept,
            rest: None,
        }
    }

    /// An empty store with room for as many of `samples` as the budget allows.
    pub(crate) fn with_room(size: ImageSize, samples: usize, budget: MemoryBudget) -> Self {
        let affordable = usize::try_from(budget.0 / size.len() as u64).unwrap_or(usize::MAX);
        Self {
            size,
            kept: Vec::with_capacity(samples.min(affordable) * size.len()),
            rest: None,
        }
    }

    /// Keeps a sample while there is room.
    pub(crate) fn push(&mut self, pixels: &[u8]) {
        if self.kept.len() + pixels.len() <= self.kept.capacity() {
            self.kept.extend_from_slice(pixels);
        }
    }

    /// The files that the samples pushed beyond the budget are read from again; `rows` are those of all samples.
    pub(crate) fn backed_by(mut self, origin: ImageOrigin, rows: &[u32]) -> Self {
        let kept = self.kept.len() / self.size.len();
        self.rest = (kept < rows.len()).then(|| Rest {
            origin,
            rows: rows[kept..].to_vec(),
        });
        self
    }

    /// How many samples are held in memory.
    pub(crate) fn kept(&self) -> usize {
        self.kept.len() / self.size.len()
    }

    /// Shows the pixels of one sample.
    pub(crate) fn with_pixels<T>(
        &self,
        row: usize,
        id: &str,
        show: impl FnOnce(&[u8]) -> T,
    ) -> Result<T, DataError> {
        let stride = self.size.len();
        if let Some(pixels) = self.kept.get(row * stride..(row + 1) * stride) {
            return Ok(show(pixels));
        }
        Ok(show(&self.reread(row, id)?))
    }

    fn reread(&self, row: usize, id: &str) -> Result<Vec<u8>, DataError> {
        let failed = |reason: BadReason| DataError::Reread {
            id: id.to_owned(),
            reason: reason.to_string(),
        };
        let beyond = row - self.kept();
        let (origin, row) = match &self.rest {
            Some(rest) if beyond < rest.rows.len() => (&rest.origin, rest.rows[beyond]),
            _ => {
                return Err(DataError::Mismatch {
                    what: "row",
                    expected: self.kept(),
                    found: row,
                });
            }
        };
        origin
            .with_bytes(row as usize, |bytes| decode_image(bytes, self.size))?
            .map_err(failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_decides_how_many_samples_are_kept() {
        let size = ImageSize {
            channels: 1,
            height: 1,
            width: 2,
        };
        let mut store = PixelStore::with_room(size, 3, MemoryBudget(5));
        for sample in [[1, 2], [3, 4], [5, 6]] {
            store.push(&sample);
        }
        assert_eq!(store.kept(), 2);
        assert_eq!(store.with_pixels(1, "1", <[u8]>::to_vec).unwrap(), [3, 4]);
        assert!(store.with_pixels(2, "2", <[u8]>::to_vec).is_err());
    }
}
