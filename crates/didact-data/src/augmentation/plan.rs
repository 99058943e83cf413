//! An augmentation made ready for images of one shape.

use rand::Rng;

use super::affine::Affine;
use super::canvas::Canvas;
use super::coarse_dropout::CoarseDropout;
use super::horizontal_flip::HorizontalFlip;
use super::operation::Operation;
use super::pad_and_crop::PadAndCrop;
use super::planes::Planes;
use super::sequence::Augmentation;
use super::similarity::Similarity;
use crate::error::DataError;
use crate::shape::SampleShape;

/// One pass over the image.
#[derive(Clone, Copy, Debug)]
enum Step {
    PadAndCrop(PadAndCrop),
    HorizontalFlip(HorizontalFlip),
    CoarseDropout(CoarseDropout),
    Similarity(Similarity),
    Affine(Affine),
}

/// The passes of an augmentation, checked against the shape of the images.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The shape and the steps on it; none without operations, which suits samples of any shape.
    images: Option<(Planes, Vec<Step>)>,
}

impl Plan {
    /// Checks that the samples are images, and large enough.
    pub(crate) fn new(augmentation: &Augmentation, shape: SampleShape) -> Result<Self, DataError> {
        if augmentation.operations().is_empty() {
            return Ok(Self { images: None });
        }
        let planes = Planes::try_from(shape)?;
        let mut steps = Vec::new();
        for operation in augmentation.operations() {
            push(&mut steps, step(*operation, planes)?);
        }
        Ok(Self {
            images: Some((planes, steps)),
        })
    }

    /// Changes the image on the canvas.
    ///
    /// All random numbers of a sample come from its own generator, in the order of the steps.
    pub(crate) fn apply(&self, canvas: &mut Canvas, generator: &mut impl Rng) {
        let Some((planes, steps)) = &self.images else {
            return;
        };
        for step in steps {
            match step {
                Step::PadAndCrop(crop) => crop.apply(*planes, canvas, generator),
                Step::HorizontalFlip(flip) => flip.apply(*planes, canvas.image_mut(), generator),
                Step::CoarseDropout(dropout) => dropout.apply(*planes, canvas.image_mut(), generator),
                Step::Similarity(similarity) => similarity.apply(*planes, canvas, generator),
                Step::Affine(affine) => affine.apply(*planes, canvas, generator),
            }
        }
    }
}

/// The step of an operation, if the images are large enough for it.
fn step(operation: Operation, planes: Planes) -> Result<Step, DataError> {
    let fits = |what, found: usize, most: usize| {
        let expected = format!(
            "of at most {most} for images of {} by {}",
            planes.height, planes.width
        );
        let error = DataError::OutOfRange {
            what,
            expected,
            found: found.to_string(),
        };
        if found <= most { Ok(()) } else { Err(error) }
    };
    Ok(match operation {
        Operation::PadAndCrop { padding, mode } => {
            fits(
                "padding of pad-and-crop",
                padding,
                planes.side().saturating_sub(1),
            )?;
            Step::PadAndCrop(PadAndCrop { padding, mode })
        }
        Operation::CoarseDropout { holes, size } => {
            fits("size of coarse-dropout", size, planes.side())?;
            Step::CoarseDropout(CoarseDropout { holes, size })
        }
        Operation::HorizontalFlip { probability } => Step::HorizontalFlip(HorizontalFlip { probability }),
        Operation::Rotation { degrees } => Step::Similarity(Similarity { degrees, range: 0.0 }),
        Operation::Zoom { range } => Step::Similarity(Similarity { degrees: 0.0, range }),
        Operation::Affine {
            degrees,
            height,
            width,
        } => Step::Affine(Affine {
            degrees,
            height,
            width,
        }),
    })
}

/// Appends a step, joined with the one before where one pass does for both.
fn push(steps: &mut Vec<Step>, step: Step) {
    if let (Some(Step::Similarity(last)), Step::Similarity(next)) = (steps.last_mut(), step)
        && let Some(both) = last.joined(next)
    {
        *last = both;
    } else {
        steps.push(step);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::augmentation::PaddingMode;
    use didact_random::{Purpose, Stream};

    const FOUR: SampleShape = SampleShape::Image {
        channels: 1,
        height: 4,
        width: 4,
    };

    fn plan(operations: &[Operation]) -> Result<Plan, DataError> {
        Plan::new(&Augmentation::new(operations.to_vec()).unwrap(), FOUR)
    }

    #[test]
    fn features_can_only_stay_as_they_are() {
        let features = SampleShape::Features { count: 5 };
        Plan::new(&Augmentation::none(), features).unwrap();
        let error = Plan::new(&Augmentation::standard(), features).unwrap_err();
        assert_eq!(
            error.to_string(),
            "augmentation needs images, but the samples are rows of 5 features"
        );
    }

    #[test]
    fn what_does_not_fit_into_the_image_is_refused() {
        let error = Plan::new(&Augmentation::tutorial(), FOUR).unwrap_err();
        let expected = "padding of pad-and-crop is 4, expected a value of at most 3 for images of 4 by 4";
        assert_eq!(error.to_string(), expected);
        plan(&[Operation::CoarseDropout { holes: 1, size: 4 }]).unwrap();
        plan(&[Operation::CoarseDropout { holes: 1, size: 5 }]).unwrap_err();
    }

    #[test]
    fn a_rotation_and_a_zoom_take_one_pass() {
        let (turn, zoom) = (
            Operation::Rotation { degrees: 10.0 },
            Operation::Zoom { range: 0.1 },
        );
        let flip = Operation::HorizontalFlip { probability: 0.5 };
        let passes = |operations: &[Operation]| plan(operations).unwrap().images.unwrap().1.len();
        assert_eq!(passes(&[turn, zoom]), 1);
        assert_eq!(passes(&[turn, flip, zoom]), 3);
        assert_eq!(passes(&[turn, zoom, turn]), 2);
    }

    /// Augmented images are part of a seed's meaning: a library update that changes them must show.
    #[test]
    fn the_augmentation_of_a_seed_never_changes() {
        let crop = Operation::PadAndCrop {
            padding: 3,
            mode: PaddingMode::Reflect,
        };
        let hole = Operation::CoarseDropout { holes: 1, size: 1 };
        let plan = plan(&[crop, Operation::HorizontalFlip { probability: 0.5 }, hole]).unwrap();
        let mut canvas = Canvas::new(16);
        (1..=16)
            .zip(canvas.image_mut())
            .for_each(|(value, pixel)| *pixel = value as f32);
        plan.apply(&mut canvas, &mut Stream::new(7, Purpose::Augmentation).at([1, 2]));
        let expected = [
            14., 15., 16., 15., 10., 11., 12., 11., 6., 7., 8., 7., 2., 3., 4., 0.,
        ];
        assert_eq!(canvas.image(), expected);
    }
}
