//! Between tensors and numbers in memory.

use burn::backend::{BackendTensor, DispatchAutodiffContext, DispatchTensor, DispatchTensorKind};
use burn::tensor::{DType, Tensor};
use burn_flex::FlexTensor;

use crate::buffer::Buffer;

/// Whether a tensor lies on the processor as plain `f32`, outside any graph.
pub(super) fn is_at_home(tensor: &Tensor<1>) -> bool {
    matches!(tensor.clone().into_dispatch().kind, DispatchTensorKind::Flex(_)) && tensor.dtype() == DType::F32
}

/// The numbers of a tensor for which [`is_at_home`] holds: its own memory if nobody else holds it, else a copy.
pub(super) fn numbers(tensor: Tensor<1>) -> Buffer {
    Buffer::from_tensor(primitive(tensor))
}

/// The tensor itself, to read.
///
/// # Panics
///
/// If it is not on the processor.
pub(super) fn primitive(tensor: Tensor<1>) -> FlexTensor {
    let DispatchTensorKind::Flex(tensor) = tensor.into_dispatch().kind else {
        panic!("a tensor on the processor is needed")
    };
    tensor.float().to_contiguous()
}

/// A tensor of these numbers.
pub(super) fn tensor(numbers: Buffer) -> Tensor<1> {
    let len = numbers.len();
    Tensor::from_dispatch(DispatchTensor {
        kind: DispatchTensorKind::Flex(BackendTensor::Float(numbers.into_tensor(&[len]))),
        autodiff: DispatchAutodiffContext::Disabled,
    })
}
