//! Vectors of sixteen numbers.

use std::arch::x86_64::{
    __m512, __m512bh, _CMP_EQ_OQ, _CMP_GT_OQ, _CMP_ORD_Q, _CMP_UNORD_Q, _MM_FROUND_NO_EXC,
    _MM_FROUND_TO_NEAREST_INT, _mm256_storeu_si256, _mm512_add_epi32, _mm512_add_ps, _mm512_and_epi32,
    _mm512_castps_si512, _mm512_castsi512_ps, _mm512_cmp_ps_mask, _mm512_cvtepi32_epi16, _mm512_div_ps,
    _mm512_dpbf16_ps, _mm512_fmadd_ps, _mm512_loadu_ps, _mm512_mask_max_ps, _mm512_mask_or_epi32,
    _mm512_mask_storeu_ps, _mm512_maskz_loadu_ps, _mm512_maskz_mov_ps, _mm512_max_ps, _mm512_min_ps,
    _mm512_mul_ps, _mm512_or_epi32, _mm512_roundscale_ps, _mm512_scalef_ps, _mm512_set1_epi32,
    _mm512_set1_ps, _mm512_slli_epi32, _mm512_sqrt_ps, _mm512_srli_epi32, _mm512_storeu_ps, _mm512_sub_ps,
};
use std::mem::transmute;

use super::{Kernel, Vector};

/// Runs a kernel with AVX-512.
///
/// # Safety
///
/// The processor has these features, and the kernel's fields are valid.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
pub(super) unsafe fn run<K: Kernel>(kernel: K) -> K::Output {
    // SAFETY: the caller's.
    unsafe { kernel.run::<Avx512<false>>() }
}

/// Runs a kernel with AVX-512 and its products of `bf16`.
///
/// # Safety
///
/// The processor has these features, and the kernel's fields are valid.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,avx2,fma")]
pub(super) unsafe fn run_with_bf16<K: Kernel>(kernel: K) -> K::Output {
    // SAFETY: the caller's.
    unsafe { kernel.run::<Avx512<true>>() }
}

/// Sixteen numbers; `BF16` tells whether the processor multiplies pairs of `bf16`.
#[derive(Clone, Copy)]
pub(crate) struct Avx512<const BF16: bool>(__m512);

fn mask(count: usize) -> u16 {
    (1u32.wrapping_shl(count as u32) - 1) as u16
}

