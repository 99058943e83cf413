//! Sums of tokens, each by a weight of its own.

mod kernels;

use burn::tensor::{DType, Tensor};
use rayon::prelude::*;

use crate::buffer::Buffer;
use crate::operation::{self, Operation, is_at_home};
use crate::simd::{InstructionSet, run};
use kernels::{Backward, Forward};

/// The sum of a sample's tokens, each times its weight.
///
/// # Shapes
///
/// - `tokens`: `[batch_size, 1, tokens, width]`
/// - `weights`: `[batch_size, 1, tokens, 1]`
/// - output: `[batch_size, 1, 1, width]`
///
/// # Panics
///
/// If tokens are not of samples alone, or there is not one weight for each.
///
/// ```
/// use burn::tensor::{Device, Tensor};
///
/// let device = Device::flex();
/// let tokens = Tensor::<4>::from_floats([[[[1.0, 2.0], [3.0, 5.0]]]], &device);
/// let weights = Tensor::<4>::from_floats([[[[0.5], [2.0]]]], &device);
/// let sum = didact_kernels::weighted_sum(tokens, weights);
/// assert_eq!(sum.into_data().iter::<f32>().collect::<Vec<_>>(), [6.5, 11.0]);
/// ```
pub fn weighted_sum(tokens: Tensor<4>, weights: Tensor<4>) -> Tensor<4> {
    let [batch_size, one, count, width] = tokens.dims();
    assert!(
        one == 1 && weights.dims() == [batch_size, 1, count, 1],
        "a weight for each token"
    );
    if !is_at_home(&tokens) || !is_at_home(&weights) || tokens.dims().contains(&0) {
        return weighted_sum_stock(tokens, weights);
    }
    let nothing = Tensor::<4>::zeros([1; 4], (&tokens.device(), DType::F32));
    let sums = Sums { count, width };
    operation::apply(sums, [batch_size, 1, 1, width], tokens, [weights, nothing])
}

/// The same by Burn's own operations, as on devices that the kernels do not know.
///
/// # Panics
///
/// If there is not one weight for each token.
pub fn weighted_sum_stock(tokens: Tensor<4>, weights: Tensor<4>) -> Tensor<4> {
    weights.swap_dims(2, 3).matmul(tokens)
}

/// Tokens of a sample.
#[derive(Clone, Copy, Debug)]
struct Sums {
    count: usize,
    width: usize,
}

impl Operation for Sums {
    fn forward(&self, [tokens, weights, _]: [&[f32]; 3]) -> Buffer {
        let set = InstructionSet::in_use();
        let mut output = Buffer::any(weights.len() / self.count * self.width);
        output
            .par_chunks_exact_mut(self.width)
            .zip(tokens.par_chunks_exact(self.count * self.width))
            .zip(weights.par_chunks_exact(self.count))
            .for_each(|((output, tokens), weights)| {
                let kernel = Forward {
                    tokens,
                    weights,
                    output,
                };
                // SAFETY: the kernel checks its sizes.
                unsafe { run(set, kernel) };
            });
        output
    }

    fn is_read_backward(&self, operand: usize) -> bool {
        operand < 2
    }

    fn backward(&self, [tokens, weights, _]: [&[f32]; 3], output_gradient: Buffer) -> [Option<Buffer>; 3] {
        let set = InstructionSet::in_use();
        let sample = self.count * self.width;
        let (mut of_tokens, mut of_weights) = (Buffer::any(tokens.len()), Buffer::any(weights.len()));
        of_tokens
            .par_chunks_exact_mut(sample)
            .zip(of_weights.par_chunks_exact_mut(self.count))
            .zip(tokens.par_chunks_exact(sample))
            .zip(weights.par_chunks_exact(self.count))
            .zip(output_gradient.par_chunks_exact(self.width))
            .for_each(
                |((((of_tokens, of_weights), tokens), weights), output_gradient)| {
                    let kernel = Backward {
                        tokens,
                        weights,
                        output_gradient,
                        of_tokens,
                        of_weights,
                    };
                    // SAFETY: the kernel checks its sizes.
                    unsafe { run(set, kernel) };
                },
            );
        [Some(of_tokens), Some(of_weights), None]
    }
}
