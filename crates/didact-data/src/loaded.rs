//! Values of the rows that can be used, whatever kind they are.

use std::collections::BTreeMap;

use crate::dataset::Values;
use crate::draft::{Counting, DraftValues, Fault};
use crate::error::DataError;
use crate::features::{FeatureRows, load_features};
use crate::pixels::{LoadedPixels, PixelRequest, load_images, load_planes};
use crate::shape::SampleShape;

/// The values of the rows that can be used, and what is wrong with the others.
pub(crate) struct Loaded {
    pub(crate) values: Values,
    pub(crate) shape: SampleShape,
    pub(crate) rows: Vec<u32>,
    pub(crate) hashes: Vec<u64>,
    pub(crate) image_sizes: BTreeMap<(u32, u32), usize>,
    pub(crate) faults: Vec<Fault>,
}

impl Loaded {
    /// Loads some rows; `file` and `counting` tell where features stand.
    pub(crate) fn load(
        values: DraftValues,
        rows: &[u32],
        file: std::path::PathBuf,
        counting: Counting,
        request: PixelRequest<'_>,
    ) -> Result<Self, DataError> {
        Ok(match values {
            DraftValues::Images(origin) => load_images(origin, rows, request)?.into(),
            DraftValues::Pixels { bytes, size } => load_planes(bytes, size, rows, request).into(),
            DraftValues::Features { values, columns } => {
                let places = FeatureRows {
                    columns,
                    file,
                    counting,
                };
                load_features(&values, &places, rows)
            }
        })
    }
}

impl From<LoadedPixels> for Loaded {
    fn from(pixels: LoadedPixels) -> Self {
        Self {
            values: Values::Pixels(pixels.store),
            shape: pixels.size.shape(),
            rows: pixels.rows,
            hashes: pixels.hashes,
            image_sizes: pixels.sizes,
            faults: pixels.faults,
        }
    }
}
