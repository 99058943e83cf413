//! An image with zeros around it.

use crate::buffer::Buffer;

/// A window of an image, which may reach beyond its borders.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    /// First row, from the image's.
    pub(super) top: isize,
    /// First column, from the image's.
    pub(super) left: isize,
    pub(super) height: usize,
    pub(super) width: usize,
}

/// Copies a window of an image `[height, width, channels]`; what is beyond the border becomes zero.
pub(super) fn copy(image: &[f32], [height, width, channels]: [usize; 3], window: Window) -> Buffer {
    let mut copy = Buffer::any(window.height * window.width * channels);
    let (zeros_left, source_left) = split(window.left);
    let columns = window
        .width
        .saturating_sub(zeros_left)
        .min(width.saturating_sub(source_left));
    for (row, target) in copy.chunks_exact_mut(window.width * channels).enumerate() {
        let source_row = window.top + row.cast_signed();
        if source_row < 0 || source_row >= height.cast_signed() || columns == 0 {
            target.fill(0.0);
            continue;
        }
        let source = (source_row.cast_unsigned() * width + source_left) * channels;
        let (before, rest) = target.split_at_mut(zeros_left * channels);
        let (inside, after) = rest.split_at_mut(columns * channels);
        before.fill(0.0);
        inside.copy_from_slice(&image[source..source + columns * channels]);
        after.fill(0.0);
    }
    copy
}

/// A start before or within an image, as zeros to write and pixels to skip.
fn split(start: isize) -> (usize, usize) {
    (start.min(0).unsigned_abs(), start.max(0).unsigned_abs())
}