impl<const BF16: bool> Vector for Avx512<BF16> {
    const LANES: usize = 16;
    const ROWS: usize = 14;

    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm512_set1_ps(value)) }
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm512_loadu_ps(from)) }
    }
    #[inline(always)]
    unsafe fn load_first(from: *const f32, count: usize) -> Self {
        // SAFETY: the caller's.
        unsafe {
            if count == 16 {
                Self::load(from)
            } else {
                Self(_mm512_maskz_loadu_ps(mask(count), from))
            }
        }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the caller's.
        unsafe { _mm512_storeu_ps(to, self.0) }
    }
    #[inline(always)]
    unsafe fn store_first(self, to: *mut f32, count: usize) {
        // SAFETY: the caller's.
        unsafe {
            if count == 16 {
                self.store(to);
            } else {
                _mm512_mask_storeu_ps(to, mask(count), self.0);
            }
        }
    }
    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm512_add_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn subtract(self, other: Self) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm512_sub_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn multiply(self, other: Self) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm512_mul_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn divide(self, other: Self) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm512_div_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn max(self, other: Self) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm512_max_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn min(self, other: Self) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm512_min_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn larger(self, other: Self) -> Self {
        // SAFETY: the caller's.
        unsafe {
            let is_number = _mm512_cmp_ps_mask::<_CMP_ORD_Q>(self.0, self.0);
            Self(_mm512_mask_max_ps(self.0, is_number, self.0, other.0))
        }
    }
    #[inline(always)]
    unsafe fn square_root(self) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm512_sqrt_ps(self.0)) }
    }
    #[inline(always)]
    unsafe fn multiply_add(self, factor: Self, summand: Self) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm512_fmadd_ps(self.0, factor.0, summand.0)) }
    }
    #[inline(always)]
    unsafe fn round(self) -> Self {
        // SAFETY: the caller's.
        unsafe {
            Self(_mm512_roundscale_ps::<
                { _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC },
            >(self.0))
        }
    }
    #[inline(always)]
    unsafe fn power_of_two(self) -> Self {
        // SAFETY: the caller's.
        unsafe { Self(_mm512_scalef_ps(_mm512_set1_ps(1.0), self.0)) }
    }
    #[inline(always)]
    unsafe fn where_positive(self, condition: Self) -> Self {
        // SAFETY: the caller's.
        unsafe {
            Self(_mm512_maskz_mov_ps(
                _mm512_cmp_ps_mask::<_CMP_GT_OQ>(condition.0, _mm512_set1_ps(0.0)),
                self.0,
            ))
        }
    }
    #[inline(always)]
    unsafe fn where_equal(self, left: Self, right: Self) -> Self {
        // SAFETY: the caller's.
        unsafe {
            Self(_mm512_maskz_mov_ps(
                _mm512_cmp_ps_mask::<_CMP_EQ_OQ>(left.0, right.0),
                self.0,
            ))
        }
    }
    #[inline(always)]
    unsafe fn round_bf16(self) -> Self {
        // SAFETY: the caller's.
        unsafe {
            let bits = _mm512_castps_si512(self.0);
            let odd = _mm512_and_epi32(_mm512_srli_epi32::<16>(bits), _mm512_set1_epi32(1));
            let rounded = _mm512_add_epi32(_mm512_add_epi32(bits, _mm512_set1_epi32(0x7fff)), odd);
            // What is no number must not be rounded into one.
            let is_none = _mm512_cmp_ps_mask::<_CMP_UNORD_Q>(self.0, self.0);
            let kept = _mm512_mask_or_epi32(rounded, is_none, bits, _mm512_set1_epi32(0x0040_0000));
            Self(_mm512_castsi512_ps(kept)).high_halves()
        }
    }
    #[inline(always)]
    unsafe fn merge_halves(self, high: Self) -> Self {
        // SAFETY: the caller's.
        unsafe {
            let low = _mm512_srli_epi32::<16>(_mm512_castps_si512(self.0));
            let high = _mm512_castps_si512(high.high_halves().0);
            Self(_mm512_castsi512_ps(_mm512_or_epi32(low, high)))
        }
    }
    #[inline(always)]
    unsafe fn low_halves(self) -> Self {
        // SAFETY: the caller's.
        unsafe {
            Self(_mm512_castsi512_ps(_mm512_slli_epi32::<16>(_mm512_castps_si512(
                self.0,
            ))))
        }
    }
    #[inline(always)]
    unsafe fn high_halves(self) -> Self {
        // SAFETY: the caller's.
        unsafe {
            let upper = _mm512_set1_epi32(0xffff_0000_u32.cast_signed());
            Self(_mm512_castsi512_ps(_mm512_and_epi32(
                _mm512_castps_si512(self.0),
                upper,
            )))
        }
    }
    #[inline(always)]
    unsafe fn store_bf16(self, to: *mut u16) {
        // SAFETY: the caller's.
        unsafe {
            let upper = _mm512_srli_epi32::<16>(_mm512_castps_si512(self.round_bf16().0));
            _mm256_storeu_si256(to.cast(), _mm512_cvtepi32_epi16(upper));
        }
    }
    #[inline(always)]
    unsafe fn multiply_add_pairs(self, other: Self, summand: Self) -> Self {
        // SAFETY: the caller's; any bits are a vector of `bf16`.
        unsafe {
            if BF16 {
                let (a, b) = (
                    transmute::<__m512, __m512bh>(self.0),
                    transmute::<__m512, __m512bh>(other.0),
                );
                return Self(_mm512_dpbf16_ps(summand.0, a, b));
            }
            let summand = self.low_halves().multiply_add(other.low_halves(), summand);
            self.high_halves().multiply_add(other.high_halves(), summand)
        }
    }
}
