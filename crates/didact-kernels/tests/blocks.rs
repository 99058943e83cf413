//! Blocks by the kernels against the same blocks by Burn's own operations: outputs, statistics and every gradient.

use burn::tensor::{Device, Tensor, TensorData};
use didact_kernels::{
    Activation, Applied, Block, Convolution, Normalization, Pooling, Precision, Statistics,
};
use proptest::prelude::*;

/// A block by its settings.
#[derive(Clone, Debug)]
struct Case {
    images: usize,
    side: [usize; 2],
    channels: [usize; 2],
    kernel: [usize; 2],
    stride: usize,
    padding: usize,
    has_convolution: bool,
    has_bias: bool,
    before: Activation,
    norm: Norm,
    has_residual: bool,
    after: Activation,
    pooling: Option<Pooling>,
    seed: u64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Norm {
    None,
    Batch,
    Running,
}

/// The tensors of a case, which require gradients.
#[derive(Clone)]
struct Tensors {
    input: Tensor<4>,
    weight: Tensor<4>,
    bias: Tensor<1>,
    scale: Tensor<1>,
    shift: Tensor<1>,
    residual: Tensor<4>,
    upstream: Tensor<4>,
}

fn numbers(seed: u64, count: usize) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

fn tensor<const D: usize>(seed: u64, shape: [usize; D], device: &Device) -> Tensor<D> {
    let count = shape.iter().product();
    Tensor::from_data(TensorData::new(numbers(seed, count), shape), device)
}

impl Case {
    fn middle(&self) -> Option<[usize; 4]> {
        let side = |side: usize, kernel: usize| {
            let free = (side + 2 * self.padding).checked_sub(kernel)?;
            Some(free / self.stride + 1)
        };
        if !self.has_convolution {
            return Some([self.images, self.side[0], self.side[1], self.channels[0]]);
        }
        let (height, width) = (side(self.side[0], self.kernel[0])?, side(self.side[1], self.kernel[1])?);
        Some([self.images, height, width, self.channels[1]])
    }

    fn output(&self) -> Option<[usize; 4]> {
        let [images, height, width, channels] = self.middle()?;
        let sides = match self.pooling {
            None => [height, width],
            Some(Pooling::Max { size, stride } | Pooling::Average { size, stride }) => {
                [(height.checked_sub(size)?) / stride + 1, (width.checked_sub(size)?) / stride + 1]
            }
            Some(Pooling::GlobalAverage) => [1, 1],
        };
        Some([images, sides[0], sides[1], channels])
    }

    fn tensors(&self) -> Option<Tensors> {
        let device = Device::flex().autodiff();
        let (middle, output) = (self.middle()?, self.output()?);
        let channels = middle[3];
        let [inputs, outputs] = self.channels;
        let seed = self.seed;
        Some(Tensors {
            input: tensor(seed, [self.images, self.side[0], self.side[1], inputs], &device).require_grad(),
            weight: tensor(seed + 1, [outputs, inputs, self.kernel[0], self.kernel[1]], &device).require_grad(),
            bias: tensor(seed + 2, [outputs], &device).require_grad(),
            scale: (tensor(seed + 3, [channels], &device) + 1.5).require_grad(),
            shift: tensor(seed + 4, [channels], &device).require_grad(),
            residual: tensor(seed + 5, middle, &device).require_grad(),
            upstream: tensor(seed + 6, output, &device),
        })
    }

