//! One step of an augmentation, as it is written down.

use serde::{Deserialize, Serialize};

use crate::error::DataError;

/// A random change of an image.
///
/// In TOML it is a table with `name`:
///
/// ```
/// use didact_data::{Operation, PaddingMode};
///
/// let operation: Operation = toml::from_str("name = 'pad-and-crop'\npadding = 4\nmode = 'reflect'")?;
/// assert_eq!(operation, Operation::PadAndCrop { padding: 4, mode: PaddingMode::Reflect });
/// # Ok::<(), toml::de::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Operation {
    /// Surrounds the image with a border and cuts out a window of the original size at a uniform position.
    PadAndCrop {
        /// Width of the border in pixels, at least 1 and smaller than the image.
        padding: usize,
        /// What the border shows.
        mode: PaddingMode,
    },
    /// Mirrors the image left to right.
    HorizontalFlip {
        /// How often, in `(0, 1]`.
        probability: f64,
    },
    /// Sets squares to zero in all channels, every time.
    ///
    /// Each lies wholly inside the image, all positions equally likely; squares may overlap.
    /// Differs from albumentations' `CoarseDropout`: number and size are fixed, and it is never left out.
    CoarseDropout {
        /// How many squares, at least 1.
        holes: usize,
        /// Their side in pixels, at least 1 and at most the image's shorter side.
        size: usize,
    },
    /// Turns the image about its centre by a uniform angle; what comes from outside is zero.
    Rotation {
        /// The largest angle to either side in degrees, in `(0, 180]`.
        degrees: f64,
    },
    /// Scales the image about its centre by a uniform factor; what comes from outside is zero.
    Zoom {
        /// The factor lies in `[1 - range, 1 + range]`, above 1 enlarges; in `(0, 1)`.
        range: f64,
    },
    /// Turns the image about its centre by a uniform angle, and shows uniform shares of its height and of its width; what
    /// comes from outside is the image mirrored at its edges (`abcd` continues as `dcba|abcd|dcba`).
    ///
    /// As Keras' `RandomRotation` followed by `RandomZoom`.
    /// Differs from them: it interpolates once, and mirrors after both.
    Affine {
        /// The largest angle to either side in degrees, in `[0, 180]`.
        degrees: f64,
        /// The share of the height lies in `[1 - height, 1 + height]`, above 1 makes things smaller; in `[0, 1)`.
        height: f64,
        /// The same for the width.
        width: f64,
    },
}

/// What the border of a padded image shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaddingMode {
    /// Zeros, which is the mean colour once the image is normalised.
    Zero,
    /// The image mirrored at its border pixels, which are not repeated: `abcd` becomes `cb|abcd|cb`.
    ///
    /// The same as `OpenCV`'s `BORDER_REFLECT_101` and PyTorch's `reflect`.
    Reflect,
}

impl Operation {
    /// Checks what can be checked without knowing the images.
    pub(crate) fn check(self) -> Result<(), DataError> {
        let (what, expected, found, fits) = match self {
            Self::PadAndCrop { padding, .. } => (
                "padding of pad-and-crop",
                "at least 1",
                padding.to_string(),
                padding >= 1,
            ),
            Self::HorizontalFlip { probability: share } => (
                "probability of horizontal-flip",
                "in (0, 1]",
                share.to_string(),
                share > 0.0 && share <= 1.0,
            ),
            Self::CoarseDropout { holes: 0, .. } => {
                ("holes of coarse-dropout", "at least 1", "0".into(), false)
            }
            Self::CoarseDropout { size, .. } => (
                "size of coarse-dropout",
                "at least 1",
                size.to_string(),
                size >= 1,
            ),
            Self::Rotation { degrees } => (
                "degrees of rotation",
                "in (0, 180]",
                degrees.to_string(),
                degrees > 0.0 && degrees <= 180.0,
            ),
            Self::Zoom { range } => (
                "range of zoom",
                "in (0, 1)",
                range.to_string(),
                range > 0.0 && range < 1.0,
            ),
            Self::Affine {
                degrees,
                height,
                width,
            } => return check_affine(degrees, [height, width]),
        };
        if fits {
            Ok(())
        } else {
            Err(DataError::OutOfRange {
                what,
                expected: expected.into(),
                found,
            })
        }
    }
}

fn check_affine(degrees: f64, [height, width]: [f64; 2]) -> Result<(), DataError> {
    let is_share = |share: f64| (0.0..1.0).contains(&share);
    let checks = [
        (
            "degrees of affine",
            "in [0, 180]",
            degrees,
            (0.0..=180.0).contains(&degrees),
        ),
        ("height of affine", "in [0, 1)", height, is_share(height)),
        ("width of affine", "in [0, 1)", width, is_share(width)),
    ];
    match checks.into_iter().find(|(.., fits)| !fits) {
        None => Ok(()),
        Some((what, expected, found, _)) => Err(DataError::OutOfRange {
            what,
            expected: expected.into(),
            found: found.to_string(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_is_checked() {
        let wrong = [
            Operation::PadAndCrop {
                padding: 0,
                mode: PaddingMode::Zero,
            },
            Operation::HorizontalFlip { probability: 0.0 },
            Operation::HorizontalFlip { probability: 1.5 },
            Operation::HorizontalFlip {
                probability: f64::NAN,
            },
            Operation::CoarseDropout { holes: 0, size: 8 },
            Operation::CoarseDropout { holes: 1, size: 0 },
            Operation::Rotation { degrees: -5.0 },
            Operation::Rotation {
                degrees: f64::INFINITY,
            },
            Operation::Zoom { range: 1.0 },
            affine(180.5, 0.0, 0.0),
            affine(0.0, 1.0, 0.0),
            affine(0.0, 0.0, -0.1),
            affine(f64::NAN, 0.0, 0.0),
        ];
        for operation in wrong {
            assert!(operation.check().is_err(), "{operation:?}");
        }
        Operation::HorizontalFlip { probability: 1.0 }.check().unwrap();
        Operation::Rotation { degrees: 180.0 }.check().unwrap();
        Operation::Zoom { range: 0.1 }.check().unwrap();
        affine(180.0, 0.0, 0.9).check().unwrap();
    }

    fn affine(degrees: f64, height: f64, width: f64) -> Operation {
        Operation::Affine {
            degrees,
            height,
            width,
        }
    }

    #[test]
    fn the_message_names_the_parameter_its_range_and_the_value() {
        let error = Operation::Zoom { range: 2.0 }.check().unwrap_err();
        assert_eq!(
            error.to_string(),
            "range of zoom is 2, expected a value in (0, 1)"
        );
    }

    #[test]
    fn an_unknown_parameter_is_refused_by_name() {
        let error = toml::from_str::<Operation>("name = 'zoom'\nrange = 0.1\nfill = 0").unwrap_err();
        assert!(error.to_string().contains("unknown field `fill`"), "{error}");
    }
}
