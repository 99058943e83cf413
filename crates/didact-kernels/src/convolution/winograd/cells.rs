//! How transformed tiles lie in memory.

use super::minimal::MOST_POINTS;
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
    /// From one point to the next, for some tiles and channels. A multiple of a cache line, and an odd one, so that the
    /// points of a tile do not fall on the same lines of the first cache.
    pub(super) fn step(self, tiles: usize, channels: usize) -> usize {
        let cells = match self {
            Self::Plain => tiles * channels,
            Self::PairsOfChannels => tiles * channels / 2,
            Self::PairsOfTiles => tiles.div_ceil(2) * channels,
        };
        cells.next_multiple_of(32) + 16
    }

    /// Stores a row of points of a tile, beginning with the one that `points` points to.
    ///
    /// # Safety
    ///
    /// There is room for `tiles x channels` at each of `count` steps from there. Of a pair of tiles, the even one is
    /// stored first.
    #[inline(always)]
    pub(super) unsafe fn store<V: Vector>(
        self,
        (values, count): ([V; MOST_POINTS], usize),
        points: *mut f32,
        (tile, channels, channel): (usize, usize, usize),
        step: usize,
    ) {
        for (index, value) in values.into_iter().enumerate().take(count) {
            // SAFETY: the caller's.
            unsafe {
                let point = points.add(index * step);
                match self {
                    Self::Plain => value.store(point.add(tile * channels + channel)),
                    Self::PairsOfChannels => {
                        value.store_bf16(point.cast::<u16>().add(tile * channels + channel));
                    }
                    Self::PairsOfTiles => {
                        let place = point.add(tile / 2 * channels + channel);
                        if tile.is_multiple_of(2) {
                            value.pair_bf16(V::splat(0.0)).store(place);
                        } else {
                            V::load(place)
                                .low_halves()
                                .merge_halves(value.round_bf16())
                                .store(place);
                        }
                    }
                }
            }
        }
    }
}
