//! How transformed tiles lie in memory.

use crate::simd::Vector;

/// What a 32-bit cell of transformed tiles holds. Cells lie as `[point][tile][channel]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cells {
    /// One `f32`.
    Plain,
    /// The `bf16` of two neighbouring channels: for products that sum over channels.
    PairsOfChannels,
    /// The `bf16` of two neighbouring tiles: for products that sum over tiles.
    PairsOfTiles,
}

impl Cells {
    /// Cells of a point, for some tiles and channels.
    pub(super) fn of(self, tiles: usize, channels: usize) -> usize {
        match self {
            Self::Plain => tiles * channels,
            Self::PairsOfChannels => tiles * channels / 2,
            Self::PairsOfTiles => tiles.div_ceil(2) * channels,
        }
    }

    /// From one point to the next: a little more, so that the sixteen points of a tile do not fall on the same lines of
    /// the first cache.
    pub(super) fn step(self, tiles: usize, channels: usize) -> usize {
        self.of(tiles, channels).next_multiple_of(1024) + 80
    }
}

/// Stores the points of a tile as `f32`.
///
/// # Safety
///
/// There is room for a vector at each of sixteen steps.
#[inline(always)]
pub(super) unsafe fn store<V: Vector>(values: [[V; 4]; 4], points: *mut f32, step: usize) {
    for (y, row) in values.into_iter().enumerate() {
        for (x, value) in row.into_iter().enumerate() {
            // SAFETY: the caller's.
            unsafe { value.store(points.add((4 * y + x) * step)) };
        }
    }
}

/// Stores the points of a tile as `bf16`.
///
/// # Safety
///
/// There is room for a vector of them at each of sixteen steps.
#[inline(always)]
pub(super) unsafe fn store_halves<V: Vector>(values: [[V; 4]; 4], points: *mut u16, step: usize) {
    for (y, row) in values.into_iter().enumerate() {
        for (x, value) in row.into_iter().enumerate() {
            // SAFETY: the caller's.
            unsafe { value.store_bf16(points.add((4 * y + x) * step)) };
        }
    }
}

/// Stores the points of two tiles as pairs of `bf16`.
///
/// # Safety
///
/// There is room for a vector at each of sixteen steps.
#[inline(always)]
pub(super) unsafe fn store_pairs<V: Vector>(low: [[V; 4]; 4], high: [[V; 4]; 4], points: *mut f32, step: usize) {
    for y in 0..4 {
        for x in 0..4 {
            // SAFETY: the caller's.
            unsafe { low[y][x].pair_bf16(high[y][x]).store(points.add((4 * y + x) * step)) };
        }
    }
}
