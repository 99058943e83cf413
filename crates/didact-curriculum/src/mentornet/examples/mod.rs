//! What a mentor learns from: samples as it will see them, with the weight that it should give.

mod grid;
mod observation;
mod split;

pub use grid::predefined_examples;
pub use observation::{MentorObservation, ObservedCut, data_driven_examples};
pub use split::MentorExamples;

use super::predefined_curriculum::MentorFeatures;

/// What a mentor should say to one sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MentorExample {
    /// What it is told.
    pub features: MentorFeatures,
    /// The weight that it should give, in `[0, 1]`.
    pub target: f64,
}
