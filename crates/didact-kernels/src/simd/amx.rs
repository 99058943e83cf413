//! The matrix unit of some processors (AMX): products of tiles of `bf16`, summed in `f32`.
//!
//! The compiler has no stable functions for its instructions, so they are written out here.

use std::arch::asm;
use std::sync::OnceLock;

/// Rows and columns of a block of sums: two tiles by two.
pub(crate) const SIDE: usize = 32;

/// Cells, of two `bf16` each, in a row of a tile.
pub(crate) const DEPTH: usize = 16;

/// A block of sums.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(crate) struct Sums(pub(crate) [[f32; SIDE]; SIDE]);

/// Tiles in a column of sums.
pub(crate) const TILES: usize = 4;

/// Rows and columns of a tile.
pub(crate) const TILE: usize = 16;

/// A column of sums: four tiles.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(crate) struct ColumnSums(pub(crate) [[[f32; TILE]; TILE]; TILES]);

/// What a block is the product of. Sizes and steps are in cells of two `bf16`, neighbours in the depth.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Factors {
    /// The first row of the left side; it may begin in the middle of a cell.
    pub(crate) left: *const f32,
    /// From one row to the next.
    pub(crate) left_row: usize,
    /// Parts of the depth that lie apart on the left.
    pub(crate) segments: usize,
    /// Cells of a segment: a multiple of [`DEPTH`].
    pub(crate) length: usize,
    /// From one segment to the next.
    pub(crate) segment_step: usize,
    /// The right side: [`SIDE`] columns of each cell of the depth.
    pub(crate) right: *const f32,
}

/// Bytes of a cell.
const CELL: usize = size_of::<f32>();

impl Factors {
    /// Bytes from the end of a segment to the beginning of the next; negative ones wrap.
    fn skip(&self) -> usize {
        self.segment_step.wrapping_sub(self.length).wrapping_mul(CELL)
    }
}

/// Whether the processor has the unit, and the system lets this process use it.
pub(crate) fn is_available() -> bool {
    static AVAILABLE: OnceLock<bool> = OnceLock::new();
    *AVAILABLE.get_or_init(|| has_instructions() && is_permitted())
}

fn has_instructions() -> bool {
    const BF16: u32 = 1 << 22;
    const TILES: u32 = 1 << 24;
    const EXTENDED_FEATURES: u32 = 7;
    let highest = std::arch::x86_64::__cpuid(0).eax;
    highest >= EXTENDED_FEATURES
        && std::arch::x86_64::__cpuid_count(EXTENDED_FEATURES, 0).edx & (BF16 | TILES) == BF16 | TILES
}

/// Asks Linux for the registers, which are too large for it to save them for everyone.
#[cfg(target_os = "linux")]
fn is_permitted() -> bool {
    const ARCH_REQ_XCOMP_PERM: libc::c_long = 0x1023;
    const TILE_DATA: libc::c_long = 18;
    // SAFETY: the call has no pointer.
    unsafe { libc::syscall(libc::SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, TILE_DATA) == 0 }
}

#[cfg(not(target_os = "linux"))]
fn is_permitted() -> bool {
    false
}

/// The unit of the processor that runs this thread, ready for blocks.
#[derive(Debug)]
pub(crate) struct MatrixUnit(());

/// How `ldtilecfg` wants it.
#[repr(C, align(64))]
struct Configuration {
    palette: u8,
    start_row: u8,
    reserved: [u8; 14],
    bytes_of_row: [u16; 16],
    rows: [u8; 16],
}

impl MatrixUnit {
    /// Sets all eight tiles to sixteen rows of sixteen cells.
    ///
    /// # Safety
    ///
    /// The unit [is available](is_available), and this thread has no other.
    pub(crate) unsafe fn begin() -> Self {
        let of_tiles = |index: usize| index < 8;
        let configuration = Configuration {
            palette: 1,
            start_row: 0,
            reserved: [0; 14],
            bytes_of_row: std::array::from_fn(|index| if of_tiles(index) { 64 } else { 0 }),
            rows: std::array::from_fn(|index| if of_tiles(index) { 16 } else { 0 }),
        };
        // SAFETY: the caller's; it reads 64 bytes.
        unsafe {
            asm!("ldtilecfg [{0}]", in(reg) &raw const configuration, options(nostack, readonly));
        }
        Self(())
    }

