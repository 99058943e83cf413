//! A block by its settings, and what it yields.

use burn::tensor::{Device, Tensor, TensorData};
use didact_kernels::{
    Activation, Applied, Block, Convolution, Normalization, Pooling, Precision, Statistics,
};

/// A block by its settings. Numbers follow from `seed`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    pub(crate) images: usize,
    pub(crate) side: [usize; 2],
    /// Of input and output.
    pub(crate) channels: [usize; 2],
    pub(crate) kernel: [usize; 2],
    pub(crate) stride: usize,
    pub(crate) padding: usize,
    pub(crate) part: Part,
    pub(crate) precision: Precision,
    pub(crate) before: Activation,
    pub(crate) norm: Norm,
    pub(crate) residual: Residual,
    pub(crate) after: Activation,
    pub(crate) pooling: Option<Pooling>,
    pub(crate) seed: u64,
}

/// What a block begins with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Part {
    Nothing,
    Convolution,
    ConvolutionWithBias,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Norm {
    None,
    Batch,
    Running,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Residual {
    Absent,
    Present,
}

impl Case {
    /// A convolution with a bias, 3x3 of one channel, and nothing after it.
    pub(crate) const PLAIN: Self = Self {
        images: 1,
        side: [4, 4],
        channels: [1, 1],
        kernel: [3, 3],
        stride: 1,
        padding: 1,
        part: Part::ConvolutionWithBias,
        precision: Precision::F32,
        before: Activation::Identity,
        norm: Norm::None,
        residual: Residual::Absent,
        after: Activation::Identity,
        pooling: None,
        seed: 1,
    };
}

/// The numbers of a case; those of parts that it lacks are not used.
#[derive(Clone, Debug)]
pub(crate) struct Numbers {
    pub(crate) input: Vec<f32>,
    pub(crate) weight: Vec<f32>,
    pub(crate) bias: Vec<f32>,
    pub(crate) scale: Vec<f32>,
    pub(crate) shift: Vec<f32>,
    pub(crate) residual: Vec<f32>,
    /// The gradient with respect to the output.
    pub(crate) upstream: Vec<f32>,
}

/// A result, or a gradient, by its name.
pub(crate) type Found = Vec<(&'static str, Vec<f32>)>;

/// In `[-1, 1)`.
pub(crate) fn random_numbers(seed: u64, count: usize) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

impl Case {
    /// Images, height, width and channels after the convolution, which must exist.
    pub(crate) fn middle(&self) -> [usize; 4] {
        let [height, width] = self.side;
        if self.part == Part::Nothing {
            return [self.images, height, width, self.channels[0]];
        }
        let side = |side: usize, kernel: usize| (side + 2 * self.padding - kernel) / self.stride + 1;
        [
            self.images,
            side(height, self.kernel[0]),
            side(width, self.kernel[1]),
            self.channels[1],
        ]
    }

    /// Images, height, width and channels of the output.
    pub(crate) fn output(&self) -> [usize; 4] {
        let [images, height, width, channels] = self.middle();
        let [height, width] = match self.pooling {
            None => [height, width],
            Some(Pooling::Max { size, stride } | Pooling::Average { size, stride }) => {
                [height, width].map(|side| (side - size) / stride + 1)
            }
            Some(Pooling::GlobalAverage) => [1, 1],
        };
        [images, height, width, channels]
    }

    fn input_shape(&self) -> [usize; 4] {
        [self.images, self.side[0], self.side[1], self.channels[0]]
    }

    fn weight_shape(&self) -> [usize; 4] {
        [self.channels[1], self.channels[0], self.kernel[0], self.kernel[1]]
    }

    pub(crate) fn numbers(&self) -> Numbers {
        let (middle, seed) = (self.middle(), self.seed);
        let random = |nth: u64, shape: &[usize]| random_numbers(seed + nth, shape.iter().product());
        Numbers {
            input: random(0, &self.input_shape()),
            weight: random(1, &self.weight_shape()),
            bias: random(2, &[self.channels[1]]),
            scale: random(3, &middle[3..])
                .iter()
                .map(|number| number + 1.5)
                .collect(),
            shift: random(4, &middle[3..]),
            residual: random(5, &middle),
            upstream: random(6, &self.output()),
        }
    }

    fn statistics(&self) -> Statistics {
        let channels = self.middle()[3];
        let numbers = |seed: u64, least: f32| {
            let numbers: Vec<f32> = random_numbers(seed, channels)
                .iter()
                .map(|number| number + least)
                .collect();
            Tensor::from_data(TensorData::new(numbers, [channels]), &Device::flex())
        };
        match self.norm {
            Norm::Running => Statistics::Running {
                mean: numbers(self.seed + 7, 0.0),
                variance: numbers(self.seed + 8, 1.2),
            },
            _ => Statistics::OfBatch,
        }
    }

    fn block(&self, tensors: &Tensors) -> Block {
        let Tensors {
            weight,
            bias,
            scale,
            shift,
            residual,
            ..
        } = tensors.clone();
        Block {
            convolution: (self.part != Part::Nothing).then(|| Convolution {
                weight,
                bias: (self.part == Part::ConvolutionWithBias).then_some(bias),
                stride: self.stride,
                padding: self.padding,
                precision: self.precision,
            }),
            before: self.before,
            normalization: (self.norm != Norm::None).then(|| Normalization {
                scale,
                shift,
                epsilon: 1e-3,
                statistics: self.statistics(),
            }),
            residual: (self.residual == Residual::Present).then_some(residual),
            after: self.after,
            pooling: self.pooling,
            ..Block::default()
        }
    }
}

#[derive(Clone)]
struct Tensors {
    input: Tensor<4>,
    weight: Tensor<4>,
    bias: Tensor<1>,
    scale: Tensor<1>,
    shift: Tensor<1>,
    residual: Tensor<4>,
}

impl Tensors {
    fn new(case: &Case, numbers: &Numbers, device: &Device) -> Self {
        let four = |numbers: &Vec<f32>, shape: [usize; 4]| {
            Tensor::<4>::from_data(TensorData::new(numbers.clone(), shape), device)
        };
        let one = |numbers: &Vec<f32>| {
            Tensor::<1>::from_data(TensorData::new(numbers.clone(), [numbers.len()]), device)
        };
        Self {
            input: four(&numbers.input, case.input_shape()),
            weight: four(&numbers.weight, case.weight_shape()),
            bias: one(&numbers.bias),
            scale: one(&numbers.scale),
            shift: one(&numbers.shift),
            residual: four(&numbers.residual, case.middle()),
        }
    }

    fn require_gradients(self) -> Self {
        Self {
            input: self.input.require_grad(),
            weight: self.weight.require_grad(),
            bias: self.bias.require_grad(),
            scale: self.scale.require_grad(),
            shift: self.shift.require_grad(),
            residual: self.residual.require_grad(),
        }
    }
}

fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    tensor.into_data().iter::<f32>().collect()
}

/// The output by the kernels, without gradients.
pub(crate) fn output(case: &Case, numbers: &Numbers) -> Vec<f32> {
    let tensors = Tensors::new(case, numbers, &Device::flex());
    values(case.block(&tensors).apply(tensors.input).output)
}

/// The output, the statistics of the batch and all gradients, by one way of applying.
pub(crate) fn results(case: &Case, numbers: &Numbers, apply: fn(Block, Tensor<4>) -> Applied) -> Found {
    let device = Device::flex().autodiff();
    let tensors = Tensors::new(case, numbers, &device).require_gradients();
    let Applied {
        output,
        batch_statistics,
    } = apply(case.block(&tensors), tensors.input.clone());
    let upstream = Tensor::from_data(TensorData::new(numbers.upstream.clone(), case.output()), &device);
    let mut gradients = (output.clone() * upstream).sum().backward();
    let mut found = vec![("output", values(output))];
    if let Some(statistics) = batch_statistics {
        found.push(("mean", values(statistics.mean)));
        found.push(("variance", values(statistics.variance)));
    }
    macro_rules! gradients_of {
        ($($name:ident)*) => {
            $(if let Some(gradient) = tensors.$name.grad_remove(&mut gradients) {
                found.push((stringify!($name), values(gradient)));
            })*
        };
    }
    gradients_of!(input weight bias scale shift residual);
    found
}

/// All results by the kernels.
pub(crate) fn kernel_results(case: &Case) -> Found {
    results(case, &case.numbers(), Block::apply)
}

/// One of several results.
pub(crate) fn named<'a>(found: &'a Found, name: &str) -> &'a [f32] {
    found
        .iter()
        .find(|(other, _)| *other == name)
        .map_or(&[], |(_, values)| values)
}

