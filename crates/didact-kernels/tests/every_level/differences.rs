//! Gradients against central differences of the output, weighted and summed in `f64`.

use didact_kernels::{Activation, Block, Pooling};

use super::case::{Case, Found, Norm, Numbers, Part, Residual, named, output, results};
use super::level::at_level;

/// Blocks without corners: what has a slope everywhere.
const CASES: [Case; 7] = [
    Case {
        images: 2,
        side: [4, 3],
        channels: [2, 3],
        ..Case::PLAIN
    },
    Case {
        side: [5, 6],
        channels: [3, 2],
        kernel: [2, 3],
        stride: 2,
        padding: 2,
        after: Activation::Silu,
        ..Case::PLAIN
    },
    Case {
        side: [7, 5],
        stride: 3,
        padding: 4,
        before: Activation::Gelu,
        ..Case::PLAIN
    },
    Case {
        images: 3,
        side: [3, 4],
        channels: [1, 2],
        norm: Norm::Batch,
        residual: Residual::Present,
        after: Activation::Silu,
        ..Case::PLAIN
    },
    Case {
        images: 2,
        side: [4, 5],
        channels: [2, 3],
        part: Part::Nothing,
        before: Activation::Silu,
        norm: Norm::Batch,
        pooling: Some(Pooling::Average { size: 2, stride: 2 }),
        ..Case::PLAIN
    },
    Case {
        side: [3, 3],
        channels: [2, 2],
        part: Part::Convolution,
        norm: Norm::Running,
        after: Activation::Gelu,
        pooling: Some(Pooling::GlobalAverage),
        ..Case::PLAIN
    },
    Case {
        side: [2, 3],
        channels: [16, 16],
        after: Activation::Gelu,
        ..Case::PLAIN
    },
];

/// Small beside the numbers, large beside their rounding.
const STEP: f32 = 1.0 / 64.0;

#[test]
fn gradients_are_the_slopes_of_the_output() {
    at_level(|| {
        for case in CASES {
            let numbers = case.numbers();
            let found = results(&case, &numbers, Block::apply);
            for name in ["input", "weight", "bias", "scale", "shift", "residual"] {
                assert_slopes(&case, &numbers, name, &found);
            }
        }
    });
}

fn assert_slopes(case: &Case, numbers: &Numbers, name: &str, found: &Found) {
    let gradient = named(found, name);
    let largest = gradient
        .iter()
        .fold(1f64, |largest, &number| largest.max(f64::from(number).abs()));
    // Of many weights, some.
    for index in (0..gradient.len()).step_by(gradient.len() / 100 + 1) {
        let slope = slope(case, numbers, |numbers| &mut part(numbers, name)[index]);
        let difference = (f64::from(gradient[index]) - slope).abs() / largest;
        assert!(
            difference < 2e-3,
            "{name}[{index}] is {}, not {slope}, in {case:?}",
            gradient[index]
        );
    }
}

fn part<'a>(numbers: &'a mut Numbers, name: &str) -> &'a mut Vec<f32> {
    match name {
        "input" => &mut numbers.input,
        "weight" => &mut numbers.weight,
        "bias" => &mut numbers.bias,
        "scale" => &mut numbers.scale,
        "shift" => &mut numbers.shift,
        _ => &mut numbers.residual,
    }
}

fn slope(case: &Case, numbers: &Numbers, number: impl Fn(&mut Numbers) -> &mut f32) -> f64 {
    let loss = |step: f32| {
        let mut moved = numbers.clone();
        *number(&mut moved) += step;
        let at = f64::from(*number(&mut moved));
        let products = output(case, &moved).into_iter().zip(&numbers.upstream);
        (
            at,
            products
                .map(|(output, &upstream)| f64::from(output) * f64::from(upstream))
                .sum::<f64>(),
        )
    };
    let ((above, after), (below, before)) = (loss(STEP), loss(-STEP));
    (after - before) / (above - below)
}
