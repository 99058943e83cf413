//! Batch normalisation.

use burn::tensor::Tensor;
use burn::tensor::module::{batch_norm, batch_norm_train};

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

    /// # Shapes
    ///
    /// - `input`: `[batch_size, channels, ...]`
    /// - output: the same
    pub(crate) fn forward<const RANK: usize>(
        &self,
        parameters: &Parameters,
        input: Tensor<RANK>,
        pass: &mut Pass,
    ) -> Tensor<RANK> {
        let (scale, shift) = (parameters.tensor(self.scale), parameters.tensor(self.shift));
        let (mean, variance) = (parameters.tensor(self.mean), parameters.tensor(self.variance));
        let count = input.shape().num_elements() / self.config.channels;
        if pass.mode() == Mode::Evaluation || count == 1 {
            return batch_norm(input, scale, shift, mean, variance, self.config.epsilon);
        }
        let batch = batch_norm_train(input, scale, shift, self.config.epsilon);
        let unbiased = batch.variance * (count as f64 / (count - 1) as f64);
        pass.update_statistic(self.mean, self.moved(mean, batch.mean));
        pass.update_statistic(self.variance, self.moved(variance, unbiased));
        batch.output
    }

    fn moved(&self, running: Tensor<1>, batch: Tensor<1>) -> Tensor<1> {
        running.inner() * (1.0 - self.config.momentum) + batch.inner() * self.config.momentum
    }
}
