//! A gradient that a shortcut began is added to in place, which changes no result.

use burn::tensor::{Device, Tensor, TensorData};
use didact_kernels::{
    Activation, Applied, Block, Convolution, InputUse, Normalization, Precision, Statistics,
};

use super::case::{assert_close, random_numbers};
use super::level::at_level;

/// Images, channels and sides of kernels: Winograd's algorithm with small and large tiles, the definition, a product of
/// matrices.
const KINDS: [[usize; 3]; 5] = [[3, 32, 3], [160, 16, 3], [3, 5, 3], [3, 16, 1], [3, 6, 2]];

struct Chain {
    channels: usize,
    kernel: usize,
    input: Tensor<4>,
    weights: [Tensor<4>; 2],
    precision: Precision,
}

fn random<const D: usize>(seed: u64, shape: [usize; D]) -> Tensor<D> {
    let numbers = random_numbers(seed, shape.iter().product());
    Tensor::from_data(TensorData::new(numbers, shape), &Device::flex().autodiff())
}

impl Chain {
    fn new([images, channels, kernel]: [usize; 3], precision: Precision) -> Self {
        let weight = |seed| random(seed, [channels, channels, kernel, kernel]).require_grad();
        Self {
            channels,
            kernel,
            input: random(1, [images, 7, 6, channels]).require_grad(),
            weights: [2, 3].map(weight),
            precision,
        }
    }

    fn block(&self, position: usize) -> Block {
        Block {
            convolution: Some(Convolution {
                weight: self.weights[position].clone(),
                bias: None,
                stride: 1,
                // An even kernel makes the image larger by one pixel first, and smaller again.
                padding: if position == 0 {
                    self.kernel / 2
                } else {
                    (self.kernel - 1) / 2
                },
                precision: self.precision,
            }),
            normalization: Some(Normalization {
                scale: random(4, [self.channels]),
                shift: random(5, [self.channels]),
                epsilon: 1e-3,
                statistics: Statistics::OfBatch,
            }),
            after: Activation::Relu,
            ..Block::default()
        }
    }

    /// The gradients of a residual block of two convolutions.
    fn gradients(&self, input_use: InputUse, apply: fn(Block, Tensor<4>) -> Applied) -> Vec<Vec<f32>> {
        // What comes before has a gradient to be found too.
        let input = self.input.clone() * 1.5;
        let first = apply(
            Block {
                input_use,
                ..self.block(0)
            },
            input.clone(),
        )
        .output;
        let second = Block {
            residual: Some(input),
            ..self.block(1)
        };
        let output = apply(second, first).output;
        let upstream = random(6, output.dims());
        let gradients = (output * upstream).sum().backward();
        let values = |tensor: Tensor<4>| tensor.into_data().iter::<f32>().collect::<Vec<f32>>();
        let [first, second] = &self.weights;
        [&self.input, first, second]
            .map(|tensor| values(tensor.grad(&gradients).unwrap()))
            .to_vec()
    }
}

#[test]
fn a_residual_block_has_the_same_gradients_however_its_input_is_used() {
    at_level(|| {
        for kind in KINDS {
            let chain = Chain::new(kind, Precision::F32);
            let expected = chain.gradients(InputUse::Once, Block::apply_stock);
            for input_use in [InputUse::Once, InputUse::AlsoResidual] {
                let found = chain.gradients(input_use, Block::apply);
                for (found, expected) in found.iter().zip(&expected) {
                    assert_close(found, expected, 2e-5, &format!("{kind:?}, {input_use:?}"));
                }
            }
        }
    });
}

#[test]
fn in_bf16_too_it_has_the_same_gradients_however_its_input_is_used() {
    at_level(|| {
        for kind in [[3, 64, 3], [3, 64, 1], [130, 96, 1]] {
            let chain = Chain::new(kind, Precision::Bf16);
            let expected = chain.gradients(InputUse::Once, Block::apply);
            let found = chain.gradients(InputUse::AlsoResidual, Block::apply);
            for (found, expected) in found.iter().zip(&expected) {
                assert_close(found, expected, 2e-5, &format!("{kind:?}"));
            }
        }
    });
}
