//! The most that the processor can multiply and add.

use std::hint::black_box;
use std::time::Instant;

use rayon::prelude::*;

use crate::block::Precision;
#[cfg(target_arch = "x86_64")]
use crate::buffer::Buffer;
use crate::product::{Arithmetic, PairsOfBf16, Plain};
#[cfg(target_arch = "x86_64")]
use crate::simd::amx::{self, DEPTH, Factors, MatrixUnit, SIDE, Sums};
use crate::simd::{InstructionSet, Kernel, Vector, run};

/// GFLOP/s of multiply-adds on numbers that never leave the registers, by `threads` threads at once: what no kernel
/// can exceed. (A unit for matrices has no registers to spare, and reads the first cache.) A multiplication and an addition count as two. Measured in about a fifth of a second.
///
/// ```
/// let peak = didact_kernels::peak_gflops(1, didact_kernels::Precision::F32);
/// assert!(peak > 0.1);
/// ```
pub fn peak_gflops(threads: usize, precision: Precision) -> f64 {
    let set = InstructionSet::in_use();
    let once = || match precision {
        // SAFETY: the kernel works on registers only.
        Precision::F32 => unsafe { run(set, MultiplyAdds(Plain)) },
        #[cfg(target_arch = "x86_64")]
        Precision::Bf16 if set.has_matrix_unit() => blocks(),
        // SAFETY: the same.
        Precision::Bf16 => unsafe { run(set, MultiplyAdds(PairsOfBf16)) },
    };
    let rate = || {
        let began = Instant::now();
        let operations: f64 = (0..threads).into_par_iter().with_max_len(1).map(|_| once()).sum();
        operations / began.elapsed().as_secs_f64() / 1e9
    };
    (0..5).map(|_| rate()).fold(0.0, f64::max)
}

/// Sums that do not depend on each other: enough to hide how long one takes.
const SUMS: usize = 12;
const ROUNDS: usize = 1_000_000;

struct MultiplyAdds<A>(A);

impl<A: Arithmetic> Kernel for MultiplyAdds<A> {
    /// Floating-point operations done.
    type Output = f64;

    #[inline(always)]
    unsafe fn run<V: Vector>(self) -> f64 {
        // SAFETY: nothing but registers is touched, and one vector of the stack.
        unsafe {
            let (left, right) = (V::splat(black_box(1e-9)), V::splat(black_box(1e-9)));
            let mut sums = [V::splat(0.0); SUMS];
            for _ in 0..ROUNDS {
                for sum in &mut sums {
                    *sum = A::multiply_add(left, right, *sum);
                }
            }
            let mut result = [0f32; crate::simd::MOST_LANES];
            for sum in sums {
                sum.store(result.as_mut_ptr());
                black_box(result[0]);
            }
            (2 * A::NUMBERS * V::LANES * SUMS * ROUNDS) as f64
        }
    }
}

/// Blocks of sums by the matrix unit, from factors that stay in the first cache.
///
/// # Panics
///
/// If the processor has no such unit.
#[cfg(target_arch = "x86_64")]
fn blocks() -> f64 {
    const SEGMENTS: usize = 8;
    const BLOCKS: usize = 20_000;
    assert!(amx::is_available());
    let left = Buffer::zeros(SIDE * DEPTH);
    let right = Buffer::zeros(SEGMENTS * DEPTH * SIDE);
    let mut sums = Sums([[0.0; SIDE]; SIDE]);
    // SAFETY: the unit is there, and no other in this thread; all segments see the same rows of the left.
    unsafe {
        let unit = MatrixUnit::begin();
        for _ in 0..BLOCKS {
            let factors = Factors {
                left: black_box(left.as_ptr()),
                left_row: DEPTH,
                segments: SEGMENTS,
                length: DEPTH,
                segment_step: 0,
                right: right.as_ptr(),
            };
            unit.multiply(factors, &mut sums);
            black_box(&sums);
        }
    }
    (2 * 2 * SIDE * SIDE * DEPTH * SEGMENTS * BLOCKS) as f64
}
