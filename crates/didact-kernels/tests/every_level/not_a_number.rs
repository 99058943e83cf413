//! What is no number stays none: training that fails must not look as if it went on.

use didact_kernels::{Activation, Pooling, Precision};

use super::case::{Case, Norm, Numbers, Part, Residual, kernel_results, named, output};
use super::level::at_level;

const ACTIVATIONS: [Activation; 4] = [
    Activation::Identity,
    Activation::Relu,
    Activation::Silu,
    Activation::Gelu,
];

/// The output with one number of the input replaced: the first channel of the middle pixel of the first image.
fn with_middle_pixel(case: &Case, number: f32) -> Vec<f32> {
    let mut numbers = case.numbers();
    let place = (case.side[0] / 2 * case.side[1] + case.side[1] / 2) * case.channels[0];
    numbers.input[place] = number;
    output(case, &numbers)
}

fn count_of_nan(numbers: &[f32]) -> usize {
    numbers.iter().filter(|number| number.is_nan()).count()
}

#[test]
fn every_output_of_a_convolution_that_sees_it_is_none() {
    at_level(|| {
        for (images, channels, precision) in [
            (2, [3, 5], Precision::F32),
            (2, [16, 32], Precision::F32),
            (2, [16, 32], Precision::Bf16),
            (2, [32, 32], Precision::Bf16),
            (60, [16, 32], Precision::F32),
        ] {
            for after in ACTIVATIONS {
                let case = Case {
                    images,
                    side: [9, 9],
                    channels,
                    precision,
                    after,
                    ..Case::PLAIN
                };
                let found = with_middle_pixel(&case, f32::NAN);
                let (first, others) = found.split_at(found.len() / images);
                for pixel in 0..81 {
                    let is_seen = (3..=5).contains(&(pixel / 9)) && (3..=5).contains(&(pixel % 9));
                    let outputs = &first[pixel * channels[1]..][..channels[1]];
                    assert!(
                        !is_seen || count_of_nan(outputs) == channels[1],
                        "pixel {pixel} of {case:?}"
                    );
                }
                assert_eq!(count_of_nan(others), 0, "other images, in {case:?}");
            }
        }
    });
}

#[test]
fn a_linear_layer_spreads_it_along_its_row_or_its_column_alone() {
    at_level(|| {
        for (precision, number) in [
            (Precision::F32, f32::NAN),
            (Precision::Bf16, f32::NAN),
            (Precision::Bf16, f32::INFINITY),
        ] {
            // In each direction half a cell and a panel that is not full are filled up with zeros, which must meet nothing.
            let case = Case {
                images: 21,
                side: [1, 1],
                channels: [67, 65],
                kernel: [1, 1],
                padding: 0,
                precision,
                ..Case::PLAIN
            };
            let is_finite = |numbers: &Numbers| -> Vec<bool> {
                output(&case, numbers)
                    .iter()
                    .map(|number| number.is_finite())
                    .collect()
            };
            let mut numbers = case.numbers();
            numbers.input[7 * 67 + 66] = number;
            let expected: Vec<bool> = (0..21 * 65).map(|place| place / 65 != 7).collect();
            assert_eq!(is_finite(&numbers), expected, "a row, {case:?}");
            let mut numbers = case.numbers();
            numbers.weight[64 * 67 + 66] = number;
            let expected: Vec<bool> = (0..21 * 65).map(|place| place % 65 != 64).collect();
            assert_eq!(is_finite(&numbers), expected, "a column, {case:?}");
            let mut numbers = case.numbers();
            numbers.upstream[20 * 65 + 64] = number;
            let found = super::case::results(&case, &numbers, didact_kernels::Block::apply);
            for (name, len, is_spoilt) in [
                ("input", 21 * 67, (|place| place / 67 == 20) as fn(usize) -> bool),
                ("weight", 65 * 67, |place| place / 67 == 64),
            ] {
                let finite: Vec<bool> = named(&found, name)
                    .iter()
                    .map(|number| number.is_finite())
                    .collect();
                let expected: Vec<bool> = (0..len).map(|place| !is_spoilt(place)).collect();
                assert_eq!(finite, expected, "the gradient of {name}, {case:?}");
            }
        }
    });
}

