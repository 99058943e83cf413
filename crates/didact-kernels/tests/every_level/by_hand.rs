//! Tiny blocks with answers worked out by hand.

use didact_kernels::{Activation, Block, Pooling};

use super::case::{Case, Found, Norm, Numbers, Part, Residual, assert_close, named, results};
use super::level::at_level;

fn found(case: &Case, numbers: &Numbers) -> Found {
    results(case, numbers, Block::apply)
}

/// One image of two by so many pixels, of one channel, without a convolution.
fn pixels(width: usize) -> Case {
    Case {
        side: [2, width],
        part: Part::Nothing,
        ..Case::PLAIN
    }
}

#[test]
fn a_convolution_of_nine_pixels_by_four_weights() {
    at_level(|| {
        let case = Case {
            side: [3, 3],
            kernel: [2, 2],
            padding: 0,
            ..Case::PLAIN
        };
        let numbers = Numbers {
            input: (1u8..10).map(f32::from).collect(),
            weight: vec![1.0, 2.0, 3.0, 4.0],
            bias: vec![0.5],
            upstream: vec![1.0, 10.0, 100.0, 1000.0],
            ..case.numbers()
        };
        let found = found(&case, &numbers);
        assert_eq!(named(&found, "output"), [37.5, 47.5, 67.5, 77.5]);
        assert_eq!(named(&found, "bias"), [1111.0]);
        assert_eq!(named(&found, "weight"), [5421.0, 6532.0, 8754.0, 9865.0]);
        let expected = [1.0, 12.0, 20.0, 103.0, 1234.0, 2040.0, 300.0, 3400.0, 4000.0];
        assert_eq!(named(&found, "input"), expected);
    });
}

#[test]
fn the_first_of_equal_pixels_gets_the_gradient_of_a_maximum() {
    at_level(|| {
        let max = Some(Pooling::Max { size: 2, stride: 2 });
        let case = Case {
            pooling: max,
            ..pixels(7)
        };
        // Windows: all equal; the second and third equal; the largest last; the last column is dropped.
        let numbers = Numbers {
            input: vec![
                5.0, 5.0, 1.0, 3.0, -4.0, -3.0, 9.0, 5.0, 5.0, 3.0, 2.0, -2.0, -1.0, 9.0,
            ],
            upstream: vec![7.0, 8.0, 9.0],
            ..case.numbers()
        };
        let found = found(&case, &numbers);
        assert_eq!(named(&found, "output"), [5.0, 3.0, -1.0]);
        let expected = [
            7.0, 0.0, 0.0, 8.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 9.0, 0.0,
        ];
        assert_eq!(named(&found, "input"), expected);
    });
}

#[test]
fn a_maximum_of_what_relu_made_zero_has_no_gradient() {
    at_level(|| {
        let case = Case {
            after: Activation::Relu,
            pooling: Some(Pooling::Max { size: 2, stride: 2 }),
            ..pixels(4)
        };
        let numbers = Numbers {
            input: vec![-1.0, -2.0, -1.0, 2.0, -3.0, 0.0, 1.0, 2.0],
            upstream: vec![7.0, 8.0],
            ..case.numbers()
        };
        let found = found(&case, &numbers);
        assert_eq!(named(&found, "output"), [0.0, 2.0]);
        assert_eq!(named(&found, "input"), [0.0, 0.0, 0.0, 8.0, 0.0, 0.0, 0.0, 0.0]);
    });
}

#[test]
fn an_average_is_shared_among_its_pixels() {
    at_level(|| {
        let case = Case {
            pooling: Some(Pooling::Average { size: 2, stride: 2 }),
            ..pixels(3)
        };
        let input = vec![1.0, 2.0, 50.0, 3.0, 6.0, 50.0];
        let numbers = Numbers {
            input: input.clone(),
            upstream: vec![8.0],
            ..case.numbers()
        };
        let windows = found(&case, &numbers);
        assert_eq!(named(&windows, "output"), [3.0]);
        assert_eq!(named(&windows, "input"), [2.0, 2.0, 0.0, 2.0, 2.0, 0.0]);

        let case = Case {
            side: [2, 4],
            pooling: Some(Pooling::GlobalAverage),
            ..case
        };
        let input = vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
        let whole = found(
            &case,
            &Numbers {
                input,
                upstream: vec![8.0],
                ..case.numbers()
            },
        );
        assert_eq!(named(&whole, "output"), [4.5]);
        assert_eq!(named(&whole, "input"), [1.0; 8]);
    });
}

