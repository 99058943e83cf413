//! Blocks as an operation of Burn: the bridge between its tensors and numbers in memory.

use std::sync::Arc;

use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Flex, backend_extension};
use burn_flex::FlexTensor;

use super::InputUse;
use super::backward::{Wish, Wishes, backward};
use super::forward::{Numbers, forward};
use super::plan::{Plan, Residual};
use crate::buffer::Buffer;
use crate::operation::numbers;
use crate::simd::InstructionSet;
use crate::tail::Normalized;

/// Applies blocks by the kernels of this crate.
///
/// A tensor that the plan has no use for may be anything. Only the processor's backend is listed: on others, and for
/// what no kernel covers, a block is composed of Burn's operations before it gets here.
#[backend_extension(Flex, Autodiff)]
pub(crate) trait Blocks: Backend {
    fn block(
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        scale: FloatTensor<Self>,
        shift: FloatTensor<Self>,
        residual: FloatTensor<Self>,
        plan: Plan,
    ) -> FloatTensor<Self>;
}

impl Blocks for Flex {
    fn block(
        input: FlexTensor,
        weight: FlexTensor,
        bias: FlexTensor,
        scale: FlexTensor,
        shift: FlexTensor,
        residual: FlexTensor,
        plan: Plan,
    ) -> FlexTensor {
        let operands =
            Operands([input, weight, bias, scale, shift, residual].map(|tensor| tensor.to_contiguous()));
        let forward = forward(InstructionSet::in_use(), &plan, operands.numbers(&plan));
        forward.output.into_tensor(&plan.output())
    }
}

/// Input, weight, bias, scale, shift and residual; contiguous.
#[derive(Clone, Debug)]
struct Operands([FlexTensor; 6]);

impl Operands {
    fn numbers(&self, plan: &Plan) -> Numbers<'_> {
        let [input, weight, bias, scale, shift, residual] = self.0.each_ref().map(numbers);
        Numbers {
            input,
            weight,
            bias: plan.has_bias().then_some(bias),
            scale,
            shift,
            residual: (plan.residual == Residual::Present).then_some(residual),
        }
    }
}

/// What the way back needs.
#[derive(Clone, Debug)]
struct State {
    plan: Plan,
    operands: Operands,
    /// What entered the tail, if it is not the input.
    middle: Option<FlexTensor>,
    normalized: Option<Arc<Normalized>>,
}

#[derive(Debug)]
struct WayBack;

impl Backward<Flex, 6> for WayBack {
    type State = State;

    fn backward(self, ops: Ops<State, 6>, gradients: &mut Gradients, _checkpointer: &mut Checkpointer) {
        let State {
            plan,
            operands,
            middle,
            normalized,
        } = ops.state;
        let output_gradient = Buffer::from_tensor(gradients.consume::<Flex>(&ops.node));
        let [input, weight, bias, scale, shift, residual] = ops.parents;
        let wish = |node: &Option<_>| {
            if node.is_some() {
                Wish::Wanted
            } else {
                Wish::Unwanted
            }
        };
        // A leaf keeps its gradient, and what is registered is added to it: nothing to gain there.
        let begun = input.as_ref().filter(|node| {
            plan.input_use == InputUse::AlsoResidual && node.order > 0 && plan.convolution.is_some()
        });
        let begun = begun.map(|node| Buffer::from_tensor(gradients.consume::<Flex>(node)));
        let wishes = Wishes {
            input: wish(&input),
            weight: wish(&weight),
            begun,
        };
        let entered = numbers(middle.as_ref().unwrap_or(&operands.0[0]));
        let context = (entered, normalized.as_deref());
        let back = backward(
            InstructionSet::in_use(),
            &plan,
            operands.numbers(&plan),
            context,
            output_gradient,
            wishes,
        );
        let shape = |operand: usize| operands.0[operand].layout().shape().to_vec();
        let normalization = back.normalization.unwrap_or_default();
        let found = [
            (input, back.input),
            (weight, back.weight),
            (bias, back.bias.map(|values| Buffer::copy_of(&values))),
            (scale, Some(Buffer::copy_of(&normalization.scale))),
            (shift, Some(Buffer::copy_of(&normalization.shift))),
            (residual, back.residual),
        ];
        for (operand, (node, gradient)) in found.into_iter().enumerate() {
            if let (Some(node), Some(gradient)) = (node, gradient) {
                gradients.register::<Flex>(node.id, gradient.into_tensor(&shape(operand)));
            }
        }
    }
}

impl<C: CheckpointStrategy> Blocks for Autodiff<Flex, C> {
    fn block(
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        scale: FloatTensor<Self>,
        shift: FloatTensor<Self>,
        residual: FloatTensor<Self>,
        plan: Plan,
    ) -> FloatTensor<Self> {
        let tensors = [input, weight, bias, scale, shift, residual];
        let nodes = tensors.each_ref().map(FloatTensor::<Self>::node);
        let operands = Operands(tensors.map(|tensor| tensor.into_primitive().to_contiguous()));
        let forward = forward(InstructionSet::in_use(), &plan, operands.numbers(&plan));
        let output = forward.output.into_tensor(&plan.output());
        match WayBack.prepare::<C>(nodes).compute_bound().stateful() {
            OpsKind::UnTracked(untracked) => untracked.finish(output),
            OpsKind::Tracked(tracked) => {
                let middle = match forward.middle {
                    Some(middle) => Some(middle.into_tensor(&plan.middle)),
                    // A ReLU in place: its output tells as much. Nothing is asked of a convolution alone.
                    None => plan.is_relu_in_place().then(|| output.clone()),
                };
                let normalized = forward.normalized.map(Arc::new);
                tracked.finish(
                    State {
                        plan,
                        operands,
                        middle,
                        normalized,
                    },
                    output,
                )
            }
        }
    }
}
