//! A block by the kernels of this crate.

use std::sync::{Arc, Mutex, PoisonError};

use burn::backend::Dispatch;
use burn::tensor::{DType, Tensor, TensorData};

use super::extension::Blocks;
use super::plan::{Bias, ConvolutionPlan, MomentsOf, NormalizationPlan, Plan, Residual};
use super::{Applied, BatchStatistics, Block, Statistics};
use crate::convolution::Shape;
use crate::tail::{Functions, Moments};

/// What a block comes down to for an input.
pub(super) fn plan(block: &Block, input: &Tensor<4>) -> Plan {
    let [images, height, width, channels] = input.dims();
    let convolution = block.convolution.as_ref().map(|convolution| {
        let [outputs, inputs, kernel_height, kernel_width] = convolution.weight.dims();
        assert_eq!(inputs, channels, "the channels of the weights and of the input");
        let shape = Shape {
            images,
            height,
            width,
            inputs,
            outputs,
            kernel: [kernel_height, kernel_width],
            stride: convolution.stride,
            padding: convolution.padding,
        };
        let bias = if convolution.bias.is_some() {
            Bias::Present
        } else {
            Bias::Absent
        };
        ConvolutionPlan {
            shape,
            bias,
            precision: convolution.precision,
        }
    });
    let middle = match convolution {
        Some(ConvolutionPlan { shape, .. }) if shape.is_sound() => {
            [images, shape.output_height(), shape.output_width(), shape.outputs]
        }
        _ => [images, height, width, channels],
    };
    Plan {
        convolution,
        functions: Functions {
            before: block.before,
            after: block.after,
        },
        normalization: block
            .normalization
            .as_ref()
            .map(|normalization| NormalizationPlan {
                epsilon: normalization.epsilon,
                moments: match &normalization.statistics {
                    Statistics::OfBatch => MomentsOf::Batch(Arc::new(Mutex::new(None))),
                    Statistics::Running { mean, variance } => MomentsOf::Earlier(Arc::new(Moments {
                        mean: host(mean),
                        variance: host(variance),
                    })),
                },
            }),
        residual: if block.residual.is_some() {
            Residual::Present
        } else {
            Residual::Absent
        },
        pooling: block.pooling,
        input_use: block.input_use,
        middle,
    }
}

/// Applies the block.
///
/// # Panics
///
/// If shapes do not fit each other.
pub(super) fn apply(block: Block, plan: Plan, input: Tensor<4>) -> Applied {
    let channels = plan.middle[3];
    let device = input.device();
    let nothing = || Tensor::<1>::zeros([1], (&device, DType::F32));
    let (weight, bias) = match block.convolution {
        Some(convolution) => (convolution.weight, convolution.bias.unwrap_or_else(nothing)),
        None => (nothing().reshape([1, 1, 1, 1]), nothing()),
    };
    let (scale, shift) = match block.normalization {
        Some(normalization) => {
            assert!(normalization.scale.dims() == [channels] && normalization.shift.dims() == [channels]);
            (normalization.scale, normalization.shift)
        }
        None => (nothing(), nothing()),
    };
    let residual = block.residual.unwrap_or_else(|| nothing().reshape([1, 1, 1, 1]));
    assert!(
        plan.residual == Residual::Absent || residual.dims() == plan.middle,
        "the residual's shape"
    );
    let place = match &plan.normalization {
        Some(NormalizationPlan {
            moments: MomentsOf::Batch(place),
            ..
        }) => Some(place.clone()),
        _ => None,
    };
    let output = Tensor::from_dispatch(<Dispatch as Blocks>::block(
        input.into_dispatch(),
        weight.into_dispatch(),
        bias.into_dispatch(),
        scale.into_dispatch(),
        shift.into_dispatch(),
        residual.into_dispatch(),
        plan,
    ));
    let moments = place.and_then(|place| place.lock().unwrap_or_else(PoisonError::into_inner).take());
    let device = device.without_autodiff();
    let tensor = |values: Vec<f32>| Tensor::from_data(TensorData::new(values, [channels]), &device);
    let batch_statistics = moments.map(|moments| BatchStatistics {
        mean: tensor(moments.mean),
        variance: tensor(moments.variance),
    });
    Applied {
        output,
        batch_statistics,
    }
}

fn host(tensor: &Tensor<1>) -> Vec<f32> {
    tensor.to_data().iter::<f32>().collect()
}
