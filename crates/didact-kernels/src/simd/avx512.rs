//! Vectors of sixteen numbers.

use std::arch::x86_64::{
    __m256bh, __m256i, __m512, __m512bh, __m512i, _CMP_EQ_OQ, _CMP_GT_OQ, _CMP_ORD_Q, _CMP_UNORD_Q,
    _MM_FROUND_NO_EXC, _MM_FROUND_TO_NEAREST_INT, _mm256_storeu_si256, _mm512_add_epi32, _mm512_add_ps,
    _mm512_and_epi32, _mm512_castpd_ps, _mm512_castps_pd, _mm512_castps_si512, _mm512_castsi512_ps,
    _mm512_cmp_ps_mask, _mm512_cvtepi32_epi16, _mm512_cvtne2ps_pbh, _mm512_cvtneps_pbh, _mm512_div_ps,
    _mm512_dpbf16_ps, _mm512_fmadd_ps, _mm512_loadu_epi16, _mm512_loadu_ps, _mm512_mask_max_ps,
    _mm512_mask_or_epi32, _mm512_mask_storeu_ps, _mm512_maskz_loadu_ps, _mm512_maskz_mov_ps, _mm512_max_ps,
    _mm512_min_ps, _mm512_mul_ps, _mm512_or_epi32, _mm512_permutexvar_epi16, _mm512_roundscale_ps,
    _mm512_scalef_ps, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_ps, _mm512_shuffle_f32x4,
    _mm512_slli_epi32, _mm512_sqrt_ps, _mm512_srli_epi32, _mm512_storeu_ps, _mm512_sub_ps,
    _mm512_unpackhi_pd, _mm512_unpackhi_ps, _mm512_unpacklo_pd, _mm512_unpacklo_ps,
};
use std::mem::transmute;

use super::{Kernel, Square, Vector};

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

/// Places in two vectors of `bf16`, those of the second from 16 on: one of each in turn.
const INTERLEAVED: [i16; 32] = {
    let mut places = [0; 32];
    let mut place = 0;
    while place < 16 {
        places[2 * place as usize] = place;
        places[2 * place as usize + 1] = place + 16;
        place += 1;
    }
    places
};

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
        // SAFETY: the caller's; any `bf16` are bits.
        unsafe {
            if BF16 {
                let rounded = transmute::<__m256bh, __m256i>(_mm512_cvtneps_pbh(self.0));
                return _mm256_storeu_si256(to.cast(), rounded);
            }
            let upper = _mm512_srli_epi32::<16>(_mm512_castps_si512(self.round_bf16().0));
            _mm256_storeu_si256(to.cast(), _mm512_cvtepi32_epi16(upper));
        }
    }
    #[inline(always)]
    unsafe fn pair_bf16(self, high: Self) -> Self {
        // SAFETY: the caller's; any `bf16` are bits.
        unsafe {
            if BF16 {
                let rounded = transmute::<__m512bh, __m512i>(_mm512_cvtne2ps_pbh(high.0, self.0));
                let order = _mm512_loadu_epi16(INTERLEAVED.as_ptr());
                return Self(_mm512_castsi512_ps(_mm512_permutexvar_epi16(order, rounded)));
            }
            self.round_bf16().merge_halves(high.round_bf16())
        }
    }
    /// Numbers of four rows come together four at a time, then those fours. Without closures, into which the intrinsics
    /// would not be inlined.
    #[inline(always)]
    unsafe fn transpose(square: &mut Square) {
        // SAFETY: the caller's; every row is a vector.
        unsafe {
            // Of rows 4q to 4q + 3, the column 4b + c in part b of number 4q + c.
            let mut fours = [_mm512_setzero_ps(); 16];
            for four in 0..4 {
                let mut rows = [_mm512_setzero_ps(); 4];
                for row in 0..4 {
                    rows[row] = _mm512_loadu_ps(square[4 * four + row].as_ptr());
                }
                let [a, b, c, d] = rows;
                let pairs = [
                    (_mm512_unpacklo_ps(a, b), _mm512_unpacklo_ps(c, d)),
                    (_mm512_unpackhi_ps(a, b), _mm512_unpackhi_ps(c, d)),
                ];
                for half in 0..2 {
                    let (upper, lower) = (_mm512_castps_pd(pairs[half].0), _mm512_castps_pd(pairs[half].1));
                    fours[4 * four + 2 * half] = _mm512_castpd_ps(_mm512_unpacklo_pd(upper, lower));
                    fours[4 * four + 2 * half + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(upper, lower));
                }
            }
            for column in 0..4 {
                let [a, b, c, d] = [
                    fours[column],
                    fours[4 + column],
                    fours[8 + column],
                    fours[12 + column],
                ];
                // Parts 0 and 2, and parts 1 and 3, of rows 0 to 7 and 8 to 15.
                let even = [
                    _mm512_shuffle_f32x4::<0x88>(a, b),
                    _mm512_shuffle_f32x4::<0x88>(c, d),
                ];
                let odd = [
                    _mm512_shuffle_f32x4::<0xdd>(a, b),
                    _mm512_shuffle_f32x4::<0xdd>(c, d),
                ];
                let parts = [
                    _mm512_shuffle_f32x4::<0x88>(even[0], even[1]),
                    _mm512_shuffle_f32x4::<0x88>(odd[0], odd[1]),
                    _mm512_shuffle_f32x4::<0xdd>(even[0], even[1]),
                    _mm512_shuffle_f32x4::<0xdd>(odd[0], odd[1]),
                ];
                for part in 0..4 {
                    _mm512_storeu_ps(square[4 * part + column].as_mut_ptr(), parts[part]);
                }
            }
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
