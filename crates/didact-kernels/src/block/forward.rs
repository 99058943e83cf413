//! The way forward, on numbers in memory.

use super::Activation;
use super::plan::{MomentsOf, Plan, PoolKernel};
use crate::buffer::Buffer;
use crate::simd::InstructionSet;
use crate::tail::{Normalized, Origin, average, max_pool};
use crate::{convolution, tail};

/// The numbers of a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numbers<'a> {
    pub(crate) input: &'a [f32],
    pub(crate) weight: &'a [f32],
    pub(crate) bias: Option<&'a [f32]>,
    pub(crate) scale: &'a [f32],
    pub(crate) shift: &'a [f32],
    pub(crate) residual: Option<&'a [f32]>,
}

/// What the way forward leaves.
#[derive(Debug)]
pub(crate) struct Forward {
    pub(crate) output: Buffer,
    /// What entered the tail; none if that is the block's input, or its output.
    pub(crate) middle: Option<Buffer>,
    pub(crate) normalized: Option<Normalized>,
}

/// Applies a block.
pub(crate) fn forward(set: InstructionSet, plan: &Plan, numbers: Numbers<'_>) -> Forward {
    let mut middle = plan.convolution.map(|found| {
        convolution::forward(
            set,
            (found.shape, found.precision),
            numbers.input,
            numbers.weight,
            numbers.bias,
        )
    });
    let normalized = normalized(set, plan, numbers, middle.as_deref().unwrap_or(numbers.input));
    let affine = normalized.as_ref().map(|normalized| &normalized.affine);
    let channels = plan.middle[3];
    let pool = plan.pool_kernel();
    if let Some(PoolKernel::Max(pool)) = pool {
        let input = middle.as_deref().unwrap_or(numbers.input);
        let output = max_pool(set, pool, plan.functions, input, affine);
        return Forward {
            output,
            middle,
            normalized,
        };
    }
    let mut output = None;
    if plan.is_relu_in_place() {
        if let Some(middle) = &mut middle {
            tail::activate(set, Activation::Relu, middle);
        }
    } else if plan.has_tail() {
        let input = middle.as_deref().unwrap_or(numbers.input);
        let mut applied = Buffer::any(input.len());
        tail::apply(
            set,
            plan.functions,
            input,
            affine,
            numbers.residual,
            (&mut applied, channels),
        );
        output = Some(applied);
    }
    if let Some(PoolKernel::Average(pool)) = pool {
        let input = output.as_deref().or(middle.as_deref()).unwrap_or(numbers.input);
        return Forward {
            output: average(set, pool, input),
            middle,
            normalized,
        };
    }
    match (output, middle) {
        (Some(output), middle) => Forward {
            output,
            middle,
            normalized,
        },
        (None, Some(middle)) => Forward {
            output: middle,
            middle: None,
            normalized,
        },
        (None, None) => {
            let mut output = Buffer::any(numbers.input.len());
            output.copy_from_slice(numbers.input);
            Forward {
                output,
                middle: None,
                normalized,
            }
        }
    }
}

fn normalized(set: InstructionSet, plan: &Plan, numbers: Numbers<'_>, middle: &[f32]) -> Option<Normalized> {
    let normalization = plan.normalization.as_ref()?;
    let (moments, origin) = match &normalization.moments {
        MomentsOf::Earlier(moments) => ((**moments).clone(), Origin::Earlier),
        MomentsOf::Batch(place) => {
            let moments = tail::moments(
                set,
                plan.functions.before,
                middle,
                plan.middle[3] * plan.middle[1] * plan.middle[2],
                plan.middle[3],
            );
            *place.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(moments.clone());
            (moments, Origin::Batch)
        }
    };
    let affine = moments.affine([numbers.scale, numbers.shift], normalization.epsilon);
    Some(Normalized {
        affine,
        moments,
        epsilon: normalization.epsilon,
        origin,
    })
}
