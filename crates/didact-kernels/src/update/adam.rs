//! Adam and `AdamW`.

use burn::tensor::Tensor;

use super::host::{is_at_home, numbers, primitive, tensor};
use crate::buffer::Buffer;
use crate::simd::{InstructionSet, Kernel, Vector, run};

/// The settings of a step of Adam (Kingma and Ba, 2015, algorithm 1), or of `AdamW` (Loshchilov and Hutter, 2019).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdamStep {
    /// The step, counted from 1.
    pub step: u64,
    /// The learning rate.
    pub learning_rate: f64,
    /// How much of the first and of the second moment is kept, in `[0, 1)`.
    pub betas: [f64; 2],
    /// Added to the scale, `> 0`.
    pub epsilon: f64,
    /// How values are pulled to zero.
    pub decay: Decay,
}

/// How values are pulled to zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decay {
    /// By this multiple of the values, added to the gradient.
    InGradient(f64),
    /// By this share of the values times the learning rate, apart from the gradient.
    Apart(f64),
}

/// The new values after a step of Adam; the moments are updated. None, and nothing done, if the tensors are not on the
/// processor.
///
/// # Panics
///
/// If the tensors are not equally long.
pub fn adam(
    values: &Tensor<1>,
    gradient: &Tensor<1>,
    moments: [&mut Tensor<1>; 2],
    step: AdamStep,
) -> Option<Tensor<1>> {
    let [first, second] = moments;
    if ![values, gradient, &*first, &*second].into_iter().all(is_at_home) {
        return None;
    }
    let old = primitive(values.clone());
    let gradient = primitive(gradient.clone());
    let [mut memory_first, mut memory_second] = [&mut *first, &mut *second].map(|moment| {
        let taken = std::mem::replace(moment, Tensor::empty([0], &values.device()));
        numbers(taken)
    });
    let mut new = Buffer::any(memory_first.len());
    let kernel = Adam {
        values: old.as_slice().unwrap_or_default(),
        gradient: gradient.as_slice().unwrap_or_default(),
        first: &mut memory_first,
        second: &mut memory_second,
        new: &mut new,
        step,
    };
    // SAFETY: the kernel checks its sizes.
    unsafe { run(InstructionSet::in_use(), kernel) };
    (*first, *second) = (tensor(memory_first), tensor(memory_second));
    Some(tensor(new))
}

struct Adam<'a> {
    values: &'a [f32],
    gradient: &'a [f32],
    first: &'a mut [f32],
    second: &'a mut [f32],
    new: &'a mut [f32],
    step: AdamStep,
}

impl Kernel for Adam<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let len = self.new.len();
        assert!(self.values.len() == len && self.gradient.len() == len);
        assert!(self.first.len() == len && self.second.len() == len);
        let AdamStep {
            step,
            learning_rate,
            betas: [beta1, beta2],
            epsilon,
            decay,
        } = self.step;
        let corrections = [beta1, beta2].map(|beta| 1.0 - beta.powf(step as f64));
        // SAFETY: vectors are within the slices, which are equally long.
        unsafe {
            let all = |value: f64| V::splat(value as f32);
            let (keep1, keep2, take1, take2) = (all(beta1), all(beta2), all(1.0 - beta1), all(1.0 - beta2));
            let (in_gradient, kept) = match decay {
                Decay::InGradient(decay) => (all(decay), all(1.0)),
                Decay::Apart(decay) => (all(0.0), all(1.0 - learning_rate * decay)),
            };
            let (root, size) = (
                all(1.0 / corrections[1].sqrt()),
                all(-learning_rate / corrections[0]),
            );
            for place in (0..len).step_by(V::LANES) {
                let count = (len - place).min(V::LANES);
                let value = V::load_first(self.values.as_ptr().add(place), count);
                let gradient = V::load_first(self.gradient.as_ptr().add(place), count);
                let gradient = value.multiply_add(in_gradient, gradient);
                let [first, second] = [
                    self.first.as_mut_ptr().add(place),
                    self.second.as_mut_ptr().add(place),
                ];
                let mean = V::load_first(first, count).multiply_add(keep1, gradient.multiply(take1));
                let square = gradient.multiply(gradient).multiply(take2);
                let square = V::load_first(second, count).multiply_add(keep2, square);
                mean.store_first(first, count);
                square.store_first(second, count);
                let scale = square.square_root().multiply_add(root, all(epsilon));
                let new = mean.divide(scale).multiply_add(size, value.multiply(kept));
                new.store_first(self.new.as_mut_ptr().add(place), count);
            }
        }
    }
}
