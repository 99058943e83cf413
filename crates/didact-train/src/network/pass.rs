//! One pass of a batch through a network.

use burn::tensor::Tensor;
use didact_kernels::Precision;

use super::parameters::{ParameterId, Parameters};

/// What a pass is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Training: statistics of the batch, dropout.
    Training {
        /// The run's seed.
        seed: u64,
        /// The step, counted from 0 over the whole run.
        step: u64,
    },
    /// Evaluation: running statistics, no dropout.
    Evaluation,
}

/// One pass through a network: what it is for, how its numbers are multiplied, and the running statistics it leaves behind.
#[derive(Debug)]
pub struct Pass {
    mode: Mode,
    precision: Precision,
    layers_with_dropout: u64,
    statistics: Vec<(ParameterId, Tensor<1>)>,
}

impl Pass {
    /// A pass that has not begun.
    pub fn new(mode: Mode, precision: Precision) -> Self {
        Self {
            mode,
            precision,
            layers_with_dropout: 0,
            statistics: Vec::new(),
        }
    }

    /// What the pass is for.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// How its numbers are multiplied.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// A number for the next layer that draws random numbers in this pass: 0, 1, 2, ...
    pub fn next_random_layer(&mut self) -> u64 {
        self.layers_with_dropout += 1;
        self.layers_with_dropout - 1
    }

    /// Notes the new value of a running statistic.
    pub fn update_statistic(&mut self, id: ParameterId, value: Tensor<1>) {
        self.statistics.push((id, value));
    }

    /// Writes the noted statistics into the parameters.
    pub fn commit(self, parameters: &mut Parameters) {
        parameters.replace_statistics(self.statistics);
    }
}
