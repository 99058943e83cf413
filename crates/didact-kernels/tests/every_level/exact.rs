//! Convolutions of small whole numbers, which no algorithm and no precision here rounds, against plain loops.
//!
//! Weights are multiples of 4, so that the halvings of Winograd's transforms leave whole numbers, below 256 for `bf16`.
//! There are few tiles, so that they are of 2x2 outputs; larger ones do round.

use didact_kernels::{Block, Precision};

use super::case::{Case, Numbers, Part, named, random_numbers, results};
use super::level::at_level;

const CASES: [Case; 13] = [
    Case {
        images: 3,
        side: [5, 7],
        channels: [16, 48],
        ..Case::PLAIN
    },
    Case {
        images: 2,
        side: [6, 4],
        channels: [32, 32],
        padding: 0,
        ..Case::PLAIN
    },
    Case {
        images: 1,
        side: [1, 1],
        channels: [16, 16],
        padding: 2,
        ..Case::PLAIN
    },
    Case {
        images: 2,
        side: [7, 6],
        channels: [5, 19],
        stride: 2,
        ..Case::PLAIN
    },
    Case {
        images: 2,
        side: [5, 8],
        channels: [3, 34],
        kernel: [2, 4],
        stride: 3,
        padding: 4,
        ..Case::PLAIN
    },
    Case {
        images: 21,
        side: [1, 1],
        channels: [37, 50],
        kernel: [1, 1],
        padding: 0,
        ..Case::PLAIN
    },
    // Several groups of columns; more rows than are summed over at once, and then by one thread.
    Case {
        images: 1030,
        side: [1, 1],
        channels: [70, 130],
        kernel: [1, 1],
        padding: 0,
        ..Case::PLAIN
    },
    Case {
        images: 8750,
        side: [1, 1],
        channels: [70, 64],
        kernel: [1, 1],
        padding: 0,
        ..Case::PLAIN
    },
    // What a unit for matrices takes: several blocks of pixels and less than one, rows in parts.
    Case {
        images: 2,
        side: [9, 33],
        channels: [32, 64],
        ..Case::PLAIN
    },
    Case {
        images: 3,
        side: [4, 5],
        channels: [64, 32],
        kernel: [2, 3],
        ..Case::PLAIN
    },
    Case {
        images: 1,
        side: [7, 3],
        channels: [32, 32],
        kernel: [5, 2],
        padding: 0,
        ..Case::PLAIN
    },
    Case {
        images: 3,
        side: [13, 14],
        channels: [32, 96],
        kernel: [1, 1],
        padding: 0,
        ..Case::PLAIN
    },
    Case {
        images: 5,
        side: [1, 1],
        channels: [96, 32],
        kernel: [1, 1],
        padding: 0,
        ..Case::PLAIN
    },
];

fn whole_numbers(case: &Case) -> Numbers {
    let whole = |seed: u64, like: &[f32], largest: f32, unit: f32| -> Vec<f32> {
        random_numbers(seed, like.len())
            .iter()
            .map(|number| unit * (largest * number).round())
            .collect()
    };
    let numbers = case.numbers();
    Numbers {
        input: whole(11, &numbers.input, 3.0, 1.0),
        weight: whole(12, &numbers.weight, 2.0, 4.0),
        bias: whole(13, &numbers.bias, 50.0, 1.0),
        upstream: whole(14, &numbers.upstream, 3.0, 1.0),
        ..numbers
    }
}

/// A convolution and its gradients by the definition.
struct Loops {
    output: Vec<f64>,
    input: Vec<f64>,
    weight: Vec<f64>,
    bias: Vec<f64>,
}

impl Loops {
    fn of(case: &Case, numbers: &Numbers) -> Self {
        let [_, _, width, outputs] = case.middle();
        let mut found = Self {
            output: vec![0.0; numbers.upstream.len()],
            input: vec![0.0; numbers.input.len()],
            weight: vec![0.0; numbers.weight.len()],
            bias: vec![0.0; outputs],
        };
        for place in 0..found.output.len() {
            let (pixel, output) = (place / outputs, place % outputs);
            found.output[place] = f64::from(numbers.bias[output]);
            found.bias[output] += f64::from(numbers.upstream[place]);
            found.add_window(case, numbers, place, [pixel / width, pixel % width, output]);
        }
        found
    }

    /// All products of one number of the output, whose row counts on from image to image.
    fn add_window(
        &mut self,
        case: &Case,
        numbers: &Numbers,
        place: usize,
        [row, column, output]: [usize; 3],
    ) {
        let Case {
            side: [height, width],
            channels: [inputs, _],
            kernel: [down, across],
            stride,
            padding,
            ..
        } = *case;
        let rows = case.middle()[1];
        for tap in 0..down * across {
            let y = (row % rows * stride + tap / across).wrapping_sub(padding);
            let x = (column * stride + tap % across).wrapping_sub(padding);
            if y >= height || x >= width {
                continue;
            }
            for input in 0..inputs {
                let from = ((row / rows * height + y) * width + x) * inputs + input;
                let by = (output * inputs + input) * down * across + tap;
                self.output[place] += f64::from(numbers.input[from]) * f64::from(numbers.weight[by]);
                self.input[from] += f64::from(numbers.upstream[place]) * f64::from(numbers.weight[by]);
                self.weight[by] += f64::from(numbers.upstream[place]) * f64::from(numbers.input[from]);
            }
        }
    }
}

fn assert_exact(precision: Precision) {
    for case in CASES {
        let case = Case {
            precision,
            part: Part::ConvolutionWithBias,
            ..case
        };
        let numbers = whole_numbers(&case);
        let found = results(&case, &numbers, Block::apply);
        let loops = Loops::of(&case, &numbers);
        let expected = [
            ("output", loops.output),
            ("input", loops.input),
            ("weight", loops.weight),
            ("bias", loops.bias),
        ];
        for (name, expected) in expected {
            let found: Vec<f64> = named(&found, name)
                .iter()
                .map(|&number| f64::from(number))
                .collect();
            assert_eq!(found, expected, "{name} of {case:?}");
        }
    }
}

#[test]
fn whole_numbers_are_convolved_exactly() {
    at_level(|| assert_exact(Precision::F32));
}

#[test]
fn numbers_that_bf16_holds_are_convolved_exactly_in_bf16() {
    at_level(|| assert_exact(Precision::Bf16));
}
