//! What a block computes, apart from the numbers.

use std::sync::{Arc, Mutex};

use super::{Activation, InputUse, Pooling, Precision};
use crate::convolution::Shape;
use crate::tail::{AveragePool, Functions, MaxPool, Moments};

/// A block without its tensors.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) convolution: Option<ConvolutionPlan>,
    pub(crate) functions: Functions,
    pub(crate) normalization: Option<NormalizationPlan>,
    pub(crate) residual: Residual,
    pub(crate) pooling: Option<Pooling>,
    pub(crate) input_use: InputUse,
    /// Images, height, width and channels after the convolution.
    pub(crate) middle: [usize; 4],
}

/// A convolution without its weights.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConvolutionPlan {
    pub(crate) shape: Shape,
    pub(crate) bias: Bias,
    pub(crate) precision: Precision,
}

/// Whether a convolution has a bias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bias {
    Present,
    Absent,
}

/// Whether a residual is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Residual {
    Present,
    Absent,
}

/// What a normalisation goes by.
#[derive(Clone, Debug)]
pub(crate) struct NormalizationPlan {
    pub(crate) epsilon: f64,
    pub(crate) moments: MomentsOf,
}

/// Whose moments they are.
#[derive(Clone, Debug)]
pub(crate) enum MomentsOf {
    /// The batch's, to be noted here.
    Batch(Arc<Mutex<Option<Moments>>>),
    /// Those of earlier batches.
    Earlier(Arc<Moments>),
}

/// Pooling by the kernels that there are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PoolKernel {
    Max(MaxPool),
    Average(AveragePool),
}

impl Plan {
    /// Whether the kernels cover it.
    pub(crate) fn is_covered(&self) -> bool {
        let is_sound = self
            .convolution
            .is_none_or(|convolution| convolution.shape.is_sound());
        let [images, height, width, channels] = self.middle;
        let is_pooling_covered = match self.pooling {
            None | Some(Pooling::GlobalAverage) => true,
            Some(Pooling::Max { size, stride }) => {
                size > 0
                    && size == stride
                    && size <= MaxPool::LARGEST
                    && size <= height.min(width)
                    && self.residual == Residual::Absent
            }
            Some(Pooling::Average { size, stride }) => {
                size > 0 && size == stride && size <= height.min(width)
            }
        };
        is_sound && is_pooling_covered && images * height * width * channels > 0
    }

    /// The kernel that pools.
    pub(crate) fn pool_kernel(&self) -> Option<PoolKernel> {
        let [_, height, width, channels] = self.middle;
        Some(match self.pooling? {
            Pooling::Max { size, .. } => PoolKernel::Max(MaxPool {
                height,
                width,
                channels,
                size,
            }),
            Pooling::Average { size, .. } => PoolKernel::Average(AveragePool {
                height,
                width,
                channels,
                window: [size, size],
            }),
            Pooling::GlobalAverage => PoolKernel::Average(AveragePool {
                height,
                width,
                channels,
                window: [height, width],
            }),
        })
    }

    /// Shape of the output.
    pub(crate) fn output(&self) -> [usize; 4] {
        let [images, height, width, channels] = self.middle;
        match self.pooling {
            None => self.middle,
            Some(Pooling::Max { size, .. } | Pooling::Average { size, .. }) => {
                [images, height / size, width / size, channels]
            }
            Some(Pooling::GlobalAverage) => [images, 1, 1, channels],
        }
    }

    /// Whether the convolution has a bias.
    pub(crate) fn has_bias(&self) -> bool {
        self.convolution
            .is_some_and(|convolution| convolution.bias == Bias::Present)
    }

    /// Whether anything happens between convolution and pooling.
    pub(crate) fn has_tail(&self) -> bool {
        self.functions.before != Activation::Identity
            || self.functions.after != Activation::Identity
            || self.normalization.is_some()
            || self.residual == Residual::Present
    }

    /// Whether the tail is one `ReLU`, which can be done in place: its way back needs only its output.
    pub(crate) fn is_relu_in_place(&self) -> bool {
        let Functions { before, after } = self.functions;
        let is_relu = [before, after] == [Activation::Identity, Activation::Relu]
            || [before, after] == [Activation::Relu, Activation::Identity];
        is_relu
            && self.convolution.is_some()
            && self.normalization.is_none()
            && self.residual == Residual::Absent
            && !matches!(self.pooling, Some(Pooling::Max { .. }))
    }
}
