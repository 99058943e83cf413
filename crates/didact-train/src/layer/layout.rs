//! How values lie: samples come flat, networks think in images whose channels are neighbours, and `PyTorch`'s linear
//! layers after an image expect it channel by channel.

use burn::tensor::Tensor;

/// Samples as images.
///
/// # Shapes
///
/// - `input`: `[batch_size, channels * height * width]`, channel by channel
/// - output: `[batch_size, height, width, channels]`
pub(crate) fn images(input: Tensor<2>, [channels, height, width]: [usize; 3]) -> Tensor<4> {
    let batch_size = input.dims()[0];
    input
        .reshape([batch_size, channels, height, width])
        .permute([0, 2, 3, 1])
}

/// Values as images of one pixel with as many channels.
///
/// # Shapes
///
/// - `input`: `[batch_size, values]`
/// - output: `[batch_size, 1, 1, values]`
pub(crate) fn pixels(input: Tensor<2>) -> Tensor<4> {
    let [batch_size, values] = input.dims();
    input.reshape([batch_size, 1, 1, values])
}

/// Images as values, in the order of `torch.nn.Flatten`.
///
/// # Shapes
///
/// - `input`: `[batch_size, height, width, channels]`
/// - output: `[batch_size, channels * height * width]`, channel by channel
pub(crate) fn flattened(input: Tensor<4>) -> Tensor<2> {
    let [batch_size, height, width, channels] = input.dims();
    let channels_first = if height * width == 1 {
        input
    } else {
        input.permute([0, 3, 1, 2])
    };
    channels_first.reshape([batch_size, channels * height * width])
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;

    use super::*;
    use crate::network::host;

    #[test]
    fn images_lie_pixel_by_pixel_and_flatten_to_what_they_were() {
        // Two channels of 1x3 pixels.
        let samples = Tensor::<2>::from_floats([[1.0, 2.0, 3.0, 10.0, 20.0, 30.0]], &Device::flex());
        let images = images(samples.clone(), [2, 1, 3]);
        assert_eq!(images.dims(), [1, 1, 3, 2]);
        assert_eq!(host(images.clone()), [1.0, 10.0, 2.0, 20.0, 3.0, 30.0]);
        assert_eq!(host(flattened(images)), host(samples.clone()));
        assert_eq!(host(flattened(pixels(samples.clone()))), host(samples));
    }
}
