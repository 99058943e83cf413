//! How does a network learn from labels that may be wrong?
//!
//! The crate that knows what tensors are for; `didact-kernels` computes with them. One batch travels like this: [`Trainer`] loads it, [`Learner`] sends it through
//! a [`Model`], a [`Loss`] gives one number per sample, the curriculum one weight per sample, and their weighted mean
//! moves the [`Parameters`] by an [`Optimizer`]; what happened to each sample goes into the ledger.
//!
//! Features: `cuda` and `wgpu` add devices that [`DeviceChoice`] can open; the default runs on the processor.

mod attempt;
mod checkpoint;
mod classifier;
mod cleaner;
mod combination;
mod config;
mod convolution_trial;
mod course;
mod device;
mod ensemble;
mod error;
mod evaluation;
mod finish;
mod given_parts;
mod groups;
mod labelled_first;
mod layer;
mod leak;
mod learner;
mod learner_state;
mod lesson;
mod loss;
mod measuring;
mod memory;
mod method;
mod mixup;
mod model;
mod model_file;
mod network;
mod noise_watch;
mod normalize;
mod number;
mod observer;
mod optimizer;
mod outcomes;
mod part;
mod position;
mod predictor;
mod prepare;
mod probabilities;
mod schedule;
mod scoring;
mod second_look;
mod selection;
mod settings_difference;
mod settled_estimate;
mod sources;
mod stopwatch;
mod strategy;
mod teacher;
mod teaching;
mod trainer;
mod weight_average;
mod weighted_mean;

pub use attempt::Attempt;
pub use checkpoint::stored_fingerprint;
pub use classifier::{Classifier, Judged};
pub use cleaner::{
    CheckedLabel, CleanerLessons, CleanerVariant, CleanerWatch, Encoder, FrozenFeatures, LabelCleaner,
    NetworkCleanerConfig, SharedEncoder,
};
pub use combination::check_combination;
pub use config::{TestChoice, TrainConfig, ValidationChoice};
pub use convolution_trial::{ConvolutionShape, ConvolutionTrial, Direction};
pub use device::DeviceChoice;
pub use didact_kernels::Precision;
pub use ensemble::Ensemble;
pub use error::TrainError;
pub use given_parts::GivenParts;
pub use labelled_first::LabelledFirst;
pub use layer::Padding;
pub use leak::{refuse_leak, refuse_seen};
pub use learner::{Learner, LearnerSetting, StepOutcome, Verdict};
pub use lesson::Lesson;
pub use loss::{
    ActivePassive, ActivePassiveConfig, Bootstrap, BootstrapConfig, BootstrapVariant, CrossEntropy,
    EarlyLearning, EarlyLearningConfig, ForwardCorrected, ForwardCorrectedConfig, GeneralizedCrossEntropy,
    GeneralizedCrossEntropyConfig, Loss, LossConfig, LossSamples, LossSetting, Prediction, SelfAdaptive,
    SelfAdaptiveConfig, SoftCrossEntropy, SoftLabels, SymmetricCrossEntropy, SymmetricCrossEntropyConfig,
};
pub use memory::peak_rss_bytes;
pub use method::{MethodError, method_spelling, nearest_hint, parse_method};
pub use model::{
    BigLenetConfig, CctConfig, Interface, LogisticConfig, MlpConfig, Model, ModelConfig,
    NotebookResnetConfig, Output, ResnetConfig, VggConfig, Widths,
};
pub use model_file::ModelDescription;
pub use network::{Initial, Mode, Parameter, ParameterBuilder, ParameterId, Parameters, Pass, Role};
pub use normalize::{NormalizeConfig, Numbers};
pub use number::{AtLeastOne, Exponent, NonNegativeNumber, PositiveNumber, ProperShare, Share};
pub use observer::{Interruption, Observer, Plan, Step};
pub use optimizer::{MomentsConfig, Optimizer, OptimizerConfig, SgdConfig, SgdVariant, clip_by_global_norm};
pub use part::Part;
pub use predictor::{Predictions, Predictor};
pub use prepare::{Prepared, SourceLabels};
pub use schedule::{
    Clock, ConstantConfig, CosineConfig, OneCycleConfig, ScheduleConfig, StepConfig, cosine_decay,
};
pub use scoring::{Judgement, Scores};
pub use selection::{Select, SelectMetric, Selection, best_epoch};
pub use settings_difference::first_difference;
pub use sources::Sources;
pub use stopwatch::{Phase, Stopwatch};
pub use strategy::{
    DataParametersConfig, MentorMixConfig, SecondWeighing, StrategyConfig, TemperatureConfig,
};
pub use trainer::{Ending, Trainer};
