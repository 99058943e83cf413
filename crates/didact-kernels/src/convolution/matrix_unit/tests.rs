//! The unit against the definition, on numbers that were rounded before.

use super::*;
use crate::bf16::tests::set;
use crate::block::Precision;
use crate::convolution::{self, direct};

/// Images, sides, channels, kernels and paddings.
const SHAPES: [Shape; 13] = [
    shape(3, [9, 33], [32, 64], [3, 3], 1),
    shape(2, [5, 4], [64, 32], [3, 3], 2),
    shape(1, [7, 3], [32, 32], [5, 2], 0),
    shape(2, [4, 6], [96, 32], [2, 3], 1),
    shape(3, [13, 14], [32, 96], [1, 1], 0),
    shape(1000, [1, 1], [128, 64], [1, 1], 0),
    // Sums over pixels: several pieces of two lines each, of which the last is shorter; an image a line.
    shape(70, [16, 16], [32, 64], [3, 3], 1),
    shape(19, [33, 32], [32, 32], [3, 3], 1),
    // Half a tile of channels: rows of a kernel end within a tile, and columns within a block.
    shape(5, [32, 32], [16, 16], [3, 3], 1),
    shape(3, [6, 7], [16, 48], [3, 3], 2),
    shape(2, [9, 5], [80, 16], [2, 3], 1),
    shape(2, [4, 3], [48, 80], [1, 2], 0),
    // A row of the kernel is longer than one of the image.
    shape(2, [3, 1], [16, 16], [3, 3], 1),
];

const fn shape(
    images: usize,
    [height, width]: [usize; 2],
    [inputs, outputs]: [usize; 2],
    kernel: [usize; 2],
    padding: usize,
) -> Shape {
    Shape {
        images,
        height,
        width,
        inputs,
        outputs,
        kernel,
        stride: 1,
        padding,
    }
}

/// In `[-1, 1)`.
fn numbers(count: usize, seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9e37_79b9) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state >> 8) as f32 / (1u32 << 23) as f32 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

/// To the nearest `bf16`, half to even.
fn rounded(numbers: &[f32]) -> Vec<f32> {
    let round = |number: &f32| {
        let bits = number.to_bits();
        f32::from_bits((bits + 0x7fff + (bits >> 16 & 1)) & 0xffff_0000)
    };
    numbers.iter().map(round).collect()
}

/// The largest difference over the largest number.
fn distance(found: &[f32], expected: &[f32]) -> f32 {
    assert_eq!(found.len(), expected.len());
    let largest = |numbers: &mut dyn Iterator<Item = f32>| {
        numbers.fold(0.0, |most: f32, number| most.max(number.abs()))
    };
    let difference = largest(&mut found.iter().zip(expected).map(|(a, b)| a - b));
    difference / largest(&mut expected.iter().copied())
}

#[test]
fn forward_is_the_definition_of_rounded_numbers() {
    let Some(set) = set() else { return };
    for shape in SHAPES {
        let [input, weight, bias] =
            [shape.input_len(), shape.weight_len(), shape.outputs].map(|count| numbers(count, count as u32));
        let found = convolution::forward(set, (shape, Precision::Bf16), &input, &weight, Some(&bias));
        let [input_rounded, weight_rounded] = [&input, &weight].map(|numbers| rounded(numbers));
        let expected = direct::forward(set, shape, &input_rounded, &weight_rounded, Some(&bias));
        assert!(distance(&found, &expected) < 2e-6, "{shape:?}");
        let exact = direct::forward(set, shape, &input, &weight, Some(&bias));
        assert!(distance(&found, &exact) > 1e-4, "not rounded: {shape:?}");
    }
}

#[test]
fn the_gradient_of_the_data_is_added_to_what_was_begun() {
    let Some(set) = set() else { return };
    for shape in SHAPES {
        let [upstream, weight, begun] = [shape.output_len(), shape.weight_len(), shape.input_len()]
            .map(|count| numbers(count, count as u32));
        let [upstream_rounded, weight_rounded] = [&upstream, &weight].map(|numbers| rounded(numbers));
        for begun in [None, Some(begun)] {
            let begun = || begun.as_deref().map(Buffer::copy_of);
            let how = (shape, Precision::Bf16);
            let found = convolution::data_gradient(set, how, &upstream, &weight, begun());
            let expected = direct::data_gradient(set, shape, &upstream_rounded, &weight_rounded, begun());
            assert!(distance(&found, &expected) < 2e-6, "{shape:?}");
        }
    }
}

#[test]
fn the_gradient_of_the_weights_is_the_definition_of_rounded_numbers() {
    let Some(set) = set() else { return };
    for shape in SHAPES {
        // Of seeds of their own: an image and its gradient that are alike add up to more than what rounding changes.
        let [input, upstream] =
            [(shape.input_len(), 1), (shape.output_len(), 2)].map(|(count, seed)| numbers(count, seed));
        let found = convolution::weight_gradient(set, (shape, Precision::Bf16), &input, &upstream);
        let [input_rounded, upstream_rounded] = [&input, &upstream].map(|numbers| rounded(numbers));
        let expected = direct::weight_gradient(set, shape, &input_rounded, &upstream_rounded);
        assert!(distance(&found, &expected) < 2e-6, "{shape:?}");
        let exact = direct::weight_gradient(set, shape, &input, &upstream);
        assert!(distance(&found, &exact) > 1e-4, "not rounded: {shape:?}");
    }
}

/// What lies behind an image in memory that is used again is multiplied by zeros.
#[test]
fn what_is_not_a_number_stays_in_its_image() {
    let Some(set) = set() else { return };
    for shape in SHAPES.into_iter().filter(|shape| !shape.is_pointwise()) {
        let [mut input, weight] =
            [shape.input_len(), shape.weight_len()].map(|count| numbers(count, count as u32));
        let expected = convolution::forward(set, (shape, Precision::Bf16), &input, &weight, None);
        input[shape.input_image()..].fill(f32::NAN);
        for _ in 0..3 {
            let found = convolution::forward(set, (shape, Precision::Bf16), &input, &weight, None);
            let image = shape.output_image();
            assert!(found[..image] == expected[..image], "{shape:?}");
            // Padding of 2 makes pixels that see nothing of their image.
            let is_whole = |number: &f32| number.is_nan() || shape.padding == 2;
            assert!(found[image..].iter().all(is_whole), "{shape:?}");
        }
    }
}
