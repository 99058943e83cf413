//! The parts of a block.

use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

/// A convolution of images, as `torch.nn.Conv2d`.
#[derive(Clone, Debug)]
pub struct Convolution {
    /// `[output channels, input channels, kernel height, kernel width]`.
    pub weight: Tensor<4>,
    /// `[output channels]`.
    pub bias: Option<Tensor<1>>,
    /// Pixels between two applications, at least 1.
    pub stride: usize,
    /// Zeros seen beyond each border.
    pub padding: usize,
    /// How numbers are multiplied.
    pub precision: Precision,
}

/// How numbers are multiplied; sums and everything else are `f32` always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// As they are.
    #[default]
    F32,
    /// On the processor, rounded to `bf16` in wide 3x3 convolutions of stride 1; where its vectors multiply `bf16` and it
    /// has no unit for matrices, in attention of at least 64 tokens of at least 64 numbers a head, and in linear layers and 1x1 convolutions
    /// with at least 64 channels on both sides; where it has such a unit, in attention, and in all convolutions of stride 1 whose channels are multiples of 16 (of 32 for kernels one pixel wide and
    /// linear layers). As they are elsewhere.
    Bf16,
}

/// A function of each value by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Activation {
    /// The value.
    #[default]
    Identity,
    /// The value, or zero if it is negative.
    Relu,
    /// `x sigmoid(x)`, also known as swish (Elfwing et al., 2017).
    Silu,
    /// `x Phi(x)` with the normal distribution function `Phi` (Hendrycks and Gimpel, 2016), by the error function.
    Gelu,
}

/// Batch normalisation (Ioffe and Szegedy, 2015) of each channel.
#[derive(Clone, Debug)]
pub struct Normalization {
    /// `[channels]`.
    pub scale: Tensor<1>,
    /// `[channels]`.
    pub shift: Tensor<1>,
    /// Added to the variance, `> 0`.
    pub epsilon: f64,
    /// What it normalises by.
    pub statistics: Statistics,
}

/// What a normalisation goes by.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "one is made a layer and pass")]
pub enum Statistics {
    /// Mean and variance of the batch, which [`Applied::batch_statistics`] tells.
    OfBatch,
    /// Those of earlier batches.
    Running {
        /// `[channels]`.
        mean: Tensor<1>,
        /// `[channels]`.
        variance: Tensor<1>,
    },
}

/// How an image becomes smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pooling {
    /// The largest value of every window of `size x size` pixels, `stride` apart; what is left at the end is dropped.
    Max {
        /// Side of a window in pixels.
        size: usize,
        /// Pixels from one window to the next.
        stride: usize,
    },
    /// The mean of every such window.
    Average {
        /// Side of a window in pixels.
        size: usize,
        /// Pixels from one window to the next.
        stride: usize,
    },
    /// The mean of the whole image, which leaves one pixel.
    GlobalAverage,
}

/// What else the input of a block is used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputUse {
    /// Nothing, or nothing known.
    #[default]
    Once,
    /// It is the residual of a block that follows this one and uses its output. Its gradient has come that way when
    /// this block's turn comes, and is added to in place: a pass over memory less. Changes no result. The
    /// block that follows must be one that the kernels cover (max pooling after a residual is not); the way back panics if
    /// the residual's gradient has not come.
    AlsoResidual,
}

/// What a block yields.
#[derive(Clone, Debug)]
pub struct Applied {
    /// `[batch_size, height', width', channels']`.
    pub output: Tensor<4>,
    /// Those of a block that normalises by its batch.
    pub batch_statistics: Option<BatchStatistics>,
}

/// Mean and variance of a batch, of each channel; outside any graph.
#[derive(Clone, Debug)]
pub struct BatchStatistics {
    /// `[channels]`.
    pub mean: Tensor<1>,
    /// `[channels]`, divided by the number of values.
    pub variance: Tensor<1>,
}
