//! Where parameters start.

use std::f64::consts::TAU;

use rand::{Rng, RngExt};

/// Where a parameter starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Initial {
    /// The same value everywhere.
    Constant(f32),
    /// Uniform in `[-bound, bound]`, where `bound = 1 / sqrt(fan_in)`: `PyTorch`'s default for convolutions and linear
    /// layers, weights and biases alike.
    Uniform {
        /// Number of inputs that one output sees.
        fan_in: usize,
    },
    /// Uniform with variance `2 / fan_in`, which keeps the size of values through layers with `ReLU`:
    /// `torch.nn.init.kaiming_uniform_(weight, nonlinearity="relu")`, and Keras' `he_uniform`.
    ///
    /// Source: He et al., 2015, "Delving Deep into Rectifiers", equation 10.
    HeUniform {
        /// Number of inputs that one output sees.
        fan_in: usize,
    },
    /// Normal with mean 0 and variance `2 / fan_in`: `torch.nn.init.kaiming_normal_(weight, nonlinearity="relu")`.
    ///
    /// Source: He et al., 2015, "Delving Deep into Rectifiers", equation 10.
    /// Differs from Keras' `he_normal`, which draws nothing beyond two deviations.
    HeNormal {
        /// Number of inputs that one output sees.
        fan_in: usize,
    },
    /// Uniform with variance `2 / (fan_in + fan_out)`: `torch.nn.init.xavier_uniform_`, and Keras' default.
    ///
    /// Source: Glorot and Bengio, 2010, equation 16.
    GlorotUniform {
        /// Number of inputs that one output sees.
        fan_in: usize,
        /// Number of outputs that see one input.
        fan_out: usize,
    },
}

/// The first values of a parameter.
pub(super) fn initial_values(initial: Initial, count: usize, random: &mut impl Rng) -> Vec<f32> {
    match initial {
        Initial::Constant(value) => vec![value; count],
        Initial::Uniform { fan_in } => uniform(1.0 / (fan_in as f32).sqrt(), count, random),
        Initial::HeUniform { fan_in } => uniform((6.0 / fan_in as f32).sqrt(), count, random),
        Initial::GlorotUniform { fan_in, fan_out } => {
            uniform((6.0 / (fan_in + fan_out) as f32).sqrt(), count, random)
        }
        Initial::HeNormal { fan_in } => normal((2.0 / fan_in as f64).sqrt(), count, random),
    }
}

fn uniform(bound: f32, count: usize, random: &mut impl Rng) -> Vec<f32> {
    (0..count)
        .map(|_| bound * (2.0 * random.random::<f32>() - 1.0))
        .collect()
}

/// By the transform of Box and Muller, 1958; of its two numbers the first.
fn normal(deviation: f64, count: usize, random: &mut impl Rng) -> Vec<f32> {
    let mut draw = || {
        // One less a number in [0, 1) is above 0, so its logarithm is finite.
        let radius = (-2.0 * (1.0 - random.random::<f64>()).ln()).sqrt();
        (deviation * radius * (TAU * random.random::<f64>()).cos()) as f32
    };
    (0..count).map(|_| draw()).collect()
}

#[cfg(test)]
mod tests {
    use didact_random::{Purpose, Stream};

    use super::*;

    const COUNT: usize = 20_000;

    fn drawn(initial: Initial) -> Vec<f64> {
        let mut random = Stream::new(0, Purpose::InitialWeights).at([0, 0]);
        let values = initial_values(initial, COUNT, &mut random);
        values.into_iter().map(f64::from).collect()
    }

    /// Mean, variance and largest size.
    fn moments(initial: Initial) -> [f64; 3] {
        let values = drawn(initial);
        let mean = values.iter().sum::<f64>() / COUNT as f64;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / COUNT as f64;
        let largest = values
            .iter()
            .fold(0.0, |largest: f64, value| largest.max(value.abs()));
        [mean, variance, largest]
    }

    #[test]
    fn uniform_values_have_their_variance_and_stay_in_their_bounds() {
        let cases = [
            (Initial::Uniform { fan_in: 12 }, 1.0 / 36.0),
            (Initial::HeUniform { fan_in: 8 }, 2.0 / 8.0),
            (
                Initial::GlorotUniform {
                    fan_in: 5,
                    fan_out: 11,
                },
                2.0 / 16.0,
            ),
        ];
        for (initial, expected) in cases {
            let [mean, variance, largest] = moments(initial);
            assert!(mean.abs() < 0.01, "{initial:?}: {mean}");
            assert!(
                (variance / expected - 1.0).abs() < 0.03,
                "{initial:?}: {variance}"
            );
            let bound = (3.0 * expected).sqrt();
            assert!(
                largest <= bound * 1.000_001 && largest > 0.99 * bound,
                "{initial:?}: {largest}"
            );
        }
    }

    #[test]
    fn normal_values_have_their_variance_and_tails() {
        let [mean, variance, largest] = moments(Initial::HeNormal { fan_in: 8 });
        assert!(mean.abs() < 0.01, "{mean}");
        assert!((variance / 0.25 - 1.0).abs() < 0.03, "{variance}");
        assert!((1.5..3.5).contains(&largest), "{largest}: deviations are 0.5");
        let values = drawn(Initial::HeNormal { fan_in: 8 });
        let within = values.iter().filter(|value| value.abs() < 0.5).count() as f64 / COUNT as f64;
        assert!((within - 0.6827).abs() < 0.01, "{within} within one deviation");
    }
}
