//! A block by Burn's own operations: for devices and shapes that no kernel of ours covers, and to test those that do.

use burn::tensor::Tensor;
use burn::tensor::activation::{gelu, relu, silu};
use burn::tensor::module::{avg_pool2d, batch_norm, batch_norm_train, conv2d, max_pool2d};
use burn::tensor::ops::{AvgPoolOptions, ConvOptions, MaxPoolOptions};

use super::{Activation, Applied, BatchStatistics, Block, Convolution, Normalization, Pooling, Statistics};

/// Applies the block.
pub(crate) fn apply(block: Block, input: Tensor<4>) -> Applied {
    let mut values = input.permute([0, 3, 1, 2]);
    if let Some(convolution) = block.convolution {
        values = convolve(convolution, values);
    }
    values = activate(block.before, values);
    let mut batch_statistics = None;
    if let Some(normalization) = block.normalization {
        (values, batch_statistics) = normalize(normalization, values);
    }
    if let Some(residual) = block.residual {
        values = values + residual.permute([0, 3, 1, 2]);
    }
    values = activate(block.after, values);
    if let Some(pooling) = block.pooling {
        values = pool(pooling, values);
    }
    Applied {
        output: values.permute([0, 2, 3, 1]),
        batch_statistics,
    }
}

fn convolve(convolution: Convolution, input: Tensor<4>) -> Tensor<4> {
    let Convolution {
        weight,
        bias,
        stride,
        padding,
        ..
    } = convolution;
    let options = ConvOptions::new([stride; 2], [padding; 2], [1; 2], 1);
    conv2d(input, weight, bias, options)
}

fn activate(activation: Activation, values: Tensor<4>) -> Tensor<4> {
    match activation {
        Activation::Identity => values,
        Activation::Relu => relu(values),
        Activation::Silu => silu(values),
        Activation::Gelu => gelu(values),
    }
}

fn normalize(normalization: Normalization, values: Tensor<4>) -> (Tensor<4>, Option<BatchStatistics>) {
    let Normalization {
        scale,
        shift,
        epsilon,
        statistics,
    } = normalization;
    match statistics {
        Statistics::Running { mean, variance } => {
            (batch_norm(values, scale, shift, mean, variance, epsilon), None)
        }
        Statistics::OfBatch => {
            let batch = batch_norm_train(values, scale, shift, epsilon);
            let statistics = BatchStatistics {
                mean: batch.mean.inner(),
                variance: batch.variance.inner(),
            };
            (batch.output, Some(statistics))
        }
    }
}

fn pool(pooling: Pooling, values: Tensor<4>) -> Tensor<4> {
    match pooling {
        Pooling::Max { size, stride } => {
            max_pool2d(values, MaxPoolOptions::new([size; 2]).with_stride([stride; 2]))
        }
        Pooling::Average { size, stride } => {
            avg_pool2d(values, AvgPoolOptions::new([size; 2]).with_stride([stride; 2]))
        }
        Pooling::GlobalAverage => values.mean_dim(3).mean_dim(2),
    }
}
