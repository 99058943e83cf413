//! Shapes that cross the borders of blocks, panels, pieces and parts, against Burn's own operations.

use didact_kernels::{Activation, Pooling, fallbacks};

use super::case::{Case, Norm, Part, Residual, assert_agrees};
use super::level::at_level;

/// 3x3 of stride 1 and multiples of 16 channels: Winograd's, in several blocks of tiles.
pub(crate) const WINOGRAD: [Case; 7] = [
    convolution(3, [7, 9], [48, 80], [1, 1]),
    convolution(2, [33, 31], [16, 32], [1, 1]),
    convolution(40, [5, 6], [16, 16], [1, 0]),
    convolution(1, [3, 40], [64, 16], [1, 2]),
    convolution(19, [8, 8], [96, 64], [1, 1]),
    convolution(36, [16, 15], [32, 48], [1, 1]),
    convolution(70, [11, 12], [16, 32], [1, 0]),
];

/// By the definition.
pub(crate) const DIRECT: [Case; 9] = [
    convolution(2, [32, 32], [3, 32], [1, 1]),
    convolution(40, [6, 7], [3, 8], [1, 1]),
    convolution(1, [33, 31], [1, 1], [1, 1]),
    convolution(3, [17, 13], [5, 19], [3, 4]),
    convolution(5, [16, 15], [48, 80], [2, 1]),
    Case {
        kernel: [5, 5],
        ..convolution(2, [33, 31], [1, 20], [2, 2])
    },
    Case {
        kernel: [1, 1],
        ..convolution(18, [9, 9], [16, 33], [2, 0])
    },
    Case {
        kernel: [2, 1],
        ..convolution(2, [4, 3], [6, 17], [2, 5])
    },
    Case {
        kernel: [1, 7],
        ..convolution(17, [5, 9], [33, 2], [3, 3])
    },
];

/// Linear layers: images of one pixel.
pub(crate) const LINEAR: [Case; 6] = [
    linear(130, [2048, 256]),
    linear(33, [784, 300]),
    linear(900, [300, 10]),
    linear(1, [7, 1]),
    linear(1000, [128, 64]),
    linear(8750, [64, 70]),
];

/// Tails on images that are summed in several parts.
pub(crate) const TAILS: [Case; 5] = [
    Case {
        norm: Norm::Batch,
        before: Activation::Relu,
        ..convolution(5, [33, 31], [3, 24], [1, 1])
    },
    Case {
        part: Part::Convolution,
        norm: Norm::Batch,
        after: Activation::Silu,
        residual: Residual::Present,
        ..convolution(4, [17, 16], [16, 64], [1, 1])
    },
    Case {
        norm: Norm::Running,
        after: Activation::Gelu,
        pooling: Some(Pooling::Max { size: 3, stride: 3 }),
        ..convolution(9, [32, 31], [3, 18], [1, 1])
    },
    Case {
        part: Part::Convolution,
        norm: Norm::Batch,
        after: Activation::Relu,
        pooling: Some(Pooling::Max { size: 2, stride: 2 }),
        ..convolution(7, [27, 30], [16, 32], [1, 1])
    },
    Case {
        part: Part::Nothing,
        norm: Norm::Batch,
        after: Activation::Relu,
        pooling: Some(Pooling::GlobalAverage),
        ..convolution(50, [11, 13], [20, 20], [1, 1])
    },
];

/// `[stride, padding]` last; the kernel is 3x3.
const fn convolution(
    images: usize,
    side: [usize; 2],
    channels: [usize; 2],
    [stride, padding]: [usize; 2],
) -> Case {
    Case {
        images,
        side,
        channels,
        stride,
        padding,
        seed: 77,
        ..Case::PLAIN
    }
}

const fn linear(images: usize, channels: [usize; 2]) -> Case {
    Case {
        kernel: [1, 1],
        ..convolution(images, [1, 1], channels, [1, 0])
    }
}

fn assert_all_agree(cases: &[Case], tolerance: f32) {
    at_level(|| {
        for case in cases {
            assert_agrees(case, tolerance);
        }
        assert!(
            fallbacks().iter().all(|found| found.contains("Max")),
            "no convolution falls back"
        );
    });
}

#[test]
fn winograd_of_several_blocks_agrees() {
    assert_all_agree(&WINOGRAD, 1e-5);
}

#[test]
fn direct_convolutions_of_odd_sizes_strides_and_wide_padding_agree() {
    assert_all_agree(&DIRECT, 1e-5);
}

#[test]
fn linear_layers_agree() {
    assert_all_agree(&LINEAR, 1e-5);
}

#[test]
fn tails_of_several_parts_agree() {
    assert_all_agree(&TAILS, 1e-4);
}
