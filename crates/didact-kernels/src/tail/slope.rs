//! The linear map from gradients back through a normalisation.

use super::affine::{Affine, Moments};
use crate::simd::Vector;

/// A normalisation by moments, as the way back needs it.
#[derive(Clone, Debug)]
pub(crate) struct Normalized {
    /// The map it came down to.
    pub(crate) affine: Affine,
    /// What it normalised by.
    pub(crate) moments: Moments,
    /// Added to the variance.
    pub(crate) epsilon: f64,
    /// Whether the moments are the batch's own, and so depend on the input.
    pub(crate) origin: Origin,
}

/// Where moments come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The batch itself.
    Batch,
    /// Earlier batches.
    Earlier,
}

/// What the gradients of a normalised input come to: `factor * gradient + slope * value + offset`, a channel.
#[derive(Clone, Debug)]
pub(super) struct WayBack {
    pub(super) factor: Vec<f32>,
    pub(super) slope: Vec<f32>,
    pub(super) offset: Vec<f32>,
}

/// The gradients of scale and shift.
#[derive(Clone, Debug, Default)]
pub(crate) struct ScaleAndShift {
    pub(crate) scale: Vec<f32>,
    pub(crate) shift: Vec<f32>,
}

/// The same of some channels.
#[derive(Clone, Copy)]
pub(super) struct OfChannels<V> {
    factor: V,
    slope: V,
    offset: V,
}

impl<V: Vector> OfChannels<V> {
    /// The gradient before the first function, from that function's slope and value and the gradient after it.
    #[inline(always)]
    pub(super) unsafe fn apply(self, [slope_there, value, gradient]: [V; 3]) -> V {
        // SAFETY: the caller's.
        unsafe {
            let offset = value.multiply_add(self.slope, self.offset);
            gradient.multiply_add(self.factor, offset).multiply(slope_there)
        }
    }
}

impl WayBack {
    /// Of `count` channels.
    ///
    /// # Safety
    ///
    /// As [`Vector`], and the channels exist.
    #[inline(always)]
    pub(super) unsafe fn of_channels<V: Vector>(&self, channel: usize, count: usize) -> OfChannels<V> {
        // SAFETY: the caller's.
        unsafe {
            OfChannels {
                factor: V::load_first(self.factor.as_ptr().add(channel), count),
                slope: V::load_first(self.slope.as_ptr().add(channel), count),
                offset: V::load_first(self.offset.as_ptr().add(channel), count),
            }
        }
    }

    /// Without normalisation.
    pub(super) fn plain(channels: usize) -> Self {
        Self {
            factor: vec![1.0; channels],
            slope: vec![0.0; channels],
            offset: vec![0.0; channels],
        }
    }

    /// From the sums over the batch of `gradient` and of `gradient * (value - mean)`, `[2][channels]`.
    ///
    /// Ioffe and Szegedy, 2015, the equations before section 3.1, gathered by what they multiply.
    pub(super) fn through(normalized: &Normalized, sums: &[f64], count: usize) -> (Self, ScaleAndShift) {
        let channels = sums.len() / 2;
        let mut back = Self {
            factor: normalized.affine.scale.clone(),
            ..Self::plain(channels)
        };
        let mut gradients = ScaleAndShift::default();
        for channel in 0..channels {
            let (sum, product) = (sums[channel], sums[channels + channel]);
            let precision = 1.0 / (f64::from(normalized.moments.variance[channel]) + normalized.epsilon);
            gradients.scale.push((product * precision.sqrt()) as f32);
            gradients.shift.push(sum as f32);
            if normalized.origin == Origin::Batch {
                let factor = f64::from(back.factor[channel]) / count as f64;
                let slope = -factor * precision * product;
                back.slope[channel] = slope as f32;
                back.offset[channel] =
                    (-factor * sum - slope * f64::from(normalized.moments.mean[channel])) as f32;
            }
        }
        (back, gradients)
    }
}
