//! The left side of a product.

use super::{Runs, part};
use crate::buffer::Buffer;
use crate::simd::amx::{DEPTH, SIDE};
use crate::simd::{InstructionSet, Kernel, MOST_LANES, Vector, run};

/// Rows of cells, in whole blocks with zeros at the ends.
#[derive(Debug)]
pub(crate) struct Left {
    pub(crate) rows: usize,
    /// Cells of a row, of two numbers each.
    pub(crate) depth: usize,
    /// Cells before those that are zero.
    pub(super) filled: usize,
    /// From one row to the next: an odd number of cache lines, so that the rows of a tile do not fall on the same lines of
    /// the first cache.
    pub(crate) step: usize,
    cells: Buffer,
}

impl Left {
    /// Lays out `rows` rows of `depth` numbers.
    ///
    /// # Panics
    ///
    /// If these are not the runs of such rows.
    pub(crate) fn new(set: InstructionSet, runs: Runs<'_>, [rows, depth]: [usize; 2]) -> Self {
        assert!(runs.are_of(rows, depth));
        let filled = depth.div_ceil(2);
        let depth = filled.next_multiple_of(DEPTH);
        let step = depth.next_multiple_of(2 * DEPTH) + DEPTH;
        // What the unit multiplies at once, or what is turned at once.
        let block = if set.has_matrix_unit() { SIDE } else { MOST_LANES };
        let mut cells = Buffer::any(rows.next_multiple_of(block) * step);
        let kernel = LayOut {
            runs,
            rows,
            depth,
            step,
            cells: &mut cells,
        };
        // SAFETY: the kernel has slices only.
        unsafe { run(set, kernel) };
        Self {
            rows,
            depth,
            filled,
            step,
            cells,
        }
    }

    /// Whether it was laid out for the matrix unit, in blocks of [`SIDE`] rows.
    pub(crate) fn has_whole_blocks(&self) -> bool {
        self.cells.len() >= self.rows.next_multiple_of(SIDE) * self.step
    }

    /// The cells from a row on.
    pub(crate) fn row(&self, row: usize) -> &[f32] {
        &self.cells[row * self.step..]
    }
}

struct LayOut<'a> {
    runs: Runs<'a>,
    rows: usize,
    depth: usize,
    step: usize,
    cells: &'a mut [f32],
}

impl Kernel for LayOut<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        // SAFETY: the caller's; what is written is within the row that it is written to.
        unsafe {
            match self.runs {
                Runs::OfLines(runs) => {
                    for (index, row) in self.cells.chunks_exact_mut(self.step).enumerate() {
                        let halves = row.as_mut_ptr().cast::<u16>();
                        for place in (0..2 * self.depth).step_by(V::LANES) {
                            part::<V>(runs.get(index), place).store_bf16(halves.add(place));
                        }
                    }
                }
                Runs::OfDepth(runs) => {
                    let mut square = [[0.0; MOST_LANES]; MOST_LANES];
                    for cell in (0..self.depth).step_by(MOST_LANES) {
                        let blocks = self.cells.chunks_exact_mut(MOST_LANES * self.step);
                        for (block, rows) in blocks.enumerate() {
                            if block * MOST_LANES >= self.rows {
                                let rows = rows.chunks_exact_mut(self.step);
                                rows.for_each(|row| row[cell..][..MOST_LANES].fill(0.0));
                                continue;
                            }
                            for (index, pairs) in square.iter_mut().enumerate() {
                                for place in (0..MOST_LANES).step_by(V::LANES) {
                                    let first = block * MOST_LANES + place;
                                    let (even, odd) = (2 * (cell + index), 2 * (cell + index) + 1);
                                    part::<V>(runs.get(even), first)
                                        .pair_bf16(part(runs.get(odd), first))
                                        .store(pairs.as_mut_ptr().add(place));
                                }
                            }
                            V::transpose(&mut square);
                            for (row, cells) in rows.chunks_exact_mut(self.step).zip(&square) {
                                row[cell..][..MOST_LANES].copy_from_slice(cells);
                            }
                        }
                    }
                }
            }
        }
    }
}
