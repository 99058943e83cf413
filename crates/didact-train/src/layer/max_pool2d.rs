//! Max pooling.

use burn::tensor::Tensor;
use burn::tensor::module;
use burn::tensor::ops::MaxPoolOptions;

/// The largest value of every 2x2 tile; an odd last row or column is dropped, as by `torch.nn.MaxPool2d(2)`.
///
/// # Shapes
///
/// - `input`: `[batch_size, channels, height, width]`
/// - output: `[batch_size, channels, height / 2, width / 2]`, rounded down
pub(crate) fn max_pool2d(input: Tensor<4>) -> Tensor<4> {
    module::max_pool2d(input, MaxPoolOptions::new([2, 2]))
}
