//! How the label cleaners of a round learnt: `cleaner.json`.

use serde::{Deserialize, Serialize};

/// How the cleaners of a round learnt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CleanerRecord {
    /// The round, counted from 1.
    pub round: u32,
    /// Which class is given as which, `[true class, given class]`.
    pub transition_matrix: Vec<Vec<f64>>,
    /// One for each model.
    pub views: Vec<ViewRecord>,
    /// How long it took.
    pub seconds: f64,
}

/// How the cleaner of one model learnt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ViewRecord {
    /// The fold that the model left out, counted from 1.
    pub fold: Option<u32>,
    /// What a network learnt, epoch by epoch; empty for other cleaners.
    pub epochs: Vec<CleanerEpoch>,
    /// The epoch that was kept, counted from 1.
    pub kept_epoch: Option<u32>,
    /// Trained parameters of a network, without those of the image network.
    pub parameters: Option<usize>,
    /// The weights of opinions; empty for a network.
    pub pool: Vec<PoolRecord>,
}

/// How much an opinion counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PoolRecord {
    /// Whose opinion.
    pub source: String,
    /// How much it counts. By Bayes' rule 1, and 0 what a first model predicts before it is led back through the transition matrix.
    pub weight: f64,
}

/// The figures of an epoch of a label cleaner.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CleanerEpoch {
    /// The epoch, counted from 1.
    pub epoch: u32,
    /// Mean loss of the samples it learnt from, in its own measure.
    pub loss: f64,
    /// Share of the samples that select whose likeliest class is right.
    pub accuracy: f64,
    /// Mean squared distance of its probabilities from the labels of the samples that select, in `[0, 2]`.
    pub brier: f64,
}
