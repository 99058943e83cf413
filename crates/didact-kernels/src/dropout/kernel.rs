//! The loop of a dropout.

use crate::simd::{Kernel, Vector};

/// Sets numbers to zero where what is random is less than `dropped`, and multiplies the others by `kept`.
pub(super) struct DropSome<'a> {
    pub(super) random: &'a [u16],
    pub(super) dropped: u16,
    pub(super) kept: f32,
    pub(super) values: &'a mut [f32],
}

impl Kernel for DropSome<'_> {
    type Output = ();

    /// The compiler makes vectors of this loop, of whatever instructions it is compiled for.
    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        for (value, &random) in self.values.iter_mut().zip(self.random) {
            let factor = if random < self.dropped { 0.0 } else { self.kept };
            *value *= factor;
        }
    }
}