#[test]
fn a_batch_is_normalised_by_its_mean_and_variance() {
    at_level(|| {
        let case = Case {
            images: 2,
            side: [1, 2],
            channels: [2, 2],
            norm: Norm::Batch,
            ..pixels(1)
        };
        let numbers = Numbers {
            input: vec![1.0, 0.25, 2.0, 0.25, 3.0, 0.25, 4.0, 0.25],
            scale: vec![2.0, 3.0],
            shift: vec![1.0, -1.0],
            upstream: vec![1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0],
            ..case.numbers()
        };
        let found = found(&case, &numbers);
        assert_eq!(named(&found, "mean"), [2.5, 0.25]);
        assert_eq!(named(&found, "variance"), [1.25, 0.0]);
        // 1 / sqrt(1.25 + 0.001)
        let unit = 0.894_069_6;
        let output = [-1.5, -0.5, 0.5, 1.5].map(|deviation| 2.0 * unit * deviation + 1.0);
        let expected = [output[0], -1.0, output[1], -1.0, output[2], -1.0, output[3], -1.0];
        // As one map a channel, `scale * x + shift`, it rounds in proportion to the mean over the deviation.
        assert_close(named(&found, "output"), &expected, 2e-6, "the output");
        assert_close(
            named(&found, "scale"),
            &[-1.5 * unit, 0.0],
            1e-6,
            "the gradient of the scale",
        );
        assert_close(
            named(&found, "shift"),
            &[1.0, 2.0],
            1e-6,
            "the gradient of the shift",
        );
        // factor (g - mean g - d mean(g d) / (variance + epsilon)), with d the deviation and mean(g d) = -0.375.
        let first = [-1.5f32, -0.5, 0.5, 1.5].map(|deviation| {
            let gradient = if deviation < -1.0 { 1.0 } else { 0.0 };
            2.0 * unit * (gradient - 0.25 + deviation * 0.375 * unit * unit)
        });
        // Without variance: 3 / sqrt(0.001) times the gradient's deviation from its mean.
        let second = [0.5, -0.5, -0.5, 0.5].map(|gradient: f32| gradient * 3.0 / 0.001f32.sqrt());
        let expected: Vec<f32> = first.into_iter().zip(second).flat_map(|(a, b)| [a, b]).collect();
        assert_close(
            named(&found, "input"),
            &expected,
            1e-6,
            "the gradient of the input",
        );
    });
}

#[test]
fn a_residual_is_added_and_gets_the_gradient_of_the_sum() {
    at_level(|| {
        let case = Case {
            residual: Residual::Present,
            after: Activation::Relu,
            ..pixels(2)
        };
        let numbers = Numbers {
            input: vec![1.0, -2.0, 3.0, -4.0],
            residual: vec![0.5, 1.0, -5.0, 4.0],
            upstream: vec![1.0, 2.0, 3.0, 4.0],
            ..case.numbers()
        };
        let found = found(&case, &numbers);
        assert_eq!(named(&found, "output"), [1.5, 0.0, 0.0, 0.0]);
        assert_eq!(named(&found, "input"), [1.0, 0.0, 0.0, 0.0]);
        assert_eq!(named(&found, "residual"), [1.0, 0.0, 0.0, 0.0]);
    });
}

#[test]
fn activations_have_the_values_that_tables_give() {
    at_level(|| {
        let case = Case {
            side: [1, 5],
            part: Part::Nothing,
            ..Case::PLAIN
        };
        let numbers = Numbers {
            input: vec![-1.0, 0.0, 1.0, 3.0, -10.0],
            upstream: vec![1.0; 5],
            ..case.numbers()
        };
        let of = |after: Activation| found(&Case { after, ..case }, &numbers);
        let silu = [-0.268_941_42, 0.0, 0.731_058_6, 2.857_722_4, -4.539_787e-4];
        assert_close(named(&of(Activation::Silu), "output"), &silu, 1e-7, "SiLU");
        let gelu = [-0.158_655_25, 0.0, 0.841_344_8, 2.995_950_3, 0.0];
        assert_close(named(&of(Activation::Gelu), "output"), &gelu, 1e-6, "GELU");
        // At 0 the slope is a half of each.
        assert_close(
            &named(&of(Activation::Silu), "input")[1..2],
            &[0.5],
            1e-7,
            "the slope of SiLU",
        );
        assert_close(
            &named(&of(Activation::Gelu), "input")[1..2],
            &[0.5],
            1e-7,
            "the slope of GELU",
        );
    });
}
