//! Draws an image as it is seen through a map of places.

use super::bordered_image::{BorderedImage, CHANNELS};
use super::canvas::Canvas;
use super::planes::Planes;

/// Replaces the image: each pixel shows the place (row, column) of the image that `places` names for it, row by row.
pub(super) fn warp<P: Iterator<Item = [f32; 2]>>(
    planes: Planes,
    canvas: &mut Canvas,
    places: impl Fn(f32) -> P,
) {
    let several = CHANNELS * planes.area();
    canvas.redraw(|source, target, bordered| {
        for (from, to) in source.chunks(several).zip(target.chunks_mut(several)) {
            bordered.fill(planes, from);
            draw(planes, bordered, to, &places);
        }
    });
}

/// Draws the up to four channels of `source`.
fn draw<P: Iterator<Item = [f32; 2]>>(
    planes: Planes,
    source: &mut BorderedImage,
    target: &mut [f32],
    places: &impl Fn(f32) -> P,
) {
    for row in 0..planes.height {
        let colours = source.along(planes, places(row as f32));
        for (channel, plane) in target.chunks_exact_mut(planes.area()).enumerate() {
            let line = &mut plane[row * planes.width..][..planes.width];
            for (value, colour) in line.iter_mut().zip(colours) {
                *value = colour[channel];
            }
        }
    }
}
