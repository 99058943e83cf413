//! Dropout.

use burn::tensor::{Tensor, TensorData};
use didact_random::{Purpose, Stream};
use rand::RngExt;

use crate::network::{Mode, Pass};
use crate::number::ProperShare;

/// Sets a share of the values to zero while training and scales the others up, as `torch.nn.Dropout`.
///
/// The mask is a function of (seed, step, layer), never of a shared generator. It is drawn on the host, which costs
/// a transfer a step on a GPU.
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
        let Mode::Training { seed, step } = pass.mode() else {
            return input;
        };
        let rate = f64::from(self.rate);
        if rate == 0.0 {
            return input;
        }
        let mut random = Stream::new(seed, Purpose::Dropout).at([step, pass.next_random_layer()]);
        let kept = (1.0 / (1.0 - rate)) as f32;
        let draw = |_| if random.random::<f64>() < rate { 0.0 } else { kept };
        let shape = input.dims();
        let mask: Vec<f32> = (0..shape.iter().product::<usize>()).map(draw).collect();
        let mask = Tensor::from_data(TensorData::new(mask, shape), &input.device());
        input * mask
    }
}
