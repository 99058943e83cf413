//! Other sizes become the one size.

use image::imageops::{self, FilterType};
use image::{ImageBuffer, Luma, Pixel, Rgb};

use crate::shape::ImageSize;

/// Stretches an image to `(width, height)` with the Lanczos filter of radius 3, which is widened when the image
/// shrinks, so that fine patterns blur instead of flickering (antialiasing). The aspect ratio is not kept.
pub(crate) fn resize<P>(
    image: ImageBuffer<P, Vec<u8>>,
    (width, height): (u32, u32),
) -> ImageBuffer<P, Vec<u8>>
where
    P: Pixel<Subpixel = u8> + 'static,
{
    if image.dimensions() == (width, height) {
        return image;
    }
    imageops::resize(&image, width, height, FilterType::Lanczos3)
}

/// Fits `[channels, height, width]` bytes to another shape. Grey becomes colour by repetition, colour becomes grey by
/// the weights of BT.709, as the decoders do it.
pub(crate) fn fit_planes(planes: &[u8], from: ImageSize, to: ImageSize) -> Vec<u8> {
    let area = from.height * from.width;
    let recoloured: Vec<u8> = match (from.channels, to.channels) {
        (1, 3) => planes.repeat(3),
        (3, 1) => (0..area)
            .map(|pixel| luma([0, 1, 2].map(|channel| planes[channel * area + pixel])))
            .collect(),
        _ => planes.to_vec(),
    };
    let (width, height) = (from.width as u32, from.height as u32);
    let grey = |plane: &[u8]| ImageBuffer::<Luma<u8>, _>::from_raw(width, height, plane.to_vec());
    let resized = |plane| resize(plane, (to.width as u32, to.height as u32)).into_raw();
    recoloured
        .chunks_exact(area)
        .filter_map(grey)
        .flat_map(resized)
        .collect()
}

fn luma(colour: [u8; 3]) -> u8 {
    Rgb(colour).to_luma().0[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(channels: usize, height: usize, width: usize) -> ImageSize {
        ImageSize {
            channels,
            height,
            width,
        }
    }

    #[test]
    fn grey_is_repeated_and_colour_is_weighted() {
        assert_eq!(
            fit_planes(&[5, 6], size(1, 1, 2), size(3, 1, 2)),
            [5, 6, 5, 6, 5, 6]
        );
        assert_eq!(fit_planes(&[255, 0, 0], size(3, 1, 1), size(1, 1, 1)), [54]);
    }

    #[test]
    fn a_flat_image_stays_flat() {
        assert_eq!(fit_planes(&[7; 6], size(1, 3, 2), size(1, 4, 4)), [7; 16]);
    }

    #[test]
    fn a_checkerboard_shrinks_to_grey_instead_of_flickering() {
        let board: Vec<u8> = (0..32 * 32)
            .map(|at| if (at / 32 + at % 32) % 2 == 0 { 0 } else { 255 })
            .collect();
        let small = fit_planes(&board, size(1, 32, 32), size(1, 4, 4));
        assert!(small.iter().all(|value| (118..=137).contains(value)), "{small:?}");
    }
}
