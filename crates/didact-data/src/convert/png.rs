//! Pixels as PNG, with all cores.

use std::path::Path;

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use rayon::prelude::*;

use crate::dataset::Dataset;
use crate::error::DataError;
use crate::shape::SampleShape;

/// Images encoded at once: enough to keep every core busy, few enough that their bytes do not count.
const BLOCK: usize = 512;

/// Encodes every image and hands the results to `take` in order.
pub(crate) fn for_each_png(
    data: &Dataset,
    mut take: impl FnMut(usize, Vec<u8>) -> Result<(), DataError>,
) -> Result<(), DataError> {
    for start in (0..data.len()).step_by(BLOCK) {
        let block = start..data.len().min(start + BLOCK);
        let encoded: Vec<_> = block
            .clone()
            .into_par_iter()
            .map(|sample| encode(data, sample))
            .collect();
        for (sample, png) in block.zip(encoded) {
            take(sample, png?)?;
        }
    }
    Ok(())
}

fn encode(data: &Dataset, sample: usize) -> Result<Vec<u8>, DataError> {
    let not_images = || DataError::NotImages {
        path: data.path().to_owned(),
    };
    let SampleShape::Image {
        channels,
        height,
        width,
    } = data.shape()
    else {
        return Err(not_images());
    };
    let pixels = data.read_pixels(sample)?.ok_or_else(not_images)?;
    let colour = if channels == 1 {
        ExtendedColorType::L8
    } else {
        ExtendedColorType::Rgb8
    };
    let mut png = Vec::new();
    PngEncoder::new(&mut png)
        .write_image(&pixels, width as u32, height as u32, colour)
        .map_err(|error| write_error(Path::new(&data.ids()[sample]), std::io::Error::other(error)))?;
    Ok(png)
}

/// An error about writing a file.
pub(crate) fn write_error(path: &Path, source: std::io::Error) -> DataError {
    DataError::Write {
        path: path.to_owned(),
        source,
    }
}
