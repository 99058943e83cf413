//! Is this label right, and what should it be?
//!
//! Labels, matrices of class against class, and figures go in and come out; there are no tensors here. Files are
//! read in one place only: the matrices of [`NoiseConfig::Asymmetric`], [`NoiseConfig::Transition`] and
//! [`read_transition_matrix`].
//!
//! | room | what it holds |
//! |---|---|
//! | [`noise`] | label noise, made from a seed: one file per kind |
//! | [`metrics`] | accuracy, top-k, MCC, confusion matrix, classification report: one file each |
//! | [`LabelTracker`] | mean and spread of a metric per label or group, epoch by epoch |
//! | [`noise_rate_estimate`] | the share of wrong labels, from a running training |
//! | [`LabelWave`] | when to stop, from how many predictions change |
//! | [`estimate_transition_matrix`] | which class is given as which, from predicted probabilities |
//! | [`cleaning`] | what a label should be, from predictions and from checked samples |
//! | [`NoiseRate`], [`TransitionMatrix`] | types that are checked once, at the door |
//!
//! # Example
//!
//! ```
//! use didact_labels::metrics::{ConfusionMatrix, matthews_correlation};
//! use didact_labels::{NoiseConfig, NoiseInput};
//!
//! let true_labels: Vec<Option<u32>> = (0..1000).map(|sample| Some(sample % 10)).collect();
//! let sample_keys: Vec<u64> =
//!     (0..1000).map(|sample| didact_random::sample_key(&format!("{sample}.png"))).collect();
//! let noise: NoiseConfig = "symmetric:0.4".parse()?;
//! let noisy = noise.inject(&NoiseInput {
//!     true_labels: &true_labels,
//!     sample_keys: &sample_keys,
//!     num_classes: 10,
//!     class_names: &[],
//!     seed: 7,
//! })?;
//! assert!((noisy.realised_rate - 0.4).abs() < 0.05);
//!
//! let labelled = |labels: &[Option<u32>]| labels.iter().copied().flatten().collect::<Vec<u32>>();
//! let (truth, given) = (labelled(&true_labels), labelled(&noisy.given_labels));
//! let agreement = ConfusionMatrix::from_labels(10, &truth, &given)?;
//! assert!(matthews_correlation(&agreement) < 0.7);
//! # Ok::<(), didact_labels::LabelsError>(())
//! ```

pub mod cleaning;
mod error;
mod group_summary;
mod label_checks;
mod label_state;
mod label_tracker;
mod label_wave;
pub mod metrics;
pub mod noise;
mod noise_rate;
pub mod noise_rate_estimate;
mod transition_estimate;
mod transition_matrix;

pub use error::{LabelsError, MatrixPlace};
pub use group_summary::{GroupSummary, Spread};
pub use label_state::LabelState;
pub use label_tracker::{EpochSummary, LabelTracker};
pub use label_wave::{LabelWave, LabelWaveConfig, prediction_changes};
pub use noise::{InjectedNoise, NoiseConfig, NoiseInput, NoiseKind, read_transition_matrix};
pub use noise_rate::NoiseRate;
pub use noise_rate_estimate::{NoiseRateEstimate, TrainingRecord, estimate_noise_rate};
pub use transition_estimate::{AnchorQuantile, estimate_transition_matrix};
pub use transition_matrix::TransitionMatrix;
