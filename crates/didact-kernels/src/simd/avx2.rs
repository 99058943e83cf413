//! Vectors of eight numbers.

use std::arch::x86_64::{
    __m256, __m256i, _CMP_EQ_OQ, _CMP_GT_OQ, _CMP_UNORD_Q, _MM_FROUND_NO_EXC, _MM_FROUND_TO_NEAREST_INT,
    _mm256_add_epi32, _mm256_add_ps, _mm256_and_ps, _mm256_and_si256, _mm256_blendv_ps, _mm256_castps_si256,
    _mm256_castsi256_ps, _mm256_cmp_ps, _mm256_cmpgt_epi32, _mm256_cvtps_epi32, _mm256_div_ps,
    _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_maskload_ps, _mm256_maskstore_ps, _mm256_max_ps, _mm256_min_ps,
    _mm256_mul_ps, _mm256_or_ps, _mm256_or_si256, _mm256_round_ps, _mm256_set1_epi32, _mm256_set1_ps,
    _mm256_setr_epi32, _mm256_setzero_ps, _mm256_slli_epi32, _mm256_sqrt_ps, _mm256_srli_epi32,
    _mm256_storeu_ps, _mm256_sub_ps,
};

use super::{Kernel, Vector};

/// Runs a kernel with AVX2 and fused multiply-add.
///
/// # Safety
///
/// The processor has these features, and the kernel's fields are valid.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn run<K: Kernel>(kernel: K) -> K::Output {
    // SAFETY: the caller's.
    unsafe { kernel.run::<Avx2>() }
}

/// Eight numbers.
#[derive(Clone, Copy)]
pub(crate) struct Avx2(__m256);

/// All bits of the first `count` lanes.
#[inline(always)]
unsafe fn mask(count: usize) -> __m256i {
    // SAFETY: the caller has AVX2.
    unsafe {
        let lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
        _mm256_cmpgt_epi32(_mm256_set1_epi32((count as u32).cast_signed()), lanes)
    }
}

impl Vector for Avx2 {
    const LANES: usize = 8;
    const ROWS: usize = 6;

    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm256_set1_ps(value)) }
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm256_loadu_ps(from)) }
    }
    #[inline(always)]
    unsafe fn load_first(from: *const f32, count: usize) -> Self {
        // SAFETY: the caller's.
        unsafe {
            if count == 8 {
                Self::load(from)
            } else {
                Self(_mm256_maskload_ps(from, mask(count)))
            }
        }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the caller's.
        unsafe { _mm256_storeu_ps(to, self.0) }
    }
    #[inline(always)]
    unsafe fn store_first(self, to: *mut f32, count: usize) {
        // SAFETY: the caller's.
        unsafe {
            if count == 8 {
                self.store(to);
            } else {
                _mm256_maskstore_ps(to, mask(count), self.0);
            }
        }
    }
    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm256_add_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn subtract(self, other: Self) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm256_sub_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn multiply(self, other: Self) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm256_mul_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn divide(self, other: Self) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm256_div_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn max(self, other: Self) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm256_max_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn min(self, other: Self) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm256_min_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn larger(self, other: Self) -> Self {
        // SAFETY: the caller's.
        unsafe {
            let is_none = _mm256_cmp_ps::<_CMP_UNORD_Q>(self.0, self.0);
            Self(_mm256_blendv_ps(_mm256_max_ps(self.0, other.0), self.0, is_none))
        }
    }
    #[inline(always)]
    unsafe fn square_root(self) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm256_sqrt_ps(self.0)) }
    }
    #[inline(always)]
    unsafe fn multiply_add(self, factor: Self, summand: Self) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm256_fmadd_ps(self.0, factor.0, summand.0)) }
    }
    #[inline(always)]
    unsafe fn round(self) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm256_round_ps::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(self.0)) }
    }
    #[inline(always)]
    unsafe fn power_of_two(self) -> Self {
        // SAFETY: the caller's.
        unsafe {
            let exponent = _mm256_add_epi32(_mm256_cvtps_epi32(self.0), _mm256_set1_epi32(127));
            Self(_mm256_castsi256_ps(_mm256_slli_epi32::<23>(exponent)))
        }
    }
    #[inline(always)]
    unsafe fn where_positive(self, condition: Self) -> Self {
        // SAFETY: the caller's.
        unsafe {
            Self(_mm256_and_ps(
                _mm256_cmp_ps::<_CMP_GT_OQ>(condition.0, _mm256_setzero_ps()),
                self.0,
            ))
        }
    }
    #[inline(always)]
    unsafe fn where_equal(self, left: Self, right: Self) -> Self {
        // SAFETY: the caller's.
        unsafe {
            Self(_mm256_and_ps(
                _mm256_cmp_ps::<_CMP_EQ_OQ>(left.0, right.0),
                self.0,
            ))
        }
    }
    #[inline(always)]
    unsafe fn round_bf16(self) -> Self {
        // SAFETY: the caller's.
        unsafe {
            let bits = _mm256_castps_si256(self.0);
            let odd = _mm256_and_si256(_mm256_srli_epi32::<16>(bits), _mm256_set1_epi32(1));
            let rounded = _mm256_add_epi32(_mm256_add_epi32(bits, _mm256_set1_epi32(0x7fff)), odd);
            // What is no number must not be rounded into one.
            let is_none = _mm256_cmp_ps::<_CMP_UNORD_Q>(self.0, self.0);
            let quiet = _mm256_or_si256(bits, _mm256_set1_epi32(0x0040_0000));
            Self(_mm256_blendv_ps(
                _mm256_castsi256_ps(rounded),
                _mm256_castsi256_ps(quiet),
                is_none,
            ))
            .high_halves()
        }
    }
    #[inline(always)]
    unsafe fn merge_halves(self, high: Self) -> Self {
        // SAFETY: the caller's.
        unsafe {
            let low = _mm256_srli_epi32::<16>(_mm256_castps_si256(self.0));
            Self(_mm256_or_ps(_mm256_castsi256_ps(low), high.high_halves().0))
        }
    }
    #[inline(always)]
    unsafe fn low_halves(self) -> Self {
        // SAFETY: the caller's.
        unsafe {
            Self(_mm256_castsi256_ps(_mm256_slli_epi32::<16>(_mm256_castps_si256(
                self.0,
            ))))
        }
    }
    #[inline(always)]
    unsafe fn high_halves(self) -> Self {
        // SAFETY: the caller's.
        unsafe {
            let upper = _mm256_set1_epi32(0xffff_0000_u32.cast_signed());
            Self(_mm256_and_ps(self.0, _mm256_castsi256_ps(upper)))
        }
    }
}
