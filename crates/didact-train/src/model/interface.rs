//! What goes into a model and what comes out.

use didact_data::SampleShape;

use crate::error::TrainError;

/// What goes into a model and what comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interface {
    /// The shape of one sample.
    pub input: SampleShape,
    /// Number of classes.
    pub num_classes: usize,
}

impl Interface {
    /// Channels, height and width of the images that `model` takes.
    ///
    /// # Errors
    ///
    /// [`TrainError::ModelInput`] if samples are no images.
    pub(super) fn image(self, model: &'static str) -> Result<[usize; 3], TrainError> {
        match self.input {
            SampleShape::Image {
                channels,
                height,
                width,
            } => Ok([channels, height, width]),
            SampleShape::Features { .. } => Err(self.unfit(model, "images")),
        }
    }

    /// That `model` cannot take such samples, and needs `expected`.
    pub(super) fn unfit(self, model: &'static str, expected: &'static str) -> TrainError {
        TrainError::ModelInput {
            model,
            expected,
            found: self.input,
        }
    }
}
