//! What one sample looks like.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The shape every sample of a data set has.
///
/// ```
/// use didact_data::SampleShape;
///
/// let shape = SampleShape::Image { channels: 3, height: 32, width: 32 };
/// assert_eq!(shape.len(), 3072);
/// assert_eq!(shape.to_string(), "3x32x32");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SampleShape {
    /// Pixels `[channels, height, width]`, values in `0..=1`.
    Image {
        /// 1 for grey, 3 for red, green and blue.
        channels: usize,
        /// Rows of pixels.
        height: usize,
        /// Columns of pixels.
        width: usize,
    },
    /// A row of numbers without neighbourhood, values as they are in the file.
    Features {
        /// How many numbers a sample has.
        count: usize,
    },
}

impl SampleShape {
    /// How many numbers a sample has.
    #[expect(
        clippy::len_without_is_empty,
        reason = "a shape is never empty: readers refuse zero-sized samples"
    )]
    pub fn len(&self) -> usize {
        match *self {
            Self::Image {
                channels,
                height,
                width,
            } => channels * height * width,
            Self::Features { count } => count,
        }
    }
}

/// The shape of an image, where it is known to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ImageSize {
    pub(crate) channels: usize,
    pub(crate) height: usize,
    pub(crate) width: usize,
}

impl ImageSize {
    pub(crate) fn new(channels: usize, height: usize, width: usize) -> Self {
        Self {
            channels,
            height,
            width,
        }
    }

    /// Bytes of one image.
    pub(crate) fn len(self) -> usize {
        self.channels * self.height * self.width
    }

    pub(crate) fn shape(self) -> SampleShape {
        let Self {
            channels,
            height,
            width,
        } = self;
        SampleShape::Image {
            channels,
            height,
            width,
        }
    }
}

impl fmt::Display for SampleShape {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Image {
                channels,
                height,
                width,
            } => write!(formatter, "{channels}x{height}x{width}"),
            Self::Features { count } => write!(formatter, "{count} features"),
        }
    }
}
