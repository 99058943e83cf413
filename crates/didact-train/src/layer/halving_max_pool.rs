//! Max pooling whose windows overlap.

use burn::tensor::Tensor;
use burn::tensor::module::max_pool2d;
use burn::tensor::ops::MaxPoolOptions;

/// Halves an image, rounded up: the largest value of windows of 3x3 pixels, 2 apart, as Keras'
/// `MaxPooling2D(3, 2, "same")`. Windows may stick out of the image, and see nothing there.
///
/// It is Burn's: the kernels have no windows that overlap.
///
/// # Shapes
///
/// - `input`: `[batch_size, height, width, channels]`, of at least 3x3 pixels
/// - output: `[batch_size, height / 2, width / 2, channels]`, rounded up
pub(crate) fn halving_max_pool(input: Tensor<4>) -> Tensor<4> {
    let [_, height, width, _] = input.dims();
    // What is missing to whole windows is one pixel behind an even side, and one at either end of an odd side.
    let options = MaxPoolOptions::new([3; 2])
        .with_stride([2; 2])
        .with_padding([height % 2, width % 2])
        .with_ceil_mode(true);
    max_pool2d(input.permute([0, 3, 1, 2]), options).permute([0, 2, 3, 1])
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;

    use super::*;
    use crate::network::host;

    fn pooled(image: &[f32], sides: [usize; 2]) -> ([usize; 4], Vec<f32>) {
        let image = Tensor::<1>::from_floats(image, &Device::flex());
        let pooled = halving_max_pool(image.reshape([1, sides[0], sides[1], 1]));
        (pooled.dims(), host(pooled))
    }

    #[test]
    fn even_sides_are_pooled_from_the_first_pixel_on() {
        let rising: Vec<f32> = (1..=16_u8).map(f32::from).collect();
        assert_eq!(
            pooled(&rising, [4, 4]),
            ([1, 2, 2, 1], vec![11.0, 12.0, 15.0, 16.0])
        );
    }

    #[test]
    fn odd_sides_are_pooled_around_every_other_pixel() {
        let rising: Vec<f32> = (1..=15_u8).map(f32::from).collect();
        let expected = vec![7.0, 9.0, 10.0, 12.0, 14.0, 15.0];
        assert_eq!(pooled(&rising, [3, 5]), ([1, 2, 3, 1], expected));
    }
}
