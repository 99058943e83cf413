//! Which algorithm computes a convolution.

use super::shape::Shape;

/// A way to compute a convolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// By its definition.
    Direct,
    /// Winograd's F(2x2, 3x3).
    Winograd,
}

/// What is computed of a convolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Its output.
    Forward,
    /// The gradient with respect to its input.
    DataGradient,
    /// The gradient with respect to its weights.
    WeightGradient,
}

impl Algorithm {
    /// The fastest by measurement.
    pub fn best(shape: Shape, _direction: Direction) -> Self {
        if Self::Winograd.covers(shape) { Self::Winograd } else { Self::Direct }
    }

    /// Whether it computes such a convolution.
    pub fn covers(self, shape: Shape) -> bool {
        match self {
            Self::Direct => true,
            Self::Winograd => {
                let is_whole = |channels: usize| channels.is_multiple_of(crate::simd::MOST_LANES);
                shape.kernel == [3, 3]
                    && shape.stride == 1
                    && shape.padding <= 2
                    && is_whole(shape.inputs)
                    && is_whole(shape.outputs)
            }
        }
    }
}
