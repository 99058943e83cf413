//! The shape of a convolution.

/// The sizes of a convolution of a batch of images, which lie as `[image][row][column][channel]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Number of images.
    pub(crate) images: usize,
    /// Height of an input image in pixels.
    pub(crate) height: usize,
    /// Width of an input image in pixels.
    pub(crate) width: usize,
    /// Channels of the input.
    pub(crate) inputs: usize,
    /// Channels of the output.
    pub(crate) outputs: usize,
    /// Height and width of the kernel in pixels.
    pub(crate) kernel: [usize; 2],
    /// Pixels between two applications of the kernel.
    pub(crate) stride: usize,
    /// Zeros seen beyond each border.
    pub(crate) padding: usize,
}

/// Numbers that an address could tell apart, with room for transformed tiles beside them.
const MOST: f64 = 1e16;

impl Shape {
    /// Whether such a convolution exists: nothing is empty, the kernel fits into the padded image, and all sizes can be
    /// counted.
    pub(crate) fn is_sound(&self) -> bool {
        let sides = [
            self.images,
            self.height,
            self.width,
            self.inputs,
            self.outputs,
            self.stride,
        ];
        let [height, width] = self.kernel;
        let padded = |side: usize| side.checked_add(self.padding.checked_mul(2)?);
        let (Some(padded_height), Some(padded_width)) = (padded(self.height), padded(self.width)) else {
            return false;
        };
        let is_countable = |sides: &[usize]| sides.iter().map(|&side| side as f64).product::<f64>() < MOST;
        let channels = self.inputs.max(self.outputs);
        sides.into_iter().chain(self.kernel).all(|side| side > 0)
            && height <= padded_height
            && width <= padded_width
            && is_countable(&[self.images, padded_height, padded_width, channels])
            && is_countable(&[self.inputs, self.outputs, height, width])
    }

    /// Height of an output image.
    pub(crate) fn output_height(&self) -> usize {
        (self.height + 2 * self.padding - self.kernel[0]) / self.stride + 1
    }

    /// Width of an output image.
    pub(crate) fn output_width(&self) -> usize {
        (self.width + 2 * self.padding - self.kernel[1]) / self.stride + 1
    }

    /// Numbers in an input image.
    pub(crate) fn input_image(&self) -> usize {
        self.height * self.width * self.inputs
    }

    /// Numbers in an output image.
    pub(crate) fn output_image(&self) -> usize {
        self.output_height() * self.output_width() * self.outputs
    }

    /// Numbers in the input.
    pub(crate) fn input_len(&self) -> usize {
        self.images * self.input_image()
    }

    /// Numbers in the output.
    pub(crate) fn output_len(&self) -> usize {
        self.images * self.output_image()
    }

    /// Numbers in the weights, which lie as `[output][input][kernel row][kernel column]`.
    pub(crate) fn weight_len(&self) -> usize {
        self.outputs * self.inputs * self.kernel[0] * self.kernel[1]
    }

    /// Whether it is a matrix product of pixels with weights: a linear layer, or a 1x1 convolution.
    pub(crate) fn is_pointwise(&self) -> bool {
        self.kernel == [1, 1] && self.stride == 1 && self.padding == 0
    }
}
