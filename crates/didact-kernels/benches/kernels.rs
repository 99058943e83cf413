//! Convolutions of the built-in networks, and the narrowest linear layer that `bf16` by vectors takes, 32 images, in each direction, in `f32` and `bf16`.
//!
//! `cargo bench -p didact-kernels` prints the time of each, and multiply-adds a second as elements. A gradient is timed
//! with what the automatic differentiation does around it. `didact bench kernels` has all layers, and shares of the peak.

use std::hint::black_box;

use burn::tensor::{Device, Tensor, TensorData};
use criterion::{
    BatchSize, BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime,
};
use didact_kernels::{Block, Convolution, Precision};

const IMAGES: usize = 32;

/// A square convolution.
#[derive(Clone, Copy)]
struct Layer {
    side: usize,
    channels: [usize; 2],
    kernel: usize,
    stride: usize,
    padding: usize,
}

const LAYERS: [Layer; 8] = [
    Layer {
        side: 32,
        channels: [3, 32],
        kernel: 3,
        stride: 1,
        padding: 1,
    },
    Layer {
        side: 32,
        channels: [32, 32],
        kernel: 3,
        stride: 1,
        padding: 1,
    },
    Layer {
        side: 8,
        channels: [128, 128],
        kernel: 3,
        stride: 1,
        padding: 1,
    },
    Layer {
        side: 32,
        channels: [16, 32],
        kernel: 3,
        stride: 2,
        padding: 1,
    },
    Layer {
        side: 16,
        channels: [32, 64],
        kernel: 1,
        stride: 2,
        padding: 0,
    },
    Layer {
        side: 1,
        channels: [2048, 256],
        kernel: 1,
        stride: 1,
        padding: 0,
    },
    Layer {
        side: 13,
        channels: [128, 128],
        kernel: 1,
        stride: 1,
        padding: 0,
    },
    Layer {
        side: 13,
        channels: [64, 64],
        kernel: 1,
        stride: 1,
        padding: 0,
    },
];

/// Whose gradient is computed.
#[derive(Clone, Copy)]
enum Direction {
    DataGradient,
    WeightGradient,
}

impl Layer {
    fn name(&self) -> String {
        let [inputs, outputs] = self.channels;
        let Self {
            side, kernel, stride, ..
        } = self;
        format!("{inputs} to {outputs}, {kernel}x{kernel}, stride {stride}, on {side}x{side}")
    }

    fn multiply_adds(&self) -> u64 {
        let side = (self.side + 2 * self.padding - self.kernel) / self.stride + 1;
        let [inputs, outputs] = self.channels;
        (IMAGES * side * side * inputs * outputs * self.kernel * self.kernel) as u64
    }

    /// The output, ready for the gradient that is asked for.
    fn recorded_output(&self, direction: Direction, precision: Precision) -> Tensor<4> {
        let [inputs, outputs] = self.channels;
        let input = numbers([IMAGES, self.side, self.side, inputs]);
        let weight = numbers([outputs, inputs, self.kernel, self.kernel]);
        let (input, weight) = match direction {
            Direction::DataGradient => (input.autodiff().require_grad(), weight.autodiff()),
            Direction::WeightGradient => (input.autodiff(), weight.autodiff().require_grad()),
        };
        self.block(weight, precision).apply(input).output
    }

    fn block(&self, weight: Tensor<4>, precision: Precision) -> Block {
        let &Self { stride, padding, .. } = self;
        Block {
            convolution: Some(Convolution {
                weight,
                bias: None,
                stride,
                padding,
                precision,
            }),
            ..Block::default()
        }
    }
}

fn numbers<const D: usize>(shape: [usize; D]) -> Tensor<D> {
    let count: usize = shape.iter().product();
    let numbers: Vec<f32> = (0..count)
        .map(|place| (place * 7919 % 251) as f32 / 125.0 - 1.0)
        .collect();
    Tensor::from_data(TensorData::new(numbers, shape), &Device::flex())
}

fn forward(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, layer: Layer, precision: Precision) {
    let [inputs, outputs] = layer.channels;
    let input = numbers([IMAGES, layer.side, layer.side, inputs]);
    let weight = numbers([outputs, inputs, layer.kernel, layer.kernel]);
    group.bench_function(format!("{name}/forward"), |bencher| {
        bencher.iter(|| black_box(layer.block(weight.clone(), precision).apply(input.clone())));
    });
}

fn gradient(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, layer: Layer, how: (Direction, Precision)) {
    let (direction, precision) = how;
    let place = match direction {
        Direction::DataGradient => "data gradient",
        Direction::WeightGradient => "weight gradient",
    };
    group.bench_function(format!("{name}/{place}"), |bencher| {
        let output = || layer.recorded_output(direction, precision);
        bencher.iter_batched(output, |output| output.backward(), BatchSize::PerIteration);
    });
}

fn kernels(criterion: &mut Criterion) {
    for precision in [Precision::F32, Precision::Bf16] {
        let mut group = criterion.benchmark_group(format!("{precision:?}"));
        for layer in LAYERS {
            let name = layer.name();
            group.throughput(Throughput::Elements(layer.multiply_adds()));
            forward(&mut group, &name, layer, precision);
            for direction in [Direction::DataGradient, Direction::WeightGradient] {
                gradient(&mut group, &name, layer, (direction, precision));
            }
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = kernels
}
criterion_main!(benches);
