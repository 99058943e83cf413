//! Images as the unit reads them.

use crate::simd::{Kernel, Vector};

/// Rounds an image to `bf16` and puts zeros around it.
pub(super) struct Rounded<'a> {
    /// `[height][width][channels]`, the channels in whole vectors.
    pub(super) image: &'a [f32],
    pub(super) sides: [usize; 2],
    pub(super) channels: usize,
    /// Rows above and below, and columns to the left and right.
    pub(super) border: [usize; 2],
    /// The same in cells of two channels; what is left at the end becomes zero.
    pub(super) cells: &'a mut [f32],
}

impl Kernel for Rounded<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let [height, width] = self.sides;
        let [above, beside] = self.border;
        let columns = width + 2 * beside;
        let pixel = self.channels / 2;
        let row = width * self.channels;
        assert!(self.image.len() == height * row && self.channels.is_multiple_of(V::LANES));
        assert!(self.cells.len() >= (height + 2 * above) * columns * pixel);
        let mut zeros_from = 0;
        for (y, numbers) in self.image.chunks_exact(row).enumerate() {
            let first = ((y + above) * columns + beside) * pixel;
            self.cells[zeros_from..first].fill(0.0);
            zeros_from = first + width * pixel;
            let cells = &mut self.cells[first..zeros_from];
            // SAFETY: a row has whole vectors, and half as many cells as numbers.
            unsafe {
                let halves = cells.as_mut_ptr().cast::<u16>();
                for place in (0..row).step_by(V::LANES) {
                    V::load(numbers.as_ptr().add(place)).store_bf16(halves.add(place));
                }
            }
        }
        self.cells[zeros_from..].fill(0.0);
    }
}
