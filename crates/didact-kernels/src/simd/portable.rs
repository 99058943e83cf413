//! Vectors for any processor: arrays, which the compiler vectorises as it can.

use super::Vector;

const LANES: usize = 8;

/// Eight numbers.
#[derive(Clone, Copy)]
pub(crate) struct Portable([f32; LANES]);

impl Portable {
    #[inline(always)]
    fn map(self, function: impl Fn(f32) -> f32) -> Self {
        Self(self.0.map(function))
    }

    #[inline(always)]
    fn zip(self, other: Self, function: impl Fn(f32, f32) -> f32) -> Self {
        Self(std::array::from_fn(|lane| function(self.0[lane], other.0[lane])))
    }
}

fn round_bf16(value: f32) -> f32 {
    let bits = value.to_bits();
    if value.is_nan() {
        return f32::from_bits((bits | 0x0040_0000) & 0xffff_0000);
    }
    f32::from_bits((bits + 0x7fff + ((bits >> 16) & 1)) & 0xffff_0000)
}

/// A cell of two numbers, rounded to `bf16`.
pub(crate) fn pair_of_bf16(low: f32, high: f32) -> f32 {
    f32::from_bits((round_bf16(low).to_bits() >> 16) | round_bf16(high).to_bits())
}

impl Vector for Portable {
    const LANES: usize = LANES;
    const ROWS: usize = 4;

    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        Self([value; LANES])
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller's.
        Self(unsafe { from.cast::<[f32; LANES]>().read_unaligned() })
    }
    #[inline(always)]
    unsafe fn load_first(from: *const f32, count: usize) -> Self {
        // SAFETY: the caller's; lanes from `count` on are not read.
        Self(std::array::from_fn(|lane| {
            if lane < count {
                // SAFETY: the caller's.
                unsafe { *from.add(lane) }
            } else {
                0.0
            }
        }))
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the caller's.
        unsafe { to.cast::<[f32; LANES]>().write_unaligned(self.0) }
    }
    #[inline(always)]
    unsafe fn store_first(self, to: *mut f32, count: usize) {
        for (lane, value) in self.0.into_iter().enumerate().take(count) {
            // SAFETY: the caller's; lanes from `count` on are not written.
            unsafe { *to.add(lane) = value }
        }
    }
    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }
    #[inline(always)]
    unsafe fn subtract(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }
    #[inline(always)]
    unsafe fn multiply(self, other: Self) -> Self {
        self.zip(other, |a, b| a * b)
    }
    #[inline(always)]
    unsafe fn divide(self, other: Self) -> Self {
        self.zip(other, |a, b| a / b)
    }
    #[inline(always)]
    unsafe fn max(self, other: Self) -> Self {
        self.zip(other, |a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    unsafe fn min(self, other: Self) -> Self {
        self.zip(other, |a, b| if a < b { a } else { b })
    }
    #[inline(always)]
    unsafe fn larger(self, other: Self) -> Self {
        self.zip(other, |a, b| if a > b || a.is_nan() { a } else { b })
    }
    #[inline(always)]
    unsafe fn square_root(self) -> Self {
        self.map(f32::sqrt)
    }
    #[inline(always)]
    unsafe fn multiply_add(self, factor: Self, summand: Self) -> Self {
        // Rounded twice: without the instruction, rounding once takes a call of the mathematics library a value.
        Self(std::array::from_fn(|lane| {
            self.0[lane] * factor.0[lane] + summand.0[lane]
        }))
    }
    #[inline(always)]
    unsafe fn round(self) -> Self {
        // Adding 1.5 * 2^23 leaves no bits for fractions; enough for values below 2^22.
        self.map(|value| (value + 12_582_912.0) - 12_582_912.0)
    }
    #[inline(always)]
    unsafe fn power_of_two(self) -> Self {
        self.map(|value| f32::from_bits(((value as i32 + 127) as u32) << 23))
    }
    #[inline(always)]
    unsafe fn where_positive(self, condition: Self) -> Self {
        self.zip(
            condition,
            |value, condition| if condition > 0.0 { value } else { 0.0 },
        )
    }
    #[expect(clippy::float_cmp, reason = "the very number is looked for")]
    #[inline(always)]
    unsafe fn where_equal(self, left: Self, right: Self) -> Self {
        Self(std::array::from_fn(|lane| {
            if left.0[lane] == right.0[lane] {
                self.0[lane]
            } else {
                0.0
            }
        }))
    }
    #[inline(always)]
    unsafe fn round_bf16(self) -> Self {
        self.map(round_bf16)
    }
    #[inline(always)]
    unsafe fn merge_halves(self, high: Self) -> Self {
        self.zip(high, |low, high| {
            f32::from_bits((low.to_bits() >> 16) | (high.to_bits() & 0xffff_0000))
        })
    }
    #[inline(always)]
    unsafe fn low_halves(self) -> Self {
        self.map(|pair| f32::from_bits(pair.to_bits() << 16))
    }
    #[inline(always)]
    unsafe fn high_halves(self) -> Self {
        self.map(|pair| f32::from_bits(pair.to_bits() & 0xffff_0000))
    }
}
