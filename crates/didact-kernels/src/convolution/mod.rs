//! Convolution and its gradients.

mod algorithm;
mod direct;
#[cfg(target_arch = "x86_64")]
mod matrix_unit;
mod panels;
#[cfg(target_arch = "x86_64")]
mod pointwise_bf16;
mod shape;
mod sum;
mod winograd;

pub(crate) use panels::Panels;
pub(crate) use shape::Shape;

use algorithm::{Algorithm, Direction};

use crate::block::Precision;
use crate::buffer::Buffer;
use crate::simd::InstructionSet;

/// `output = convolution of input by weight, + bias`.
///
/// # Panics
///
/// If a slice does not have the length that the shape gives it.
pub(crate) fn forward(
    set: InstructionSet,
    (shape, precision): (Shape, Precision),
    input: &[f32],
    weight: &[f32],
    bias: Option<&[f32]>,
) -> Buffer {
    assert!(input.len() == shape.input_len() && weight.len() == shape.weight_len());
    assert!(bias.is_none_or(|bias| bias.len() == shape.outputs));
    match Algorithm::best(set, shape, precision, Direction::Forward) {
        Algorithm::Direct => direct::forward(set, shape, input, weight, bias),
        #[cfg(target_arch = "x86_64")]
        Algorithm::MatrixUnit => matrix_unit::forward(set, shape, input, weight, bias),
        #[cfg(target_arch = "x86_64")]
        Algorithm::PointwiseBf16 => pointwise_bf16::forward(set, shape, input, weight, bias),
        Algorithm::Winograd(size, precision) => {
            winograd::forward(set, size, (shape, precision), input, weight, bias)
        }
    }
}

/// The gradient with respect to the input, added to `begun` if there is one.
///
/// # Panics
///
/// If a slice does not have the length that the shape gives it.
pub(crate) fn data_gradient(
    set: InstructionSet,
    (shape, precision): (Shape, Precision),
    output_gradient: &[f32],
    weight: &[f32],
    begun: Option<Buffer>,
) -> Buffer {
    assert!(output_gradient.len() == shape.output_len() && weight.len() == shape.weight_len());
    assert!(
        begun
            .as_ref()
            .is_none_or(|begun| begun.len() == shape.input_len())
    );
    match Algorithm::best(set, shape, precision, Direction::DataGradient) {
        Algorithm::Direct => direct::data_gradient(set, shape, output_gradient, weight, begun),
        #[cfg(target_arch = "x86_64")]
        Algorithm::MatrixUnit => matrix_unit::data_gradient(set, shape, output_gradient, weight, begun),
        #[cfg(target_arch = "x86_64")]
        Algorithm::PointwiseBf16 => pointwise_bf16::data_gradient(set, shape, output_gradient, weight, begun),
        Algorithm::Winograd(size, precision) => {
            winograd::data_gradient(set, size, (shape, precision), output_gradient, weight, begun)
        }
    }
}

/// The gradient with respect to the weights.
///
/// # Panics
///
/// If a slice does not have the length that the shape gives it.
pub(crate) fn weight_gradient(
    set: InstructionSet,
    (shape, precision): (Shape, Precision),
    input: &[f32],
    output_gradient: &[f32],
) -> Buffer {
    assert!(output_gradient.len() == shape.output_len() && input.len() == shape.input_len());
    match Algorithm::best(set, shape, precision, Direction::WeightGradient) {
        #[cfg(target_arch = "x86_64")]
        Algorithm::MatrixUnit => matrix_unit::weight_gradient(set, shape, input, output_gradient),
        #[cfg(target_arch = "x86_64")]
        Algorithm::PointwiseBf16 => pointwise_bf16::weight_gradient(set, shape, input, output_gradient),
        Algorithm::Direct => direct::weight_gradient(set, shape, input, output_gradient),
        Algorithm::Winograd(size, precision) => {
            winograd::weight_gradient(set, size, (shape, precision), input, output_gradient)
        }
    }
}
