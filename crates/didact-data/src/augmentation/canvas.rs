//! Where an image is changed, held by one worker for all its images.

use super::bordered_image::BorderedImage;

/// An image, and room for what becomes of it. Small enough to stay in the processor's nearest cache.
#[derive(Debug)]
pub(crate) struct Canvas {
    image: Vec<f32>,
    next: Vec<f32>,
    bordered: BorderedImage,
}

impl Canvas {
    /// Room for images of so many numbers.
    pub(crate) fn new(length: usize) -> Self {
        Self {
            image: vec![0.0; length],
            next: vec![0.0; length],
            bordered: BorderedImage::default(),
        }
    }

    /// The image as it is now.
    pub(crate) fn image(&self) -> &[f32] {
        &self.image
    }

    /// The image, to be written or changed where it lies.
    pub(crate) fn image_mut(&mut self) -> &mut [f32] {
        &mut self.image
    }

    /// Replaces the image by what `draw` makes of it: from the first slice to the second, which holds anything.
    pub(super) fn redraw(&mut self, draw: impl FnOnce(&[f32], &mut [f32], &mut BorderedImage)) {
        draw(&self.image, &mut self.next, &mut self.bordered);
        std::mem::swap(&mut self.image, &mut self.next);
    }
}
