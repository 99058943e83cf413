//! The way back, on numbers in memory.

use super::forward::Numbers;
use super::plan::{ConvolutionPlan, Plan, PoolKernel};
use crate::buffer::Buffer;
use crate::convolution;
use crate::simd::InstructionSet;
use crate::tail::{self, Before, Normalized, ScaleAndShift, Sums, max_pool_gradient, spread};

/// A gradient that takes a convolution to compute is wanted, or not: that of images never is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    Wanted,
    Unwanted,
}

/// Which gradients are wanted.
#[derive(Debug)]
pub(crate) struct Wishes {
    pub(crate) input: Wish,
    pub(crate) weight: Wish,
    /// A gradient of the input that another way has brought already, to be added to.
    pub(crate) begun: Option<Buffer>,
}

/// The gradients of a block; none of what it does not have.
#[derive(Debug, Default)]
pub(crate) struct Backward {
    pub(crate) input: Option<Buffer>,
    pub(crate) weight: Option<Buffer>,
    pub(crate) bias: Option<Vec<f32>>,
    pub(crate) normalization: Option<ScaleAndShift>,
    pub(crate) residual: Option<Buffer>,
}

/// The gradients, from that of the output; `middle` is what entered the tail, as the way forward left it.
pub(crate) fn backward(
    set: InstructionSet,
    plan: &Plan,
    numbers: Numbers<'_>,
    (middle, normalized): (&[f32], Option<&Normalized>),
    output_gradient: Buffer,
    wishes: Wishes,
) -> Backward {
    let functions = plan.functions;
    let before = Before {
        functions,
        channels: plan.middle[3],
        input: middle,
        normalized,
        residual: numbers.residual,
    };
    let mut gradients = Backward::default();
    let gradient = match plan.pool_kernel() {
        Some(PoolKernel::Max(pool)) => {
            let (gradient, sums) = max_pool_gradient(set, pool, before, &output_gradient);
            gradients.note(sums);
            gradient
        }
        Some(PoolKernel::Average(pool)) => {
            gradients.through_tail(set, plan, before, spread(set, pool, &output_gradient))
        }
        None => gradients.through_tail(set, plan, before, output_gradient),
    };
    let Some(ConvolutionPlan { shape, precision, .. }) = plan.convolution else {
        gradients.input = Some(gradient);
        return gradients;
    };
    if !plan.has_bias() {
        gradients.bias = None;
    }
    let shape = (shape, precision);
    if wishes.weight == Wish::Wanted {
        gradients.weight = Some(convolution::weight_gradient(set, shape, numbers.input, &gradient));
    }
    if wishes.input == Wish::Wanted {
        gradients.input = Some(convolution::data_gradient(
            set,
            shape,
            &gradient,
            numbers.weight,
            wishes.begun,
        ));
    }
    gradients
}

impl Backward {
    fn note(&mut self, sums: Sums) {
        self.bias = Some(sums.bias);
        self.normalization = sums.normalization;
    }

    /// From the gradient after the tail to that before it.
    fn through_tail(
        &mut self,
        set: InstructionSet,
        plan: &Plan,
        before: Before<'_>,
        mut gradient: Buffer,
    ) -> Buffer {
        if !plan.has_tail() {
            if plan.has_bias() {
                self.bias = Some(tail::column_sums(set, before.channels, &gradient));
            }
            return gradient;
        }
        let mut fresh = before.residual.map(|_| Buffer::any(gradient.len()));
        self.note(tail::gradient(set, before, &mut gradient, fresh.as_deref_mut()));
        match fresh {
            Some(fresh) => {
                self.residual = Some(gradient);
                fresh
            }
            None => gradient,
        }
    }
}
