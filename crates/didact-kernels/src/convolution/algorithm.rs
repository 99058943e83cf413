//! Which algorithm computes a convolution.

use super::shape::Shape;
use super::winograd::TileSize;
use crate::block::Precision;
use crate::simd::InstructionSet;

/// A way to compute a convolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    /// By its definition.
    Direct,
    /// By its definition, in `bf16`, by a unit for products of matrices.
    #[cfg(target_arch = "x86_64")]
    MatrixUnit,
    /// A product of pixels with weights, in `bf16`, by vectors.
    #[cfg(target_arch = "x86_64")]
    PointwiseBf16,
    /// Winograd's, with tiles of this size and products of this precision.
    Winograd(TileSize, Precision),
}

/// What is computed of a convolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Its output.
    Forward,
    /// The gradient with respect to its input.
    DataGradient,
    /// The gradient with respect to its weights.
    WeightGradient,
}

impl Algorithm {
    /// The fastest by measurement, as far as it is exact enough.
    ///
    /// A unit for matrices makes all else slow, where channels fill its tiles. Beside one vectors multiply
    /// `bf16` more slowly than `f32`, and are not asked to. AMD's, without one, multiply `bf16` twice as fast, which pays where
    /// a number that is laid out meets enough others. (Where an Intel processor's unit is hidden or not to be asked for,
    /// its vectors are, and are slower than in `f32`.)
    ///
    /// Larger tiles save more multiplications, unless they reach far beyond the border or there are so few that laying
    /// out the weights takes longer. They would magnify the rounding to `bf16`, and with few channels they are faster
    /// than smaller tiles in `bf16`: such layers are computed in `f32` by vectors. The number of images chooses at most the
    /// size of the tiles, which shows in the last bits only.
    pub(crate) fn best(
        #[cfg_attr(
            not(target_arch = "x86_64"),
            expect(unused_variables, reason = "only there is a set with an algorithm of its own")
        )]
        set: InstructionSet,
        shape: Shape,
        precision: Precision,
        direction: Direction,
    ) -> Self {
        #[cfg(target_arch = "x86_64")]
        if precision == Precision::Bf16 {
            let rounded = if set.has_matrix_unit() {
                super::matrix_unit::fits(shape).then_some(Self::MatrixUnit)
            } else {
                let fits = set.multiplies_bf16() && super::pointwise_bf16::fits(shape);
                fits.then_some(Self::PointwiseBf16)
            };
            if let Some(algorithm) = rounded {
                return algorithm;
            }
        }
        if !has_winograd(shape) {
            return Self::Direct;
        }
        if precision == Precision::Bf16 && shape.inputs * shape.outputs >= WIDE {
            return Self::Winograd(TileSize::Two, Precision::Bf16);
        }
        let (height, width) = match direction {
            Direction::DataGradient => (shape.height, shape.width),
            Direction::Forward | Direction::WeightGradient => (shape.output_height(), shape.output_width()),
        };
        let tiles = |side: usize| height.div_ceil(side) * width.div_ceil(side);
        let is_four_better = 36 * tiles(4) < 16 * tiles(2) && shape.images * tiles(4) >= FEW_TILES;
        let size = if is_four_better {
            TileSize::Four
        } else {
            TileSize::Two
        };
        Self::Winograd(size, Precision::F32)
    }
}

const FEW_TILES: usize = 512;
/// Pairs of channels from which on `bf16` pays.
const WIDE: usize = 2048;

/// Whether Winograd's algorithm computes such a convolution.
fn has_winograd(shape: Shape) -> bool {
    let is_whole = |channels: usize| channels.is_multiple_of(crate::simd::MOST_LANES);
    shape.kernel == [3, 3]
        && shape.stride == 1
        && shape.padding <= 2
        && is_whole(shape.inputs)
        && is_whole(shape.outputs)
}
