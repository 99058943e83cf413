//! Batch normalisation.

use didact_kernels::{BatchStatistics, Normalization, Statistics};

use crate::network::{Initial, Mode, ParameterBuilder, ParameterId, Parameters, Pass, Role};

/// Settings of a [`BatchNorm`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct BatchNormConfig {
    /// Number of channels.
    pub(crate) channels: usize,
    /// Added to the variance, `> 0`.
    pub(crate) epsilon: f64,
    /// Share of the batch in the updated running statistics, in `[0, 1]` (`PyTorch`'s sense of momentum; Keras' is one
    /// minus it).
    pub(crate) momentum: f64,
}

impl BatchNormConfig {
    /// `PyTorch`'s defaults.
    pub(crate) fn pytorch(channels: usize) -> Self {
        Self {
            channels,
            epsilon: 1e-5,
            momentum: 0.1,
        }
    }

    /// Keras' defaults.
    pub(crate) fn keras(channels: usize) -> Self {
        Self {
            channels,
            epsilon: 1e-3,
            momentum: 0.01,
        }
    }
}

/// Normalises each channel to mean 0 and variance 1, then scales and shifts it, as `torch.nn.BatchNorm2d`.
///
/// Source: Ioffe and Szegedy, 2015. As in `PyTorch`, the running variance is that of the population
/// (`n / (n - 1)` times the batch's), while the batch is normalised by its own.
/// Differs from `PyTorch`, which refuses a batch that holds one value a channel: it is normalised by the running
/// statistics, as it has none of its own. Such is the last batch of an epoch where one sample is left over.
#[derive(Clone, Debug)]
pub(crate) struct BatchNorm {
    scale: ParameterId,
    shift: ParameterId,
    mean: ParameterId,
    variance: ParameterId,
    config: BatchNormConfig,
}

impl BatchNorm {
    /// Declares `NAME.weight`, `NAME.bias`, `NAME.running_mean` and `NAME.running_var`, each `[channels]`.
    pub(crate) fn new(name: &str, config: BatchNormConfig, builder: &mut ParameterBuilder) -> Self {
        let mut declare = |field: &str, role, value| {
            builder.declare(
                format!("{name}.{field}"),
                &[config.channels],
                role,
                Initial::Constant(value),
            )
        };
        Self {
            scale: declare("weight", Role::Offset, 1.0),
            shift: declare("bias", Role::Offset, 0.0),
            mean: declare("running_mean", Role::Statistic, 0.0),
            variance: declare("running_var", Role::Statistic, 1.0),
            config,
        }
    }

    /// The normalisation with the parameters as they stand, of a batch with `count` values a channel.
    pub(super) fn operand(&self, parameters: &Parameters, count: usize, pass: &Pass) -> Normalization {
        let statistics = if pass.mode() == Mode::Evaluation || count == 1 {
            Statistics::Running {
                mean: parameters.flat(self.mean),
                variance: parameters.flat(self.variance),
            }
        } else {
            Statistics::OfBatch
        };
        Normalization {
            scale: parameters.flat(self.scale),
            shift: parameters.flat(self.shift),
            epsilon: self.config.epsilon,
            statistics,
        }
    }

    /// Notes where a batch with `count` values a channel moves the running statistics.
    pub(super) fn note(
        &self,
        parameters: &Parameters,
        batch: BatchStatistics,
        count: usize,
        pass: &mut Pass,
    ) {
        let unbiased = batch.variance * (count as f64 / (count - 1) as f64);
        for (id, batch) in [(self.mean, batch.mean), (self.variance, unbiased)] {
            let running = parameters.flat(id).inner();
            let moved = running * (1.0 - self.config.momentum) + batch * self.config.momentum;
            pass.update_statistic(id, moved);
        }
    }
}
