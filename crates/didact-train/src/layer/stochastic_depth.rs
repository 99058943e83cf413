//! Stochastic depth.

use burn::tensor::{Tensor, TensorData};
use didact_random::{Purpose, Stream};
use rand::RngExt;

use crate::network::{Mode, Pass};
use crate::number::ProperShare;

/// Leaves out what a branch would add, for a share of the samples while training, and scales it up for the others.
///
/// Who is left out is a function of (seed, step, layer), as in [`Dropout`](super::Dropout).
///
/// Source: Huang, Sun, Liu, Sedra and Weinberger, 2016.
/// Differs from them: each sample is left out by itself, where they drop a layer for the whole batch, and the branch is
/// scaled while training, not afterwards; both as in `torchvision.ops.StochasticDepth(mode="row")`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StochasticDepth {
    rate: ProperShare,
}

impl StochasticDepth {
    /// Leaves out at a rate.
    pub(crate) fn new(rate: ProperShare) -> Self {
        Self { rate }
    }

    /// # Shapes
    ///
    /// - `branch`: `[batch_size, ..., ..., ...]`, before it is added
    /// - output: the same
    pub(crate) fn forward(self, branch: Tensor<4>, pass: &mut Pass) -> Tensor<4> {
        let Mode::Training { seed, step } = pass.mode() else {
            return branch;
        };
        let rate = f64::from(self.rate);
        if rate == 0.0 {
            return branch;
        }
        let mut random = Stream::new(seed, Purpose::Dropout).at([step, pass.next_random_layer()]);
        let kept = (1.0 / (1.0 - rate)) as f32;
        let draw = |_| if random.random::<f64>() < rate { 0.0 } else { kept };
        let [batch_size, ..] = branch.dims();
        let shares: Vec<f32> = (0..batch_size).map(draw).collect();
        let shares = TensorData::new(shares, [batch_size, 1, 1, 1]);
        let shares = Tensor::from_data(shares, &branch.device());
        branch * shares
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;
    use didact_kernels::Precision;

    use super::*;
    use crate::network::host;

    const SAMPLES: usize = 4000;

    fn applied(mode: Mode) -> Vec<f32> {
        let branch = Tensor::ones([SAMPLES, 1, 2, 1], &Device::flex());
        let mut pass = Pass::new(mode, Precision::F32);
        host(StochasticDepth::new(ProperShare::of(0.2)).forward(branch, &mut pass))
    }

    #[test]
    fn a_sample_is_left_out_whole_or_scaled_whole() {
        let values = applied(Mode::Training { seed: 1, step: 2 });
        let is_whole =
            |pair: &[f32]| pair[0].to_bits() == pair[1].to_bits() && [0.0, 1.25].contains(&pair[0]);
        assert!(values.chunks_exact(2).all(is_whole));
        // 3200 on average with a standard deviation of 25: five of them to either side.
        let kept = values.iter().filter(|value| **value > 0.0).count() / 2;
        assert!((3073..3327).contains(&kept), "{kept}");
        assert_eq!(values, applied(Mode::Training { seed: 1, step: 2 }));
        assert_ne!(values, applied(Mode::Training { seed: 1, step: 3 }));
    }

    #[test]
    fn in_evaluation_nothing_is_left_out() {
        assert_eq!(applied(Mode::Evaluation), vec![1.0; 2 * SAMPLES]);
    }
}