/// Compares the kernels with Burn's own operations. Sums of many products differ by rounding, in proportion to the
/// largest.
pub(crate) fn assert_agrees(case: &Case, tolerance: f32) {
    let numbers = case.numbers();
    let (ours, stock) = (
        results(case, &numbers, Block::apply),
        results(case, &numbers, Block::apply_stock),
    );
    let names = |found: &Found| found.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    assert_eq!(names(&ours), names(&stock), "{case:?}");
    // The way back through a normalisation by few values takes large numbers from each other; by one, all of it.
    let [images, height, width, _] = case.middle();
    let is_of_few = case.norm == Norm::Batch && images * height * width < FEW_VALUES;
    let tolerance = if is_of_few { 10.0 * tolerance } else { tolerance };
    for ((name, ours), (_, stock)) in ours.iter().zip(&stock) {
        assert_close(ours, stock, tolerance, &format!("{name} of {case:?}"));
    }
}

const FEW_VALUES: usize = 16;

/// Compares numbers, relative to the largest, or to 1.
///
/// Differences are asked to be small, not asked not to be large: what is no number fails.
pub(crate) fn assert_close(found: &[f32], expected: &[f32], tolerance: f32, what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let largest = expected
        .iter()
        .fold(1f32, |largest, value| largest.max(value.abs()));
    for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
        let difference = (found - expected).abs() / largest;
        assert!(
            difference <= tolerance,
            "[{index}]: {found}, not {expected}, in {what}"
        );
    }
}
