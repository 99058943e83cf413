//! Max pooling whose windows overlap.

mod kernels;

use burn::tensor::Tensor;
use burn::tensor::module::max_pool2d;
use burn::tensor::ops::MaxPoolOptions;
use rayon::prelude::*;

use crate::buffer::Buffer;
use crate::operation::{self, Operation, is_at_home};
use crate::simd::{InstructionSet, run};
use kernels::{Backward, Forward, Windows};

/// Halves an image, rounded up: the largest value of windows of 3x3 pixels, 2 apart, as Keras'
/// `MaxPooling2D(3, 2, "same")`. Windows may stick out of the image, and see nothing there.
///
/// # Shapes
///
/// - `input`: `[batch_size, height, width, channels]`, of at least 3x3 pixels
/// - output: `[batch_size, height / 2, width / 2, channels]`, rounded up
///
/// ```
/// use burn::tensor::{Device, Tensor};
///
/// let image = Tensor::<1>::from_floats([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], &Device::flex());
/// let pooled = didact_kernels::halving_max_pool(image.reshape([1, 3, 3, 1]));
/// assert_eq!(pooled.into_data().iter::<f32>().collect::<Vec<_>>(), [5.0, 6.0, 8.0, 9.0]);
/// ```
pub fn halving_max_pool(input: Tensor<4>) -> Tensor<4> {
    let [batch_size, height, width, channels] = input.dims();
    let windows = Windows {
        sides: [height, width],
        channels,
    };
    if !is_at_home(&input) || input.dims().contains(&0) {
        return halving_max_pool_stock(input);
    }
    let [rows, columns] = windows.pooled_sides();
    operation::apply_to_one(windows, [batch_size, rows, columns, channels], input)
}

/// The same by Burn's own operations, as on devices that the kernels do not know.
pub fn halving_max_pool_stock(input: Tensor<4>) -> Tensor<4> {
    let [_, height, width, _] = input.dims();
    // What is missing to whole windows is one pixel behind an even side, and one at either end of an odd side.
    let options = MaxPoolOptions::new([3; 2])
        .with_stride([2; 2])
        .with_padding([height % 2, width % 2])
        .with_ceil_mode(true);
    max_pool2d(input.permute([0, 3, 1, 2]), options).permute([0, 2, 3, 1])
}

impl Operation for Windows {
    fn forward(&self, [input, ..]: [&[f32]; 3]) -> Buffer {
        let set = InstructionSet::in_use();
        let mut output = Buffer::any(input.len() / self.image() * self.pooled());
        output
            .par_chunks_exact_mut(self.pooled())
            .zip(input.par_chunks_exact(self.image()))
            .for_each(|(output, image)| {
                let kernel = Forward {
                    windows: *self,
                    image,
                    output,
                };
                // SAFETY: the kernel checks its sizes.
                unsafe { run(set, kernel) };
            });
        output
    }

    fn is_read_backward(&self, operand: usize) -> bool {
        operand == 0
    }

    fn backward(&self, [input, ..]: [&[f32]; 3], output_gradient: Buffer) -> [Option<Buffer>; 3] {
        let set = InstructionSet::in_use();
        let mut gradient = Buffer::any(input.len());
        gradient
            .par_chunks_exact_mut(self.image())
            .zip(input.par_chunks_exact(self.image()))
            .zip(output_gradient.par_chunks_exact(self.pooled()))
            .for_each(|((gradient, image), output_gradient)| {
                let kernel = Backward {
                    windows: *self,
                    image,
                    output_gradient,
                    gradient,
                };
                // SAFETY: the kernel checks its sizes.
                unsafe { run(set, kernel) };
            });
        [Some(gradient), None, None]
    }
}
