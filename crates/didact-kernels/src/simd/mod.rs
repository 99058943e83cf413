//! Vectors of numbers, whatever the processor calls them.
//!
//! A kernel is written once, over [`Vector`], as a [`Kernel`]; [`run`] compiles it for every instruction set and picks
//! the processor's at run time. Everything a kernel calls on vectors is inlined into it: instructions beyond the
//! baseline exist only inside functions that enable them.

#[cfg(target_arch = "x86_64")]
pub(crate) mod amx;
#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod exponential;
mod instruction_set;
mod portable;

pub(crate) use exponential::{error_function, exponential};
pub use instruction_set::InstructionSet;
pub(crate) use portable::pair_of_bf16;

/// As many `f32` as the processor handles at once.
///
/// # Safety
///
/// Every method needs the instruction set of the implementing type, which [`run`] sees to, and must be inlined. Pointers
/// must be valid for [`Self::LANES`] values, or for `count` where that is asked for; no alignment is needed.
pub(crate) trait Vector: Copy {
    /// Number of values, a power of two.
    const LANES: usize;
    /// Rows of the largest tile of sums that the registers hold beside two vectors a row.
    const ROWS: usize;

    unsafe fn splat(value: f32) -> Self;
    unsafe fn load(from: *const f32) -> Self;
    /// The first `count` values; the other lanes are 0.
    unsafe fn load_first(from: *const f32, count: usize) -> Self;
    unsafe fn store(self, to: *mut f32);
    unsafe fn store_first(self, to: *mut f32, count: usize);

    unsafe fn add(self, other: Self) -> Self;
    unsafe fn subtract(self, other: Self) -> Self;
    unsafe fn multiply(self, other: Self) -> Self;
    unsafe fn divide(self, other: Self) -> Self;
    /// The larger; `other` if either is no number.
    unsafe fn max(self, other: Self) -> Self;
    /// The smaller; `other` if either is no number.
    unsafe fn min(self, other: Self) -> Self;
    /// The larger; no number if either is none.
    unsafe fn larger(self, other: Self) -> Self;
    unsafe fn square_root(self) -> Self;
    /// `self * factor + summand`, rounded once.
    unsafe fn multiply_add(self, factor: Self, summand: Self) -> Self;
    /// The nearest whole numbers.
    unsafe fn round(self) -> Self;
    /// `2^self` for whole numbers in `[-126, 127]`.
    unsafe fn power_of_two(self) -> Self;
    /// `self` where `condition > 0`, else 0.
    unsafe fn where_positive(self, condition: Self) -> Self;

    /// `self` where `left` and `right` are equal, else 0.
    unsafe fn where_equal(self, left: Self, right: Self) -> Self;

    /// Each value rounded to `bf16`, half to even, the lower half of its bits zero.
    unsafe fn round_bf16(self) -> Self;
    /// Lanes whose lower half of bits is the upper half of `self`, and whose upper half is that of `high`.
    unsafe fn merge_halves(self, high: Self) -> Self;
    /// The lower half of each lane's bits, moved up.
    unsafe fn low_halves(self) -> Self;
    /// The upper half of each lane's bits, the rest zero.
    unsafe fn high_halves(self) -> Self;

    /// Rounds to `bf16` and stores [`Self::LANES`] of them. What is nearer to zero than any normal number may become zero.
    #[inline(always)]
    unsafe fn store_bf16(self, to: *mut u16) {
        let mut values = [0f32; MOST_LANES];
        // SAFETY: the caller's, and no vector has more lanes than the array.
        unsafe {
            self.round_bf16().store(values.as_mut_ptr());
            for (lane, value) in values.iter().enumerate().take(Self::LANES) {
                *to.add(lane) = (value.to_bits() >> 16) as u16;
            }
        }
    }

    /// Lanes of two `bf16`: `self` rounded in the lower half, `high` in the upper. What is nearer to zero than any normal
    /// number may become zero.
    #[inline(always)]
    unsafe fn pair_bf16(self, high: Self) -> Self {
        // SAFETY: the caller's.
        unsafe { self.round_bf16().merge_halves(high.round_bf16()) }
    }

    /// Makes rows columns.
    #[cfg_attr(
        not(any(test, target_arch = "x86_64")),
        expect(dead_code, reason = "only products of `bf16` want it")
    )]
    #[inline(always)]
    unsafe fn transpose(square: &mut Square) {
        for row in 0..MOST_LANES {
            for column in 0..row {
                let above = square[column][row];
                square[column][row] = square[row][column];
                square[row][column] = above;
            }
        }
    }

    /// The sum of all lanes, as a tree.
    #[inline(always)]
    unsafe fn total(self) -> f32 {
        let mut values = [0f32; MOST_LANES];
        // SAFETY: the caller's, and no vector has more lanes than the array.
        unsafe { self.store(values.as_mut_ptr()) };
        let mut half = MOST_LANES / 2;
        while half > 0 {
            for lane in 0..half {
                values[lane] += values[lane + half];
            }
            half /= 2;
        }
        values[0]
    }

    /// Adds to `summand` the products of the two `bf16` in each lane of `self` with those of `other`.
    #[inline(always)]
    unsafe fn multiply_add_pairs(self, other: Self, summand: Self) -> Self {
        // SAFETY: the caller's.
        unsafe {
            let summand = self.low_halves().multiply_add(other.low_halves(), summand);
            self.high_halves().multiply_add(other.high_halves(), summand)
        }
    }
}

/// The vectors of `len` numbers: where each begins, and how many numbers it has, which the last may lack some of.
#[inline(always)]
pub(crate) fn vectors<V: Vector>(len: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..len)
        .step_by(V::LANES)
        .map(move |place| (place, (len - place).min(V::LANES)))
}

/// Lanes of the largest vector.
pub(crate) const MOST_LANES: usize = 16;

/// As many of the largest vectors as they have lanes.
pub(crate) type Square = [[f32; MOST_LANES]; MOST_LANES];

/// Work on vectors.
pub(crate) trait Kernel {
    /// What it yields.
    type Output;

    /// Does the work. Must be `#[inline(always)]`, as must be all it calls that is generic over `V`.
    ///
    /// # Safety
    ///
    /// The processor has `V`'s instruction set, and what the kernel's fields point to is as its constructor demands.
    unsafe fn run<V: Vector>(self) -> Self::Output;
}

/// Runs a kernel in an instruction set.
///
/// # Safety
///
/// What the kernel's fields point to is as its constructor demands.
pub(crate) unsafe fn run<K: Kernel>(set: InstructionSet, kernel: K) -> K::Output {
    // SAFETY: an `InstructionSet` exists only for what the processor has; the rest is the caller's promise.
    unsafe {
        match set.level() {
            #[cfg(target_arch = "x86_64")]
            instruction_set::Level::Avx512Bf16 | instruction_set::Level::Amx => avx512::run_with_bf16(kernel),
            #[cfg(target_arch = "x86_64")]
            instruction_set::Level::Avx512 => avx512::run(kernel),
            #[cfg(target_arch = "x86_64")]
            instruction_set::Level::Avx2 => avx2::run(kernel),
            instruction_set::Level::Portable => kernel.run::<portable::Portable>(),
        }
    }
}

#[cfg(test)]
mod tests;
