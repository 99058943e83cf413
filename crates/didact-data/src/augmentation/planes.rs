//! The shape of one image as its operations see it.

use crate::error::DataError;
use crate::shape::SampleShape;

/// Rows and columns of each channel of an image stored as `[channels, height, width]`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Planes {
    pub(crate) height: usize,
    pub(crate) width: usize,
}

impl Planes {
    /// Pixels of one channel.
    pub(crate) fn area(self) -> usize {
        self.height * self.width
    }

    /// The shorter side.
    pub(crate) fn side(self) -> usize {
        self.height.min(self.width)
    }
}

impl TryFrom<SampleShape> for Planes {
    type Error = DataError;

    fn try_from(shape: SampleShape) -> Result<Self, DataError> {
        match shape {
            SampleShape::Image { height, width, .. } => Ok(Self { height, width }),
            SampleShape::Features { count } => Err(DataError::AugmentationNeedsImages { features: count }),
        }
    }
}
