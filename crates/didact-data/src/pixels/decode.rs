//! One image file to planes of bytes, within limits.
//!
//! 16-bit and palette images become 8-bit, CMYK becomes RGB, alpha is dropped (not blended), of a GIF the first
//! frame is taken, and an orientation written by a camera is not applied.

use std::panic::{AssertUnwindSafe, catch_unwind};

use image::{ColorType, DynamicImage, ImageDecoder, ImageReader, Limits};

use crate::bad_item::BadReason;
use crate::pixels::origin::ImageBytes;
use crate::pixels::resize::resize;
use crate::shape::ImageSize;

/// No side may be longer, in pixels.
const LONGEST_SIDE: u32 = 16_384;
/// No image may have more pixels: 67 million, beyond the cameras of 2026 that people label pictures with.
const MOST_PIXELS: u64 = 1 << 26;
/// What one decoder may allocate, in bytes: the largest image at 8 bytes a pixel.
const MOST_MEMORY: u64 = 512 << 20;

/// What an image says about itself before it is decoded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Header {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// 1 for grey, 3 for colour.
    pub(crate) channels: usize,
}

/// Reads the header only, so that an image of 60,000 x 60,000 is refused at once.
pub(crate) fn read_header(bytes: &mut dyn ImageBytes) -> Result<Header, BadReason> {
    guarded(|| header(&open(bytes)?))
}

/// Decodes an image to `[channels, height, width]` bytes of the given size.
pub(crate) fn decode_image(bytes: &mut dyn ImageBytes, size: ImageSize) -> Result<Vec<u8>, BadReason> {
    guarded(|| {
        let decoder = open(bytes)?;
        header(&decoder)?;
        let image = DynamicImage::from_decoder(decoder).map_err(|error| unreadable(&error))?;
        Ok(planes(&image, size))
    })
}

/// Runs a decoder; one that panics on broken bytes has found a bad item, not ended the program.
fn guarded<T>(work: impl FnOnce() -> Result<T, BadReason>) -> Result<T, BadReason> {
    let panicked = |_| {
        Err(BadReason::UnreadableImage {
            message: "its decoder gave up".to_owned(),
        })
    };
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(panicked)
}

fn open(bytes: &mut dyn ImageBytes) -> Result<impl ImageDecoder + '_, BadReason> {
    let mut reader = ImageReader::new(bytes)
        .with_guessed_format()
        .map_err(|error| unreadable(&error))?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    reader.into_decoder().map_err(|error| unreadable(&error))
}

fn header(decoder: &impl ImageDecoder) -> Result<Header, BadReason> {
    let (width, height) = decoder.dimensions();
    if width.max(height) > LONGEST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(BadReason::ImageTooLarge { width, height });
    }
    if width == 0 || height == 0 {
        return Err(BadReason::UnreadableImage {
            message: "it has no pixels".to_owned(),
        });
    }
    let channels = match decoder.color_type() {
        ColorType::L8 | ColorType::La8 | ColorType::L16 | ColorType::La16 => 1,
        _ => 3,
    };
    Ok(Header {
        width,
        height,
        channels,
    })
}

fn unreadable(error: &dyn std::error::Error) -> BadReason {
    // Some decoders write several lines; the first says it all.
    let message = error.to_string();
    BadReason::UnreadableImage {
        message: message.lines().next().unwrap_or_default().to_owned(),
    }
}

fn planes(image: &DynamicImage, size: ImageSize) -> Vec<u8> {
    let side = (size.width as u32, size.height as u32);
    if size.channels == 1 {
        resize(image.to_luma8(), side).into_raw()
    } else {
        interleaved_to_planes(resize(image.to_rgb8(), side).as_raw(), size.channels)
    }
}

/// `[height, width, channels]` to `[channels, height, width]`.
pub(crate) fn interleaved_to_planes(pixels: &[u8], channels: usize) -> Vec<u8> {
    (0..channels)
        .flat_map(|channel| pixels.iter().skip(channel).step_by(channels).copied())
        .collect()
}

/// `[channels, height, width]` to `[height, width, channels]`.
pub(crate) fn planes_to_interleaved(planes: &[u8], channels: usize) -> Vec<u8> {
    let area = planes.len() / channels.max(1);
    (0..area)
        .flat_map(|pixel| (0..channels).map(move |channel| planes[channel * area + pixel]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::ImageFormat;
    use std::io::Cursor;

    fn encoded(image: &DynamicImage, format: ImageFormat) -> Cursor<Vec<u8>> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        Cursor::new(bytes.into_inner())
    }

    #[test]
    fn planes_and_interleaved_pixels_are_each_others_inverse() {
        let pixels = [1, 2, 3, 4, 5, 6];
        assert_eq!(interleaved_to_planes(&pixels, 3), [1, 4, 2, 5, 3, 6]);
        assert_eq!(planes_to_interleaved(&[1, 4, 2, 5, 3, 6], 3), pixels);
    }

    #[test]
    fn every_lossless_format_gives_its_pixels_and_alpha_is_dropped() {
        let image = DynamicImage::ImageRgba8(
            image::RgbaImage::from_raw(2, 1, vec![10, 20, 30, 255, 40, 50, 60, 0]).unwrap(),
        );
        let size = ImageSize {
            channels: 3,
            height: 1,
            width: 2,
        };
        let rgb = DynamicImage::ImageRgb8(image.to_rgb8());
        for mut bytes in [
            encoded(&image, ImageFormat::Png),
            encoded(&rgb, ImageFormat::Png),
            encoded(&rgb, ImageFormat::WebP),
            encoded(&rgb, ImageFormat::Gif),
        ] {
            assert_eq!(decode_image(&mut bytes, size), Ok(vec![10, 40, 20, 50, 30, 60]));
        }
    }

    #[test]
    fn sixteen_bit_grey_becomes_eight_bit_grey() {
        let image = DynamicImage::ImageLuma16(image::ImageBuffer::from_raw(1, 1, vec![0x8080]).unwrap());
        let mut bytes = encoded(&image, ImageFormat::Png);
        assert_eq!(read_header(&mut bytes).unwrap().channels, 1);
        bytes.set_position(0);
        let size = ImageSize {
            channels: 1,
            height: 1,
            width: 1,
        };
        assert_eq!(decode_image(&mut bytes, size), Ok(vec![0x80]));
    }
}
