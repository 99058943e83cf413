//! The bridge between tensors of Burn and numbers in memory.

use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Flex, backend_extension};
use burn_flex::FlexTensor;

use super::Planned;
use crate::buffer::Buffer;

/// Applies operations by the kernels of this crate, on the processor's backend; on others they are composed of Burn's
/// before they get here.
#[backend_extension(Flex, Autodiff)]
pub(crate) trait Operations: Backend {
    fn operate(
        first: FloatTensor<Self>,
        second: FloatTensor<Self>,
        third: FloatTensor<Self>,
        planned: Planned,
    ) -> FloatTensor<Self>;
}

impl Operations for Flex {
    fn operate(first: FlexTensor, second: FlexTensor, third: FlexTensor, planned: Planned) -> FlexTensor {
        let operands = [first, second, third].map(|tensor| tensor.to_contiguous());
        forward(&planned, &operands)
    }
}

fn forward(planned: &Planned, operands: &[FlexTensor; 3]) -> FlexTensor {
    planned
        .operation
        .forward(operands.each_ref().map(numbers))
        .into_tensor(&planned.output)
}

/// # Panics
///
/// If the tensor is not contiguous, or not of `f32`.
pub(crate) fn numbers(tensor: &FlexTensor) -> &[f32] {
    match tensor.as_slice() {
        Some(numbers) => numbers,
        None => panic!(
            "a contiguous tensor of f32 is needed, found {:?} {:?}",
            tensor.dtype(),
            tensor.layout()
        ),
    }
}

/// What the way back needs.
#[derive(Clone, Debug)]
struct State {
    planned: Planned,
    operands: [Kept; 3],
}

/// An operand, or its shape where that is all that is needed.
#[derive(Clone, Debug)]
struct Kept {
    shape: Vec<usize>,
    tensor: Option<FlexTensor>,
}

impl Kept {
    fn of(planned: &Planned, operands: [FlexTensor; 3]) -> [Self; 3] {
        let mut index = 0..;
        operands.map(|tensor| Self {
            shape: tensor.layout().shape().to_vec(),
            tensor: index
                .next()
                .is_some_and(|index| planned.operation.is_read_backward(index))
                .then_some(tensor),
        })
    }

    fn numbers(&self) -> &[f32] {
        self.tensor.as_ref().map_or(&[], numbers)
    }
}

#[derive(Debug)]
struct WayBack;

impl Backward<Flex, 3> for WayBack {
    type State = State;

    fn backward(self, ops: Ops<State, 3>, gradients: &mut Gradients, _checkpointer: &mut Checkpointer) {
        let State { planned, operands } = ops.state;
        let output_gradient = Buffer::from_tensor(gradients.consume::<Flex>(&ops.node));
        let found = planned
            .operation
            .backward(operands.each_ref().map(Kept::numbers), output_gradient);
        for ((node, gradient), operand) in ops.parents.into_iter().zip(found).zip(&operands) {
            if let (Some(node), Some(gradient)) = (node, gradient) {
                gradients.register::<Flex>(node.id, gradient.into_tensor(&operand.shape));
            }
        }
    }
}

impl<C: CheckpointStrategy> Operations for Autodiff<Flex, C> {
    fn operate(
        first: FloatTensor<Self>,
        second: FloatTensor<Self>,
        third: FloatTensor<Self>,
        planned: Planned,
    ) -> FloatTensor<Self> {
        let tensors = [first, second, third];
        let nodes = tensors.each_ref().map(FloatTensor::<Self>::node);
        let operands = tensors.map(|tensor| tensor.into_primitive().to_contiguous());
        let output = forward(&planned, &operands);
        match WayBack.prepare::<C>(nodes).compute_bound().stateful() {
            OpsKind::UnTracked(untracked) => untracked.finish(output),
            OpsKind::Tracked(tracked) => {
                let operands = Kept::of(&planned, operands);
                tracked.finish(State { planned, operands }, output)
            }
        }
    }
}
