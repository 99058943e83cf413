//! The right side of a product.

use super::{Runs, part};
use crate::buffer::Buffer;
use crate::simd::amx::{DEPTH, SIDE};
use crate::simd::{InstructionSet, Kernel, MOST_LANES, Vector, run};

/// Panels of [`SIDE`] columns, in whole blocks with zeros at the ends.
#[derive(Debug)]
pub(crate) struct Right {
    pub(crate) columns: usize,
    /// Cells of a column, of two numbers each.
    pub(crate) depth: usize,
    /// Cells before those that are zero.
    pub(super) filled: usize,
    cells: Buffer,
}

impl Right {
    /// Lays out `columns` columns of `depth` numbers.
    ///
    /// # Panics
    ///
    /// If these are not the runs of such columns.
    pub(crate) fn new(set: InstructionSet, runs: Runs<'_>, [depth, columns]: [usize; 2]) -> Self {
        assert!(runs.are_of(columns, depth));
        let filled = depth.div_ceil(2);
        let depth = filled.next_multiple_of(DEPTH);
        let mut cells = Buffer::any(columns.next_multiple_of(SIDE) * depth);
        let kernel = LayOut {
            runs,
            depth,
            cells: &mut cells,
        };
        // SAFETY: the kernel has slices only.
        unsafe { run(set, kernel) };
        Self {
            columns,
            depth,
            filled,
            cells,
        }
    }

    /// The cells of all panels, one after the other.
    pub(super) fn cells(&self) -> &[f32] {
        &self.cells
    }

    /// The panel that begins with a column, a multiple of [`SIDE`].
    pub(crate) fn panel(&self, column: usize) -> &[f32] {
        &self.cells[column * self.depth..][..SIDE * self.depth]
    }
}

struct LayOut<'a> {
    runs: Runs<'a>,
    depth: usize,
    cells: &'a mut [f32],
}

impl Kernel for LayOut<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let panel = SIDE * self.depth;
        // SAFETY: the caller's; what is written is within the row that it is written to.
        unsafe {
            match self.runs {
                Runs::OfDepth(runs) => {
                    for cell in 0..self.depth {
                        for (index, cells) in self.cells.chunks_exact_mut(panel).enumerate() {
                            let row = &mut cells[cell * SIDE..][..SIDE];
                            for place in (0..SIDE).step_by(V::LANES) {
                                let column = index * SIDE + place;
                                part::<V>(runs.get(2 * cell), column)
                                    .pair_bf16(part(runs.get(2 * cell + 1), column))
                                    .store(row.as_mut_ptr().add(place));
                            }
                        }
                    }
                }
                Runs::OfLines(runs) => {
                    let mut square = [[0.0; MOST_LANES]; MOST_LANES];
                    for (panel, cells) in self.cells.chunks_exact_mut(panel).enumerate() {
                        for (block, rows) in cells.chunks_exact_mut(MOST_LANES * SIDE).enumerate() {
                            for first in (0..SIDE).step_by(MOST_LANES) {
                                for (index, column) in square.iter_mut().enumerate() {
                                    let run = runs.get(panel * SIDE + first + index);
                                    let halves = column.as_mut_ptr().cast::<u16>();
                                    for place in (0..2 * MOST_LANES).step_by(V::LANES) {
                                        part::<V>(run, 2 * MOST_LANES * block + place)
                                            .store_bf16(halves.add(place));
                                    }
                                }
                                V::transpose(&mut square);
                                for (row, cells) in rows.chunks_exact_mut(SIDE).zip(&square) {
                                    row[first..][..MOST_LANES].copy_from_slice(cells);
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
