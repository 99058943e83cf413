//! How much should this sample count now?
//!
//! A curriculum is a weight per sample: one loss per sample goes in, from any task and any loss function, with the
//! samples' ids, given labels and the progress of the run; weights come out. No tensors, no files.
//!
//! | room | what is in it |
//! |---|---|
//! | [`Curriculum`], [`Setting`], [`Batch`], [`Weighing`] | the question and the answer |
//! | [`CurriculumConfig`], [`catalogue`] | every curriculum by name, with its parameters |
//! | [`SuperLoss`], [`SuperlossConfig`], [`lambert_w0`] | SuperLoss, and the observer that logs its values in plain runs |
//! | [`ExtendedSuperLoss`] | SuperLoss with smoothed losses, and with their trend |
//! | [`ClosedForm`], [`PredefinedCurriculum`] | the formulas that MentorNet's curricula approximate |
//! | [`Mentor`], [`MentorCurriculum`], [`DataDrivenCurriculum`] | a small network that learns which weights to give: MentorNet |
//! | [`SelfPaced`], [`PaceConfig`], [`ThresholdConfig`] | self-paced learning: below a threshold that moves |
//! | [`SmallLoss`], [`TransferTeacher`] | selection by the batch's losses, and by those of an earlier run |
//! | [`NoCurriculum`] | plain training: every sample counts alike |
//! | [`Pacing`] | which share of the samples is let in as a run goes on |
//! | [`State`] | what a checkpoint keeps of a curriculum |
//!
//! ```
//! use didact_curriculum::{Batch, CurriculumConfig, Progress, Setting, SuperlossConfig};
//!
//! # fn main() -> Result<(), didact_curriculum::CurriculumError> {
//! let mut curriculum = CurriculumConfig::Superloss(SuperlossConfig::default()).init(&Setting { num_classes: Some(10), ..Setting::default() })?;
//! let batch = Batch {
//!     losses: &[0.1, 2.302_585, 9.0], // easy, as good as a guess among ten classes, probably mislabelled
//!     ids: &[11, 12, 13],
//!     rows: &[0, 1, 2],
//!     labels: &[3, 1, 7],
//!     progress: Progress { epoch: 0, epochs: 10, step: 0, steps: 1000 },
//!     noise_rate: None,
//! };
//! let weights = curriculum.weigh(&batch)?.weights;
//! assert!(weights[0] > weights[1] && weights[1] > weights[2]);
//! # Ok(())
//! # }
//! ```

mod batch;
mod catalogue;
mod config;
mod curriculum;
mod error;
mod mentornet;
mod no_curriculum;
mod number_or_auto;
mod pacing;
mod range;
mod rate_choice;
mod selection;
mod self_paced;
mod setting;
mod share_choice;
mod small_loss;
mod state;
mod superloss;
mod transfer_teacher;
mod warning;

pub use batch::{Batch, Progress};
pub use catalogue::{Entry, Parameter, catalogue};
pub use config::CurriculumConfig;
pub use curriculum::{Averaging, Curriculum, EpochEnd, Weighing};
pub use error::CurriculumError;
pub use mentornet::{
    AfterBurnIn, ClosedForm, DataDrivenCurriculum, ExampleDropout, FocalConfig, HardExampleMiningConfig,
    LabelChoice, LearntMentor, Mentor, MentorCurriculum, MentorDescription, MentorError, MentorExample,
    MentorExamples, MentorFeatures, MentorLabels, MentorMoment, MentorNetwork, MentorObjective,
    MentorObservation, MentorPart, MentorSchedule, MentorTraining, MentornetConfig,
    MentornetDataDrivenConfig, MentornetPredefinedConfig, MentornetVariant, MovingPercentile, ObservedCut,
    Piece, PiecewiseCurriculum, PredefinedCurriculum, Refresh, Spade, SpadeConfig, data_driven_examples,
    nearest_percentile, predefined_examples,
};
pub use no_curriculum::NoCurriculum;
pub use pacing::{Pacing, PacingCurve};
pub use rate_choice::RateChoice;
pub use self_paced::{
    LossUnit, MixtureCurve, PaceConfig, SelfPaced, SplHardConfig, SplLinearConfig, SplLogarithmicConfig,
    SplLogisticConfig, SplMixtureConfig, SplPolynomialConfig, SplPreset, SpldConfig, ThresholdConfig,
};
pub use setting::Setting;
pub use share_choice::ShareChoice;
pub use small_loss::{SmallLoss, SmallLossConfig};
pub use state::State;
pub use superloss::{
    ExpectationConfig, ExtendedSuperLoss, Observation, Preset, SmoothingConfig, SuperLoss, SuperlossConfig,
    TrendConfig, lambert_w0,
};
pub use transfer_teacher::{TransferTeacher, TransferTeacherConfig};
pub use warning::Warning;