    fn block(&self, tensors: &Tensors) -> Block {
        let Tensors { weight, bias, scale, shift, residual, .. } = tensors.clone();
        let device = Device::flex();
        let channels = scale.dims()[0];
        let statistics = match self.norm {
            Norm::Running => Statistics::Running {
                mean: tensor(self.seed + 7, [channels], &device),
                variance: tensor(self.seed + 8, [channels], &device) + 1.2,
            },
            _ => Statistics::OfBatch,
        };
        Block {
            convolution: self.has_convolution.then(|| Convolution {
                weight,
                bias: self.has_bias.then_some(bias),
                stride: self.stride,
                padding: self.padding,
                precision: Precision::F32,
            }),
            before: self.before,
            normalization: (self.norm != Norm::None).then(|| Normalization { scale, shift, epsilon: 1e-3, statistics }),
            residual: self.has_residual.then_some(residual),
            after: self.after,
            pooling: self.pooling,
        }
    }
}

/// The output, the statistics and all gradients, by one way of applying.
fn results(case: &Case, apply: impl Fn(Block, Tensor<4>) -> Applied) -> Option<Vec<(&'static str, Vec<f32>)>> {
    let tensors = case.tensors()?;
    let Applied { output, batch_statistics } = apply(case.block(&tensors), tensors.input.clone());
    let mut gradients = (output.clone() * tensors.upstream.clone()).sum().backward();
    let values = |tensor: TensorData| tensor.iter::<f32>().collect::<Vec<f32>>();
    let mut found = vec![("output", values(output.into_data()))];
    if let Some(statistics) = batch_statistics {
        found.push(("mean", values(statistics.mean.into_data())));
        found.push(("variance", values(statistics.variance.into_data())));
    }
    macro_rules! gradient {
        ($($name:ident)*) => {
            $(if let Some(gradient) = tensors.$name.grad_remove(&mut gradients) {
                found.push((stringify!($name), values(gradient.into_data())));
            })*
        };
    }
    gradient!(input weight bias scale shift residual);
    Some(found)
}

/// Sums of many products differ by rounding in proportion to the largest.
fn assert_close(case: &Case, tolerance: f32) {
    let Some(ours) = results(case, Block::apply) else { return };
    let stock = results(case, Block::apply_stock).unwrap_or_default();
    let mut stock = stock.into_iter();
    for (name, ours) in ours {
        // Without a part, its gradient is absent by Burn's operations.
        let Some((_, expected)) = stock.find(|(found, _)| *found == name) else {
            panic!("{name} has no counterpart in {case:?}")
        };
        assert_eq!(ours.len(), expected.len(), "{name} of {case:?}");
        let largest = expected.iter().fold(1f32, |largest, value| largest.max(value.abs()));
        for (index, (ours, expected)) in ours.iter().zip(&expected).enumerate() {
            let difference = (ours - expected).abs() / largest;
            assert!(difference <= tolerance, "{name}[{index}]: {ours}, not {expected}, in {case:?}");
        }
    }
}

fn activation() -> impl Strategy<Value = Activation> {
    prop_oneof![
        Just(Activation::Identity),
        Just(Activation::Relu),
        Just(Activation::Silu),
        Just(Activation::Gelu)
    ]
}

fn pooling() -> impl Strategy<Value = Option<Pooling>> {
    prop_oneof![
        Just(None),
        (1usize..5, 1usize..4).prop_map(|(size, stride)| Some(Pooling::Max { size, stride })),
        (1usize..4).prop_map(|size| Some(Pooling::Max { size, stride: size })),
        (1usize..4).prop_map(|size| Some(Pooling::Average { size, stride: size })),
        Just(Some(Pooling::GlobalAverage))
    ]
}

fn channels() -> impl Strategy<Value = usize> {
    prop_oneof![1usize..6, Just(16), Just(32), 17usize..40]
}

prop_compose! {
    fn case()(
        images in 1usize..4,
        side in [1usize..12, 1usize..12],
        channels in [channels(), channels()],
        kernel in prop_oneof![Just([3, 3]), Just([1, 1]), [1usize..6, 1usize..6]],
        stride in 1usize..4,
        padding in 0usize..5,
        flags in [any::<bool>(), any::<bool>(), any::<bool>()],
        activations in [activation(), activation()],
        norm in prop_oneof![Just(Norm::None), Just(Norm::Batch), Just(Norm::Running)],
        pooling in pooling(),
        seed in 1u64..1_000_000,
    ) -> Case {
        Case {
            images, side, channels, kernel, stride, padding,
            has_convolution: flags[0] || flags[1],
            has_bias: flags[1],
            before: activations[0],
            norm,
            has_residual: flags[2],
            after: activations[1],
            pooling, seed,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn blocks_agree_with_the_stock_operations(case in case()) {
        assert_close(&case, 2e-4);
    }

    #[test]
    fn convolutions_alone_agree_closely(case in case()) {
        let case = Case {
            has_convolution: true,
            before: Activation::Identity,
            norm: Norm::None,
            has_residual: false,
            after: Activation::Identity,
            pooling: None,
            ..case
        };
        assert_close(&case, 1e-5);
    }

    #[test]
    fn winograd_agrees_closely(case in case(), channels in [1usize..4, 1usize..4]) {
        let case = Case {
            channels: channels.map(|sixteens| 16 * sixteens),
            kernel: [3, 3],
            stride: 1,
            padding: case.padding.min(2),
            has_convolution: true,
            before: Activation::Identity,
            norm: Norm::None,
            has_residual: false,
            after: Activation::Identity,
            pooling: None,
            ..case
        };
        assert_close(&case, 1e-5);
    }
}
