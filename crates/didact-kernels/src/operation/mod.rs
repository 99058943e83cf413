//! Operations of Burn that are a kernel and its way back, on up to three tensors.

mod extension;

use std::fmt::Debug;
use std::sync::Arc;

use burn::backend::{Dispatch, DispatchTensorKind};
use burn::tensor::{DType, Tensor};

use crate::buffer::Buffer;
use extension::Operations;
pub(crate) use extension::numbers;

/// What an operation computes, on numbers in memory. An operand that it has no use for may be any `f32`.
pub(crate) trait Operation: Debug + Send + Sync {
    /// The output.
    fn forward(&self, operands: [&[f32]; 3]) -> Buffer;

    /// Whether [`backward`](Self::backward) reads an operand; one that it does not read is not kept, and empty there.
    fn is_read_backward(&self, operand: usize) -> bool;

    /// The gradients of the operands, from that of the output; none of an operand that it has no use for.
    fn backward(&self, operands: [&[f32]; 3], output_gradient: Buffer) -> [Option<Buffer>; 3];
}

/// An operation and the shape of its output.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    operation: Arc<dyn Operation>,
    output: Vec<usize>,
}

/// Whether a tensor is one that the kernels work on: on the processor, of `f32`.
pub(crate) fn is_at_home<const RANK: usize>(tensor: &Tensor<RANK>) -> bool {
    let mut kind = tensor.clone().into_dispatch().kind;
    if let DispatchTensorKind::Autodiff(inner) = kind {
        kind = *inner;
    }
    matches!(kind, DispatchTensorKind::Flex(_)) && tensor.dtype() == DType::F32
}

/// Applies an operation to three tensors.
pub(crate) fn apply<const RANK: usize, const OTHERS: usize>(
    operation: impl Operation + 'static,
    output: [usize; RANK],
    first: Tensor<RANK>,
    [second, third]: [Tensor<OTHERS>; 2],
) -> Tensor<RANK> {
    let planned = Planned {
        operation: Arc::new(operation),
        output: output.to_vec(),
    };
    Tensor::from_dispatch(<Dispatch as Operations>::operate(
        first.into_dispatch(),
        second.into_dispatch(),
        third.into_dispatch(),
        planned,
    ))
}

/// Applies an operation to one tensor.
pub(crate) fn apply_to_one<const RANK: usize>(
    operation: impl Operation + 'static,
    output: [usize; RANK],
    input: Tensor<RANK>,
) -> Tensor<RANK> {
    let nothing = Tensor::<1>::zeros([1], (&input.device(), DType::F32));
    apply(operation, output, input, [nothing.clone(), nothing])
}
