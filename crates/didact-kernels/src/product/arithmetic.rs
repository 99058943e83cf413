//! How two numbers are multiplied.

use crate::simd::Vector;

/// The meaning of a 32-bit cell of a product.
pub(crate) trait Arithmetic: Copy + Send + Sync + 'static {
    /// Numbers in a cell.
    const NUMBERS: usize;

    /// Adds the products of the lanes to the sums.
    ///
    /// # Safety
    ///
    /// As [`Vector`].
    unsafe fn multiply_add<V: Vector>(left: V, right: V, sums: V) -> V;
}

/// A cell is one `f32`.
#[derive(Clone, Copy)]
pub(crate) struct Plain;

impl Arithmetic for Plain {
    const NUMBERS: usize = 1;

    #[inline(always)]
    unsafe fn multiply_add<V: Vector>(left: V, right: V, sums: V) -> V {
        // SAFETY: the caller's.
        unsafe { left.multiply_add(right, sums) }
    }
}

/// A cell is two `bf16`, neighbours in the depth.
#[derive(Clone, Copy)]
pub(crate) struct PairsOfBf16;

impl Arithmetic for PairsOfBf16 {
    const NUMBERS: usize = 2;

    #[inline(always)]
    unsafe fn multiply_add<V: Vector>(left: V, right: V, sums: V) -> V {
        // SAFETY: the caller's.
        unsafe { left.multiply_add_pairs(right, sums) }
    }
}
