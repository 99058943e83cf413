//! The shape of a convolution.

/// The sizes of a convolution of a batch of images, which lie as `[image][row][column][channel]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Number of images.
    pub images: usize,
    /// Height of an input image in pixels.
    pub height: usize,
    /// Width of an input image in pixels.
    pub width: usize,
    /// Channels of the input.
    pub inputs: usize,
    /// Channels of the output.
    pub outputs: usize,
    /// Height and width of the kernel in pixels.
    pub kernel: [usize; 2],
    /// Pixels between two applications of the kernel.
    pub stride: usize,
    /// Zeros seen beyond each border.
    pub padding: usize,
}

impl Shape {
    /// Whether such a convolution exists: nothing is empty, and the kernel fits into the padded image.
    pub fn is_sound(&self) -> bool {
        let sides = [self.images, self.height, self.width, self.inputs, self.outputs, self.stride];
        let [height, width] = self.kernel;
        sides.into_iter().chain(self.kernel).all(|side| side > 0)
            && height <= self.height + 2 * self.padding
            && width <= self.width + 2 * self.padding
    }

    /// Height of an output image.
    pub fn output_height(&self) -> usize {
        (self.height + 2 * self.padding - self.kernel[0]) / self.stride + 1
    }

    /// Width of an output image.
    pub fn output_width(&self) -> usize {
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
    pub fn input_len(&self) -> usize {
        self.images * self.input_image()
    }

    /// Numbers in the output.
    pub fn output_len(&self) -> usize {
        self.images * self.output_image()
    }

    /// Numbers in the weights, which lie as `[output][input][kernel row][kernel column]`.
    pub fn weight_len(&self) -> usize {
        self.outputs * self.inputs * self.kernel[0] * self.kernel[1]
    }

    /// Multiplications, each with an addition, that the definition of the convolution takes; zeros beyond the borders
    /// count. Each of the two gradients takes as many.
    pub fn multiply_adds(&self) -> u64 {
        let pixels = self.images * self.output_height() * self.output_width();
        pixels as u64 * (self.weight_len() as u64)
    }

    /// Whether it is a matrix product of pixels with weights: a linear layer, or a 1x1 convolution.
    pub(crate) fn is_pointwise(&self) -> bool {
        self.kernel == [1, 1] && self.stride == 1 && self.padding == 0
    }
}