#[test]
fn activations_leave_it_alone_and_spare_its_neighbours() {
    at_level(|| {
        for before in ACTIVATIONS {
            for after in ACTIVATIONS {
                let case = Case {
                    side: [3, 3],
                    channels: [5, 5],
                    part: Part::Nothing,
                    before,
                    after,
                    ..Case::PLAIN
                };
                let found = with_middle_pixel(&case, f32::NAN);
                let expected: Vec<bool> = (0..45).map(|place| place == 20).collect();
                let is_nan: Vec<bool> = found.iter().map(|number| number.is_nan()).collect();
                assert_eq!(is_nan, expected, "{before:?}, {after:?}");
            }
        }
    });
}

#[test]
fn a_normalised_channel_is_none_throughout_with_its_statistics() {
    at_level(|| {
        for (before, after) in ACTIVATIONS.into_iter().zip(ACTIVATIONS) {
            let case = Case {
                side: [3, 3],
                channels: [3, 3],
                part: Part::Nothing,
                norm: Norm::Batch,
                residual: Residual::Present,
                before,
                after,
                ..Case::PLAIN
            };
            let found = with_middle_pixel(&case, f32::NAN);
            assert!(
                found
                    .iter()
                    .enumerate()
                    .all(|(place, number)| number.is_nan() == (place % 3 == 0))
            );
            let running = with_middle_pixel(
                &Case {
                    norm: Norm::Running,
                    ..case
                },
                f32::NAN,
            );
            assert!(running[12].is_nan() && count_of_nan(&running) == 1);
        }
    });
}

#[test]
fn the_statistics_of_a_batch_with_it_are_none() {
    at_level(|| {
        let case = Case {
            side: [2, 2],
            channels: [2, 2],
            part: Part::Nothing,
            norm: Norm::Batch,
            ..Case::PLAIN
        };
        for place in [0, 6] {
            let mut numbers = case.numbers();
            numbers.input[place] = f32::NAN;
            let found = super::case::results(&case, &numbers, didact_kernels::Block::apply);
            assert!(named(&found, "mean")[0].is_nan(), "the mean, at {place}");
            assert!(named(&found, "variance")[0].is_nan(), "the variance, at {place}");
            assert!(named(&found, "variance")[1].is_finite());
        }
    });
}

#[test]
fn a_pooled_window_that_holds_it_is_none() {
    at_level(|| {
        let poolings = [
            Pooling::Max { size: 2, stride: 2 },
            Pooling::Max { size: 3, stride: 3 },
            Pooling::Average { size: 2, stride: 2 },
            Pooling::GlobalAverage,
        ];
        for pooling in poolings {
            for after in ACTIVATIONS {
                let case = Case {
                    side: [4, 4],
                    part: Part::Nothing,
                    after,
                    pooling: Some(pooling),
                    ..Case::PLAIN
                };
                for place in 0..9 {
                    // Within the 3x3 pixels that all these windows cover.
                    let mut numbers = case.numbers();
                    numbers.input[place / 3 * 4 + place % 3] = f32::NAN;
                    let found = output(&case, &numbers);
                    assert_eq!(count_of_nan(&found), 1, "{pooling:?} at {place}: {found:?}");
                }
            }
        }
    });
}

#[test]
fn a_gradient_that_is_none_reaches_input_weights_and_bias() {
    at_level(|| {
        let cases = [[3, 5], [16, 16]]
            .map(|channels| [Activation::Silu, Activation::Identity].map(|after| (channels, after)));
        for (channels, after) in cases.into_iter().flatten() {
            let case = Case {
                side: [4, 4],
                channels,
                after,
                ..Case::PLAIN
            };
            let numbers = Numbers {
                upstream: vec![f32::NAN; case.numbers().upstream.len()],
                ..case.numbers()
            };
            let found = super::case::results(&case, &numbers, didact_kernels::Block::apply);
            for name in ["input", "weight", "bias"] {
                let gradient = named(&found, name);
                assert!(
                    !gradient.is_empty() && count_of_nan(gradient) == gradient.len(),
                    "{name}"
                );
            }
        }
    });
}

#[test]
fn infinite_numbers_stay_so_through_relu_and_maxima() {
    at_level(|| {
        let case = Case {
            side: [2, 2],
            part: Part::Nothing,
            after: Activation::Relu,
            pooling: Some(Pooling::Max { size: 2, stride: 2 }),
            ..Case::PLAIN
        };
        assert_eq!(with_middle_pixel(&case, f32::INFINITY), [f32::INFINITY]);
        assert!(with_middle_pixel(&case, f32::NEG_INFINITY)[0].is_finite());
        assert!(named(&kernel_results(&case), "output")[0].is_finite());
    });
}
