//! `bf16` by its distance from `f32`.

use didact_kernels::{InstructionSet, Precision};

use super::case::{Case, kernel_results};
use super::level::at_level;

/// Sizes with odd numbers of tiles, one image, several blocks.
const CASES: [Case; 4] = [
    Case {
        images: 4,
        side: [8, 8],
        channels: [32, 64],
        ..Case::PLAIN
    },
    Case {
        images: 1,
        side: [5, 5],
        channels: [64, 48],
        ..Case::PLAIN
    },
    Case {
        images: 3,
        side: [7, 9],
        channels: [48, 48],
        padding: 0,
        ..Case::PLAIN
    },
    Case {
        images: 20,
        side: [9, 9],
        channels: [64, 64],
        padding: 2,
        ..Case::PLAIN
    },
];

#[test]
fn bf16_is_used_and_stays_within_two_hundredths_of_f32() {
    at_level(|| {
        for case in CASES {
            assert_near_and_rounded(&case, true);
        }
    });
}

#[test]
fn narrow_convolutions_are_rounded_by_a_matrix_unit_alone_whatever_the_number_of_images() {
    at_level(|| {
        let has_unit = InstructionSet::in_use().to_string().ends_with("AMX");
        for images in [1, 4, 40] {
            let case = Case {
                images,
                side: [16, 16],
                channels: [48, 32],
                ..Case::PLAIN
            };
            let exact = kernel_results(&case);
            let rounded = kernel_results(&Case {
                precision: Precision::Bf16,
                ..case
            });
            assert_eq!(exact != rounded, has_unit, "{images} images");
        }
    });
}

#[test]
fn linear_layers_are_rounded_by_what_multiplies_bf16_and_stay_within_two_hundredths_of_f32() {
    at_level(|| {
        let set = InstructionSet::in_use().to_string();
        let (by_vectors, by_unit) = (set.ends_with("BF16"), set.ends_with("AMX"));
        for (channels, is_rounded) in [
            ([64, 96], by_vectors || by_unit),
            ([80, 96], by_vectors),
            ([63, 65], false),
            ([64, 10], false),
        ] {
            let case = Case {
                images: 70,
                side: [1, 9],
                channels,
                kernel: [1, 1],
                padding: 0,
                ..Case::PLAIN
            };
            assert_near_and_rounded(&case, is_rounded);
        }
    });
}

/// In `bf16` every result is near that in `f32`, and another if it `is_rounded`.
fn assert_near_and_rounded(case: &Case, is_rounded: bool) {
    let exact = kernel_results(case);
    let rounded = kernel_results(&Case {
        precision: Precision::Bf16,
        ..*case
    });
    for ((name, exact), (_, rounded)) in exact.iter().zip(&rounded) {
        let distance = relative_distance(rounded, exact);
        assert!(distance < 0.02, "{name} of {case:?}: {distance}");
        // The sums of the upstream gradient are never rounded.
        let is_rounded = is_rounded && *name != "bias";
        assert_eq!(distance > 1e-5, is_rounded, "{name} of {case:?}: {distance}");
    }
}

/// The norm of the difference over that of the second.
fn relative_distance(found: &[f32], expected: &[f32]) -> f64 {
    assert_eq!(found.len(), expected.len());
    let square = |number: f64| number * number;
    let pairs = found.iter().zip(expected);
    let difference: f64 = pairs
        .map(|(&found, &expected)| square(f64::from(found) - f64::from(expected)))
        .sum();
    let whole: f64 = expected.iter().map(|&number| square(f64::from(number))).sum();
    (difference / whole).sqrt()
}
