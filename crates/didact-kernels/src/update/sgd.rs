//! Steps against the gradient.

use burn::tensor::Tensor;

use super::host::{is_at_home, numbers, primitive, tensor};
use crate::buffer::Buffer;
use crate::simd::{InstructionSet, Kernel, Vector, run};

/// The settings of a step, as `torch.optim.SGD`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SgdStep {
    /// The learning rate.
    pub learning_rate: f64,
    /// How much of the velocity is kept, in `[0, 1)`.
    pub momentum: f64,
    /// What the step follows.
    pub follows: Momentum,
    /// The multiple of the values that is added to the gradient.
    pub weight_decay: f64,
}

/// What a step follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Momentum {
    /// The velocity (Polyak, 1964).
    Velocity,
    /// The gradient and the new velocity (Nesterov, 1983; Sutskever et al., 2013).
    Nesterov,
}

/// The new values after a step; the velocity is updated. None, and nothing done, if the tensors are not on the
/// processor.
///
/// # Panics
///
/// If the tensors are not equally long.
pub fn sgd(
    values: &Tensor<1>,
    gradient: &Tensor<1>,
    velocity: &mut Tensor<1>,
    step: SgdStep,
) -> Option<Tensor<1>> {
    if ![values, gradient, &*velocity].into_iter().all(is_at_home) {
        return None;
    }
    let (old, gradient) = (primitive(values.clone()), primitive(gradient.clone()));
    let mut memory = numbers(std::mem::replace(velocity, Tensor::empty([0], &values.device())));
    let mut new = Buffer::any(memory.len());
    let kernel = Sgd {
        values: old.as_slice().unwrap_or_default(),
        gradient: gradient.as_slice().unwrap_or_default(),
        velocity: &mut memory,
        new: &mut new,
        step,
    };
    // SAFETY: the kernel checks its sizes.
    unsafe { run(InstructionSet::in_use(), kernel) };
    *velocity = tensor(memory);
    Some(tensor(new))
}

struct Sgd<'a> {
    values: &'a [f32],
    gradient: &'a [f32],
    velocity: &'a mut [f32],
    new: &'a mut [f32],
    step: SgdStep,
}

impl Kernel for Sgd<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let len = self.new.len();
        assert!(self.values.len() == len && self.gradient.len() == len && self.velocity.len() == len);
        let SgdStep {
            learning_rate,
            momentum,
            follows,
            weight_decay,
        } = self.step;
        // SAFETY: vectors are within the slices, which are equally long.
        unsafe {
            let all = |value: f64| V::splat(value as f32);
            let (keep, decay, size) = (all(momentum), all(weight_decay), all(-learning_rate));
            for place in (0..len).step_by(V::LANES) {
                let count = (len - place).min(V::LANES);
                let value = V::load_first(self.values.as_ptr().add(place), count);
                let gradient =
                    value.multiply_add(decay, V::load_first(self.gradient.as_ptr().add(place), count));
                let velocity = self.velocity.as_mut_ptr().add(place);
                let moved = V::load_first(velocity, count).multiply_add(keep, gradient);
                moved.store_first(velocity, count);
                let direction = match follows {
                    Momentum::Velocity => moved,
                    Momentum::Nesterov => moved.multiply_add(keep, gradient),
                };
                let new = direction.multiply_add(size, value);
                new.store_first(self.new.as_mut_ptr().add(place), count);
            }
        }
    }
}
