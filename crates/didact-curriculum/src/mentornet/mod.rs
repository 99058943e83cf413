//! MentorNet: the formulas that its mentors approximate, the mentors, and the steps from losses to weights around them.
//!
//! | file | idea |
//! |---|---|
//! | `v_star` | the six weights that mentors are trained to give |
//! | `predefined_curriculum` | which of the six, with its parameter |
//! | `percentile`, `moving_percentile`, `reference` | the loss that a sample's loss is compared with |
//! | `example_dropout` | leaving out a share of each batch at random |
//! | `mentor_schedule` | burn-in, dropout and the clock they follow, as published and corrected |
//! | `closed_form` | the curriculum that follows a formula |
//! | `piecewise` | formulas that take turns |
//! | `network` | the network that a mentor is, forward and back |
//! | `examples` | what a mentor learns from: a formula's grid, or what a student did on samples known to be right or wrong |
//! | `training` | how it learns |
//! | `spade` | weights that are remembered, and moved a step at a time |
//! | `mentor` | a mentor with what is known of it, and the curricula that ask one |
//! | `*_config`, `entries` | settings, and the catalogue |
//!
//! Source: Jiang, Zhou, Leung, Li and Fei-Fei, "MentorNet: Learning Data-Driven Curriculum for Very Deep Neural
//! Networks on Corrupted Labels", ICML 2018; details from the authors' code, `google/mentornet`.

mod closed_form;
mod entries;
mod example_dropout;
mod examples;
mod focal_config;
mod hard_example_mining_config;
mod mentor;
mod mentor_schedule;
mod moving_percentile;
mod network;
mod percentile;
mod piecewise;
mod predefined_config;
mod predefined_curriculum;
mod reference;
mod spade;
mod training;
mod v_star;

pub use closed_form::ClosedForm;
pub(crate) use entries::{FOCAL, HARD_EXAMPLE_MINING, PREDEFINED};
pub use example_dropout::ExampleDropout;
pub use examples::{
    MentorExample, MentorExamples, MentorObservation, ObservedCut, data_driven_examples, predefined_examples,
};
pub use focal_config::FocalConfig;
pub use hard_example_mining_config::HardExampleMiningConfig;
pub(crate) use mentor::{DATA_DRIVEN, MENTORNET};
pub use mentor::{
    DataDrivenCurriculum, LabelChoice, Mentor, MentorCurriculum, MentorDescription, MentornetConfig,
    MentornetDataDrivenConfig, Refresh,
};
pub use mentor_schedule::{AfterBurnIn, MentorMoment, MentorSchedule, MentornetVariant};
pub use moving_percentile::MovingPercentile;
pub use network::{MentorLabels, MentorNetwork, MentorPart};
pub use percentile::nearest_percentile;
pub use piecewise::{Piece, PiecewiseCurriculum};
pub use predefined_config::MentornetPredefinedConfig;
pub use predefined_curriculum::{MentorFeatures, PredefinedCurriculum};
pub(crate) use spade::ENTRY as SPADE;
pub use spade::{Spade, SpadeConfig};
pub use training::{LearntMentor, MentorError, MentorObjective, MentorTraining};
