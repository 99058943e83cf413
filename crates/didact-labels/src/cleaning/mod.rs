//! What should a label be? Corrections from a model's predictions, and from samples whose labels somebody checked.
//!
//! | name | idea | source |
//! |---|---|---|
//! | [`trusted_transition`] | which class is given as which, counted on checked samples | |
//! | [`TruePosterior`] | what the true class is, from a prediction of given labels and the transition matrix | |
//! | [`LogarithmicPool`] | several opinions about the true class, with weights that checked samples choose | Genest and Zidek, 1986 |
//! | [`correct_labels`] | a corrected label with its probability, and what becomes of uncertain ones | |

mod correction;
mod logarithmic_pool;
mod posterior;
mod trusted_transition;

pub use correction::{CorrectedLabel, CorrectionSource, SureProbability, Uncertain, correct_labels};
pub use logarithmic_pool::{LogarithmicPool, Opinions};
pub use posterior::TruePosterior;
pub use trusted_transition::trusted_transition;
