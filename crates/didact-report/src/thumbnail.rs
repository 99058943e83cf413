//! Small pictures of samples.

use std::io::Cursor;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::{DynamicImage, GrayImage, ImageFormat, RgbImage};

use crate::error::ReportError;

/// Longer sides are shrunk to this, so that the page stays small.
const LONGEST_SIDE: u32 = 64;

/// A small picture of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thumbnail {
    /// Pixels in a row, at least 1.
    pub width: u32,
    /// Rows, at least 1.
    pub height: u32,
    /// 1 for grey, 3 for red, green and blue.
    pub channels: u32,
    /// The pixels, row by row, the channels of a pixel together: `[height, width, channels]`.
    pub pixels: Vec<u8>,
}

/// Where the pictures of samples come from.
///
/// ```
/// use didact_report::{Thumbnail, Thumbnails};
///
/// struct Grey;
///
/// impl Thumbnails for Grey {
///     fn thumbnail(&self, _id: &str) -> Option<Thumbnail> {
///         Some(Thumbnail { width: 1, height: 1, channels: 1, pixels: vec![128] })
///     }
/// }
/// assert!(Grey.thumbnail("7.png").is_some());
/// ```
pub trait Thumbnails {
    /// The picture of a sample, or nothing if it has none or the data is gone; the page then says so.
    fn thumbnail(&self, id: &str) -> Option<Thumbnail>;
}

/// No pictures at all: for features, or when the data is not at hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoThumbnails;

impl Thumbnails for NoThumbnails {
    fn thumbnail(&self, _id: &str) -> Option<Thumbnail> {
        None
    }
}

/// A thumbnail as the source of an `img` element: PNG in base 64.
pub(crate) fn image_source(id: &str, thumbnail: Thumbnail) -> Result<String, ReportError> {
    let picture = shrunk(picture(id, thumbnail)?);
    let mut png = Cursor::new(Vec::new());
    picture
        .write_to(&mut png, ImageFormat::Png)
        .map_err(|source| ReportError::Png {
            id: id.to_owned(),
            source,
        })?;
    Ok(format!(
        "data:image/png;base64,{}",
        STANDARD.encode(png.into_inner())
    ))
}

fn picture(id: &str, thumbnail: Thumbnail) -> Result<DynamicImage, ReportError> {
    let Thumbnail {
        width,
        height,
        channels,
        pixels,
    } = thumbnail;
    let found = pixels.len() as u64;
    let expected = u64::from(width) * u64::from(height) * u64::from(channels);
    let picture = match channels {
        _ if found != expected || found == 0 => None,
        1 => GrayImage::from_raw(width, height, pixels).map(DynamicImage::ImageLuma8),
        3 => RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8),
        _ => None,
    };
    picture.ok_or_else(|| ReportError::Thumbnail {
        id: id.to_owned(),
        expected,
        found,
    })
}

fn shrunk(picture: DynamicImage) -> DynamicImage {
    if picture.width().max(picture.height()) > LONGEST_SIDE {
        picture.thumbnail(LONGEST_SIDE, LONGEST_SIDE)
    } else {
        picture
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(source: &str) -> DynamicImage {
        let png = source.strip_prefix("data:image/png;base64,").unwrap();
        image::load_from_memory(&STANDARD.decode(png).unwrap()).unwrap()
    }

    #[test]
    fn a_small_picture_is_kept_to_the_pixel() {
        let pixels = vec![1, 2, 3, 250, 251, 252];
        let thumbnail = Thumbnail {
            width: 2,
            height: 1,
            channels: 3,
            pixels: pixels.clone(),
        };
        assert_eq!(
            decoded(&image_source("a", thumbnail).unwrap())
                .into_rgb8()
                .into_raw(),
            pixels
        );
    }

    #[test]
    fn a_large_picture_is_shrunk_and_keeps_its_shape() {
        let thumbnail = Thumbnail {
            width: 200,
            height: 100,
            channels: 1,
            pixels: vec![9; 20_000],
        };
        let picture = decoded(&image_source("a", thumbnail).unwrap());
        assert_eq!((picture.width(), picture.height()), (64, 32));
    }

    #[test]
    fn pixels_that_do_not_fit_are_an_error_with_the_sample() {
        for (channels, pixels) in [(3, vec![0; 5]), (2, vec![0; 4]), (1, vec![])] {
            let thumbnail = Thumbnail {
                width: 2,
                height: 1,
                channels,
                pixels,
            };
            let error = image_source("cat/1.png", thumbnail).unwrap_err();
            assert!(
                error.to_string().starts_with("thumbnail of cat/1.png: expected"),
                "{error}"
            );
        }
    }
}
