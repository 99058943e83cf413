//! One convolution by itself, to be timed in each direction.

use std::time::{Duration, Instant};

use burn::tensor::{Device, Tensor, TensorData};
use didact_kernels::{Block, Convolution, Precision};

/// A convolution of square images by square kernels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConvolutionShape {
    /// Side of the input images in pixels.
    pub side: usize,
    /// Input channels.
    pub inputs: usize,
    /// Output channels.
    pub outputs: usize,
    /// Side of the kernel in pixels.
    pub kernel: usize,
    /// Pixels between two applications.
    pub stride: usize,
    /// Zeros seen beyond each border.
    pub padding: usize,
}

impl ConvolutionShape {
    /// Side of the output images in pixels.
    ///
    /// # Panics
    ///
    /// If the kernel is larger than the padded image.
    pub fn output_side(&self) -> usize {
        (self.side + 2 * self.padding - self.kernel) / self.stride + 1
    }

    /// Multiply-adds of one direction for one image; those with the padding's zeros count too.
    ///
    /// ```
    /// # use didact_train::ConvolutionShape;
    /// let shape = ConvolutionShape { side: 32, inputs: 3, outputs: 32, kernel: 3, stride: 1, padding: 0 };
    /// assert_eq!(shape.multiply_adds(), 30 * 30 * 32 * 3 * 3 * 3);
    /// ```
    pub fn multiply_adds(&self) -> u64 {
        let pixels = self.output_side().pow(2);
        (pixels * self.outputs * self.inputs * self.kernel.pow(2)) as u64
    }
}

/// A direction in which numbers flow through a convolution. All three take the same number of multiply-adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From input to output.
    Forward,
    /// From the gradient of the output to that of the input.
    DataGradient,
    /// From input and gradient of the output to the gradient of the weights.
    WeightGradient,
}

/// A convolution with numbers to work on.
#[derive(Debug)]
pub struct ConvolutionTrial {
    input: Tensor<4>,
    weight: Tensor<4>,
    shape: ConvolutionShape,
    precision: Precision,
}

impl ConvolutionTrial {
    /// Makes input and weights. `device` is one for training, as `DeviceChoice::open` gives.
    pub fn new(shape: ConvolutionShape, batch_size: usize, precision: Precision, device: &Device) -> Self {
        let ConvolutionShape {
            side,
            inputs,
            outputs,
            kernel,
            ..
        } = shape;
        Self {
            input: filled([batch_size, side, side, inputs], device),
            weight: filled([outputs, inputs, kernel, kernel], device),
            shape,
            precision,
        }
    }

    /// How long one pass in a direction takes. A gradient's time includes filling the output's gradient with ones.
    pub fn run(&self, direction: Direction) -> Duration {
        let (input, weight) = (self.input.clone(), self.weight.clone());
        match direction {
            Direction::Forward => {
                let (input, weight) = (input.inner(), weight.inner());
                let begun = Instant::now();
                let _output = self.apply(input, weight);
                begun.elapsed()
            }
            Direction::DataGradient => {
                let input = input.require_grad();
                backward(&input, &self.apply(input.clone(), weight))
            }
            Direction::WeightGradient => {
                let weight = weight.require_grad();
                backward(&weight, &self.apply(input, weight.clone()))
            }
        }
    }

    fn apply(&self, input: Tensor<4>, weight: Tensor<4>) -> Tensor<4> {
        let convolution = Convolution {
            weight,
            bias: None,
            stride: self.shape.stride,
            padding: self.shape.padding,
            precision: self.precision,
        };
        let block = Block {
            convolution: Some(convolution),
            ..Block::default()
        };
        block.apply(input).output
    }
}

fn backward(leaf: &Tensor<4>, output: &Tensor<4>) -> Duration {
    let begun = Instant::now();
    let gradients = output.backward();
    let _gradient = leaf.grad(&gradients);
    begun.elapsed()
}

/// Numbers in `[-1, 1]`. Which ones does not matter to the time, as long as they are neither all zero nor subnormal.
fn filled(shape: [usize; 4], device: &Device) -> Tensor<4> {
    let values =
        (0..shape.iter().product()).map(|position: usize| (position * 7919 % 251) as f32 / 125.0 - 1.0);
    Tensor::from_data(TensorData::new(values.collect::<Vec<_>>(), shape), device)
}