    /// Computes a block.
    ///
    /// # Safety
    ///
    /// On the left [`SIDE`] rows can be read, on the right the depth of all segments, which are of whole tiles.
    #[expect(
        clippy::unused_self,
        reason = "there is nothing to multiply with before the unit has begun"
    )]
    pub(crate) unsafe fn multiply(&self, factors: Factors, sums: &mut Sums) {
        let Factors { left, right, .. } = factors;
        let row = factors.left_row * CELL;
        let lower = left.wrapping_add(SIDE / 2 * factors.left_row);
        if factors.segments == 0 || factors.length < DEPTH {
            sums.0.as_flattened_mut().fill(0.0);
            return;
        }
        // SAFETY: the caller's. Tiles are named as changed; nothing else in this process uses them.
        unsafe {
            asm!(
                "tilezero tmm0",
                "tilezero tmm1",
                "tilezero tmm2",
                "tilezero tmm3",
                "2:",
                "mov {cells}, {length}",
                "3:",
                "tileloadd tmm4, [{upper} + {row}]",
                "tileloadd tmm6, [{right} + {column}]",
                "tdpbf16ps tmm0, tmm4, tmm6",
                "tileloadd tmm7, [{right} + {column} + 64]",
                "tdpbf16ps tmm1, tmm4, tmm7",
                "tileloadd tmm5, [{lower} + {row}]",
                "tdpbf16ps tmm2, tmm5, tmm6",
                "tdpbf16ps tmm3, tmm5, tmm7",
                "add {upper}, 64",
                "add {lower}, 64",
                "add {right}, 2048",
                "dec {cells}",
                "jnz 3b",
                "add {upper}, {skip}",
                "add {lower}, {skip}",
                "dec {segments}",
                "jnz 2b",
                "tilestored [{sums} + {column}], tmm0",
                "tilestored [{sums} + {column} + 64], tmm1",
                "add {sums}, 2048",
                "tilestored [{sums} + {column}], tmm2",
                "tilestored [{sums} + {column} + 64], tmm3",
                upper = inout(reg) left => _,
                lower = inout(reg) lower => _,
                right = inout(reg) right => _,
                row = in(reg) row,
                column = in(reg) SIDE * CELL,
                length = in(reg) factors.length / DEPTH,
                cells = out(reg) _,
                skip = in(reg) factors.skip(),
                segments = inout(reg) factors.segments => _,
                sums = inout(reg) sums.0.as_mut_ptr() => _,
                out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
                out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
                options(nostack),
            );
        }
    }

    /// Computes a column of four tiles, each with a left side of its own; of the right side the first [`TILE`] columns count. The
    /// left side of the factors is the first tile's.
    ///
    /// For few columns: a block would spend half of its time on others.
    ///
    /// # Safety
    ///
    /// At each left side [`TILE`] rows can be read, on the right the depth of all segments, which are of whole tiles.
    #[expect(
        clippy::unused_self,
        reason = "there is nothing to multiply with before the unit has begun"
    )]
    pub(crate) unsafe fn multiply_column(
        &self,
        factors: Factors,
        others: [*const f32; TILES - 1],
        sums: &mut ColumnSums,
    ) {
        if factors.segments == 0 || factors.length < DEPTH {
            sums.0.as_flattened_mut().as_flattened_mut().fill(0.0);
            return;
        }
        // SAFETY: the caller's. Tiles are named as changed; nothing else in this process uses them.
        unsafe {
            asm!(
                "tilezero tmm0",
                "tilezero tmm1",
                "tilezero tmm2",
                "tilezero tmm3",
                "2:",
                "mov {cells}, {length}",
                "3:",
                "tileloadd tmm7, [{right} + {column}]",
                "tileloadd tmm4, [{first} + {row}]",
                "tdpbf16ps tmm0, tmm4, tmm7",
                "tileloadd tmm5, [{second} + {row}]",
                "tdpbf16ps tmm1, tmm5, tmm7",
                "tileloadd tmm6, [{third} + {row}]",
                "tdpbf16ps tmm2, tmm6, tmm7",
                "tileloadd tmm4, [{fourth} + {row}]",
                "tdpbf16ps tmm3, tmm4, tmm7",
                "add {first}, 64",
                "add {second}, 64",
                "add {third}, 64",
                "add {fourth}, 64",
                "add {right}, 2048",
                "dec {cells}",
                "jnz 3b",
                "add {first}, {skip}",
                "add {second}, {skip}",
                "add {third}, {skip}",
                "add {fourth}, {skip}",
                "dec {segments}",
                "jnz 2b",
                "mov {column}, 64",
                "tilestored [{sums} + {column}], tmm0",
                "tilestored [{sums} + {column} + 1024], tmm1",
                "tilestored [{sums} + {column} + 2048], tmm2",
                "tilestored [{sums} + {column} + 3072], tmm3",
                first = inout(reg) factors.left => _,
                second = inout(reg) others[0] => _,
                third = inout(reg) others[1] => _,
                fourth = inout(reg) others[2] => _,
                right = inout(reg) factors.right => _,
                row = in(reg) factors.left_row * CELL,
                column = inout(reg) SIDE * CELL => _,
                length = in(reg) factors.length / DEPTH,
                cells = out(reg) _,
                skip = in(reg) factors.skip(),
                segments = inout(reg) factors.segments => _,
                sums = in(reg) sums.0.as_mut_ptr(),
                out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
                out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
                options(nostack),
            );
        }
    }
}

impl Drop for MatrixUnit {
    fn drop(&mut self) {
        // SAFETY: there is a unit, as this one was begun.
        unsafe { asm!("tilerelease", options(nostack, nomem)) };
    }
}
