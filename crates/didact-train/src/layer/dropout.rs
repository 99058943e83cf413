//! Dropout.

use burn::tensor::Tensor;
use didact_random::{Purpose, Stream};
use rand::RngExt;

use crate::network::{Mode, Pass};
use crate::number::ProperShare;

/// Sets a share of the values to zero while training and scales the others up, as `torch.nn.Dropout`.
///
/// What is dropped is a function of (seed, step, layer) and of the part of the values, never of a shared generator. On the
/// processor threads draw it where it is needed; for a GPU it is drawn on the host, which costs a transfer a step.
///
/// Source: Srivastava et al., 2014.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dropout {
    rate: ProperShare,
}

impl Dropout {
    /// Dropout at a rate.
    pub(crate) fn new(rate: ProperShare) -> Self {
        Self { rate }
    }

    /// # Shapes
    ///
    /// - `input`: any
    /// - output: the same
    pub(crate) fn forward<const RANK: usize>(self, input: Tensor<RANK>, pass: &mut Pass) -> Tensor<RANK> {
        match self.of_pass(pass) {
            Some(dropout) => dropout.apply(input),
            None => input,
        }
    }

    /// The dropout of the next layer of a pass; none if nothing is dropped.
    pub(crate) fn of_pass(self, pass: &mut Pass) -> Option<didact_kernels::Dropout> {
        let Mode::Training { seed, step } = pass.mode() else {
            return None;
        };
        let rate = f64::from(self.rate);
        if rate == 0.0 {
            return None;
        }
        let random = Stream::new(seed, Purpose::Dropout).at([step, pass.next_random_layer()]);
        Some(didact_kernels::Dropout::new(rate, move |part, numbers| {
            let mut random = random.clone();
            random.set_stream(part);
            random.fill(numbers);
        }))
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;
    use didact_kernels::Precision;

    use super::*;
    use crate::network::host;

    /// More than one part.
    const VALUES: usize = 40_000;

    fn applied(mode: Mode) -> Vec<f32> {
        let values = Tensor::<2>::ones([4, VALUES / 4], &Device::flex());
        let mut pass = Pass::new(mode, Precision::F32);
        host(Dropout::new(ProperShare::of(0.25)).forward(values, &mut pass))
    }

    #[test]
    fn a_share_is_dropped_and_the_others_are_scaled_up() {
        let values = applied(Mode::Training { seed: 1, step: 2 });
        assert!(
            values
                .iter()
                .all(|&value| value == 0.0 || (value - 4.0 / 3.0).abs() < 1e-6)
        );
        // 30,000 on average with a standard deviation of 87: five of them to either side.
        let kept = values.iter().filter(|value| **value > 0.0).count();
        assert!((29_567..30_433).contains(&kept), "{kept}");
        // The second part begins here.
        assert_ne!(values[..10_000], values[16_384..26_384], "parts differ");
        assert_eq!(values, applied(Mode::Training { seed: 1, step: 2 }));
        assert_ne!(values, applied(Mode::Training { seed: 1, step: 3 }));
        assert_ne!(values, applied(Mode::Training { seed: 2, step: 2 }));
    }

    #[test]
    fn in_evaluation_nothing_is_dropped() {
        assert_eq!(applied(Mode::Evaluation), vec![1.0; VALUES]);
    }
}
