//! The affine map of each channel that a normalisation comes down to.

/// `scale * x + shift`, a channel.
#[derive(Clone, Debug)]
pub(crate) struct Affine {
    pub(crate) scale: Vec<f32>,
    pub(crate) shift: Vec<f32>,
}

/// Mean and variance of each channel.
#[derive(Clone, Debug)]
pub(crate) struct Moments {
    pub(crate) mean: Vec<f32>,
    /// Divided by the number of values.
    pub(crate) variance: Vec<f32>,
}

impl Moments {
    /// Normalisation to mean 0 and variance 1, then `scale` and `shift`.
    pub(crate) fn affine(&self, [scale, shift]: [&[f32]; 2], epsilon: f64) -> Affine {
        let scale: Vec<f32> = (scale.iter().zip(&self.variance))
            .map(|(&scale, &variance)| (f64::from(scale) / (f64::from(variance) + epsilon).sqrt()) as f32)
            .collect();
        let shift = (shift.iter().zip(&self.mean).zip(&scale))
            .map(|((&shift, &mean), &scale)| (f64::from(shift) - f64::from(mean) * f64::from(scale)) as f32)
            .collect();
        Affine { scale, shift }
    }
}
