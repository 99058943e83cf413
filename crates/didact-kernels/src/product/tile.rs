//! The micro-kernel: a tile of sums that never leaves the registers.

use crate::simd::Vector;

use super::Product;
use super::arithmetic::Arithmetic;

/// What the sums of a product start from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Start {
    /// Zero.
    Zero,
    /// A number a column, in whole vectors.
    Bias(*const f32),
    /// What is in the output.
    Output,
}

// SAFETY: the bias is only read, and whoever computes the product keeps it.
unsafe impl Send for Start {}
// SAFETY: the same.
unsafe impl Sync for Start {}

/// Where a tile lies.
#[derive(Clone, Copy)]
pub(super) struct Tile {
    pub(super) left: *const f32,
    pub(super) right: *const f32,
    pub(super) output: *mut f32,
    pub(super) column: usize,
}

impl Tile {
    /// Computes a tile of `rows` rows, known only now, by the micro-kernel compiled for that number.
    ///
    /// # Safety
    ///
    /// As [`Product::compute`], and `rows <= V::ROWS <= 14`.
    #[inline(always)]
    pub(super) unsafe fn compute_rows<V: Vector, A: Arithmetic, const VECTORS: usize>(
        self,
        product: &Product,
        rows: usize,
    ) {
        macro_rules! by_number_of_rows {
            ($($number:literal)*) => {
                match rows {
                    // SAFETY: the caller's.
                    $($number if $number <= V::ROWS => unsafe { self.compute::<V, A, $number, VECTORS>(product) },)*
                    _ => {}
                }
            };
        }
        by_number_of_rows!(1 2 3 4 5 6 7 8 9 10 11 12 13 14);
    }

    /// The micro-kernel.
    #[inline(always)]
    unsafe fn compute<V: Vector, A: Arithmetic, const ROWS: usize, const VECTORS: usize>(
        self,
        product: &Product,
    ) {
        let depth = product.depth;
        // SAFETY: the caller's.
        unsafe {
            let mut sums = self.start::<V, ROWS, VECTORS>(product);
            for segment in 0..depth.segments {
                let mut left = self.left.add(segment * depth.segment_step[0]);
                let mut right = self.right.add(segment * depth.segment_step[1]);
                // These pointers run beyond the last number by a step, unread.
                for _ in 0..depth.length {
                    let mut factors = [V::splat(0.0); VECTORS];
                    for (vector, factor) in factors.iter_mut().enumerate() {
                        *factor = V::load(right.add(vector * V::LANES));
                    }
                    for (row, sums) in sums.iter_mut().enumerate() {
                        let number = V::splat(*left.add(row * product.left_row));
                        for (sum, factor) in sums.iter_mut().zip(factors) {
                            *sum = A::multiply_add(number, factor, *sum);
                        }
                    }
                    left = left.wrapping_add(depth.step[0]);
                    right = right.wrapping_add(depth.step[1]);
                }
            }
            self.finish(product, sums);
        }
    }

    #[inline(always)]
    unsafe fn start<V: Vector, const ROWS: usize, const VECTORS: usize>(
        self,
        product: &Product,
    ) -> [[V; VECTORS]; ROWS] {
        // SAFETY: the caller's.
        unsafe {
            let mut sums = [[V::splat(0.0); VECTORS]; ROWS];
            match product.start {
                Start::Zero => {}
                Start::Bias(bias) => {
                    for vector in 0..VECTORS {
                        let bias = V::load(bias.add(self.column + vector * V::LANES));
                        for sums in &mut sums {
                            sums[vector] = bias;
                        }
                    }
                }
                Start::Output => {
                    for (row, sums) in sums.iter_mut().enumerate() {
                        for (vector, sum) in sums.iter_mut().enumerate() {
                            let place = self.output.add(row * product.output_row + vector * V::LANES);
                            *sum = V::load_first(place, self.columns_of::<V>(product, vector));
                        }
                    }
                }
            }
            sums
        }
    }

    #[inline(always)]
    unsafe fn finish<V: Vector, const ROWS: usize, const VECTORS: usize>(
        self,
        product: &Product,
        sums: [[V; VECTORS]; ROWS],
    ) {
        for (row, sums) in sums.into_iter().enumerate() {
            for (vector, sum) in sums.into_iter().enumerate() {
                // SAFETY: the caller's; only columns of the product are written.
                unsafe {
                    let place = self.output.add(row * product.output_row + vector * V::LANES);
                    let columns = self.columns_of::<V>(product, vector);
                    if columns == V::LANES {
                        sum.store(place);
                    } else {
                        sum.store_first(place, columns);
                    }
                }
            }
        }
    }

    /// Columns of the product that a vector of this tile holds.
    #[inline(always)]
    fn columns_of<V: Vector>(self, product: &Product, vector: usize) -> usize {
        (product.columns - self.column)
            .saturating_sub(vector * V::LANES)
            .min(V::LANES)
    }
}
