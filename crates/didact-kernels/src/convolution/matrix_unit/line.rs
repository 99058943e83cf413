//! Images in one line of pixels, in which what a kernel covers lies at the same distances everywhere.
//!
//! ```text
//!  two images of 2x3, padding 1: a row ends with a zero, and an image with a row of zeros, which border what comes next too
//!
//!   . . . .  . a b c  . d e f  . . . .  . g h i  . j k l  . . . .        what is seen
//!   ^ seen from the first pixel of an output through the first weight of a 3x3 kernel; through the others: 1, 2, 4, 5, 6,
//!     8, 9 and 10 further
//! ```

use super::super::shape::Shape;
use crate::simd::amx::SIDE;

/// Some images in a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    shape: Shape,
    images: usize,
    /// From one row to the next.
    row: usize,
}

impl Line {
    /// A line of so many images.
    pub(super) fn new(shape: Shape, images: usize) -> Self {
        let row = shape.width + shape.padding;
        Self { shape, images, row }
    }

    /// From one image to the next.
    fn image(&self) -> usize {
        (self.shape.height + self.shape.padding) * self.row
    }

    /// How much further a pixel is seen through a weight in this row and column of the kernel than through the first.
    pub(super) fn distance(&self, [row, column]: [usize; 2]) -> usize {
        row * self.row + column
    }

    /// Pixels that see, in whole blocks.
    pub(super) fn seeing(&self) -> usize {
        (self.images * self.image()).next_multiple_of(SIDE)
    }

    /// Pixels that are seen, in whole blocks.
    pub(super) fn seen(&self) -> usize {
        let farthest = self.distance(self.shape.kernel.map(|side| side - 1));
        (self.seeing() + farthest).next_multiple_of(SIDE)
    }

    /// The channels of every pixel that sees; `nothing` where no output lies.
    pub(super) fn outputs<'a>(&self, outputs: &'a [f32], nothing: &'a [f32]) -> Vec<&'a [f32]> {
        let mut pixels = vec![nothing; self.seeing()];
        let sides = [self.shape.output_height(), self.shape.output_width()];
        self.place(outputs.chunks_exact(self.shape.outputs), sides, 0, &mut pixels);
        pixels
    }

    /// The channels of every pixel that is seen; `nothing` in the padding.
    pub(super) fn inputs<'a>(&self, inputs: &'a [f32], nothing: &'a [f32]) -> Vec<&'a [f32]> {
        let mut pixels = vec![nothing; self.seen()];
        let first = self.distance([self.shape.padding; 2]);
        let sides = [self.shape.height, self.shape.width];
        self.place(inputs.chunks_exact(self.shape.inputs), sides, first, &mut pixels);
        pixels
    }

    /// Puts pixels into the line, beginning with `first`.
    fn place<'a>(
        &self,
        mut pixels: impl Iterator<Item = &'a [f32]>,
        [height, width]: [usize; 2],
        first: usize,
        line: &mut [&'a [f32]],
    ) {
        for (image, y) in (0..self.images).flat_map(|image| (0..height).map(move |y| (image, y))) {
            let row = &mut line[first + image * self.image() + y * self.row..][..width];
            row.iter_mut()
                .zip(pixels.by_ref())
                .for_each(|(place, pixel)| *place = pixel);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_output_sees_its_pixels_at_the_same_distances() {
        for (kernel, padding) in [([3, 3], 1), ([3, 3], 2), ([5, 2], 1), ([2, 2], 0), ([1, 1], 0)] {
            let shape = Shape {
                images: 3,
                height: 6,
                width: 5,
                inputs: 1,
                outputs: 1,
                kernel,
                stride: 1,
                padding,
            };
            let inputs: Vec<f32> = (1..=shape.input_len()).map(|number| number as f32).collect();
            let outputs: Vec<f32> = (1..=shape.output_len()).map(|number| number as f32).collect();
            let line = Line::new(shape, shape.images);
            let (seen, seeing) = (line.inputs(&inputs, &[0.0]), line.outputs(&outputs, &[0.0]));
            let [height, width] = [shape.output_height(), shape.output_width()];
            let mut count = 0;
            for (place, output) in seeing.iter().enumerate().filter(|(_, output)| output[0] > 0.0) {
                let index = output[0] as usize - 1;
                let (image, y, x) = (index / (height * width), index / width % height, index % width);
                for (row, column) in
                    (0..kernel[0]).flat_map(|row| (0..kernel[1]).map(move |column| (row, column)))
                {
                    let (y, x) = (
                        (y + row).wrapping_sub(padding),
                        (x + column).wrapping_sub(padding),
                    );
                    let expected = if y < shape.height && x < shape.width {
                        inputs[image * shape.input_image() + y * shape.width + x]
                    } else {
                        0.0
                    };
                    let found = seen[place + line.distance([row, column])][0];
                    assert_eq!(found.to_bits(), expected.to_bits(), "{shape:?}");
                }
                count += 1;
            }
            assert_eq!(count, outputs.len());
        }
    }
}
