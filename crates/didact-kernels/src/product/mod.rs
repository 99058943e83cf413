//! The product: the one inner loop under every convolution, gradient and linear layer.

mod arithmetic;
mod tile;

pub(crate) use arithmetic::{Arithmetic, PairsOfBf16, Plain};
pub(crate) use tile::Start;

use crate::simd::{InstructionSet, Kernel, Vector, run};

/// `output[row][column] = start + sum over the depth of left[row][k] * right[k][column]`.
///
/// Left and right are read where they lie. The depth has `segments` of `length` numbers each: the rows of pixels that
/// a convolution's kernel covers, or the rows of an image that its weight gradient sums over.
///
/// ```text
///                           right: panels of 2 vectors, LANES columns each
///                           k = 0   [ . . . . | . . . . ]
///  left: rows               k = 1   [ . . . . | . . . . ]
///   row 0  [ a a a a ... ]                |
///   row 1  [ a a a a ... ]  ──►   tile of sums: ROWS x 2 vectors,
///   ...                           all in registers; each number of left
///   row 13 [ a a a a ... ]        is broadcast and meets both vectors
/// ```
#[derive(Clone, Copy, Debug)]
pub(crate) struct Product {
    /// Rows of left and output.
    pub(crate) rows: usize,
    /// Columns of right and output.
    pub(crate) columns: usize,
    /// What is summed over.
    pub(crate) depth: Depth,
    pub(crate) left: *const f32,
    /// From one row of left to the next.
    pub(crate) left_row: usize,
    pub(crate) right: *const f32,
    /// From one panel of right to the next: `2 * LANES` where right lies row by row.
    pub(crate) right_panel: usize,
    pub(crate) output: *mut f32,
    /// From one row of output to the next.
    pub(crate) output_row: usize,
    /// What the sums start from.
    pub(crate) start: Start,
    /// Products of the same sizes, one after the other.
    pub(crate) batch: Batch,
}

/// Products of the same sizes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Batch {
    /// How many.
    pub(crate) count: usize,
    /// From one to the next, of left, right and output.
    pub(crate) steps: [usize; 3],
}

impl Batch {
    /// One product.
    pub(crate) const ONE: Self = Self {
        count: 1,
        steps: [0, 0, 0],
    };
}

/// What a product sums over, with the steps from one number to the next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Depth {
    /// Number of segments.
    pub(crate) segments: usize,
    /// Numbers in a segment.
    pub(crate) length: usize,
    /// Steps within a segment, of left and right.
    pub(crate) step: [usize; 2],
    /// Steps from one segment to the next, of left and right.
    pub(crate) segment_step: [usize; 2],
}

impl Product {
    /// Computes the product.
    ///
    /// # Safety
    ///
    /// Every row, depth and column lies within what `left`, `right` (whole vectors) and `output` point to, and nobody
    /// else uses the output meanwhile.
    pub(crate) unsafe fn compute<A: Arithmetic>(self, set: InstructionSet) {
        // SAFETY: the caller's.
        unsafe { run(set, Compute(self, std::marker::PhantomData::<A>)) }
    }
}

struct Compute<A>(Product, std::marker::PhantomData<A>);

impl<A: Arithmetic> Kernel for Compute<A> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let product = self.0;
        let width = 2 * V::LANES;
        let [left_step, right_step, output_step] = product.batch.steps;
        for index in 0..product.batch.count {
            for panel in 0..product.columns.div_ceil(width) {
                let column = panel * width;
                // SAFETY: the promise of `compute`; product, panel and column are within the batch.
                unsafe {
                    let left = product.left.add(index * left_step);
                    let right = product
                        .right
                        .add(index * right_step + panel * product.right_panel);
                    let output = product.output.add(index * output_step + column);
                    let tile = tile::Tile {
                        left,
                        right,
                        output,
                        column,
                    };
                    if product.columns - column > V::LANES {
                        compute_panel::<V, A, 2>(&product, tile);
                    } else {
                        compute_panel::<V, A, 1>(&product, tile);
                    }
                }
            }
        }
    }
}

/// All rows of a panel, tile by tile.
#[inline(always)]
unsafe fn compute_panel<V: Vector, A: Arithmetic, const VECTORS: usize>(
    product: &Product,
    mut tile: tile::Tile,
) {
    for rows in balanced(product.rows, V::ROWS) {
        // SAFETY: the caller's; the rows of all tiles are those of the product.
        unsafe {
            tile.compute_rows::<V, A, VECTORS>(product, rows);
            tile.left = tile.left.wrapping_add(rows * product.left_row);
            tile.output = tile.output.wrapping_add(rows * product.output_row);
        }
    }
}

/// `total` in as few parts of at most `most` as can be, of nearly equal size.
#[inline(always)]
fn balanced(total: usize, most: usize) -> impl Iterator<Item = usize> {
    let parts = total.div_ceil(most).max(1);
    (0..parts).map(move |part| total / parts + usize::from(part < total % parts))
}
