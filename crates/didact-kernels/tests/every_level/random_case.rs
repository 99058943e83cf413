//! Random blocks, all of which exist.

use didact_kernels::{Activation, Pooling};
use proptest::prelude::*;

use super::case::{Case, Norm, Part, Residual};

fn activation() -> impl Strategy<Value = Activation> {
    prop_oneof![
        Just(Activation::Identity),
        Just(Activation::Relu),
        Just(Activation::Silu),
        Just(Activation::Gelu)
    ]
}

/// Windows mostly do not overlap, as the kernels want it.
fn pooling() -> impl Strategy<Value = Option<Pooling>> {
    prop_oneof![
        3 => Just(None),
        1 => (1usize..5, 1usize..4).prop_map(|(size, stride)| Some(Pooling::Max { size, stride })),
        3 => (1usize..5).prop_map(|size| Some(Pooling::Max { size, stride: size })),
        3 => (1usize..4).prop_map(|size| Some(Pooling::Average { size, stride: size })),
        2 => Just(Some(Pooling::GlobalAverage))
    ]
}

/// Around the widths of vectors, and pairs of them.
fn channels() -> impl Strategy<Value = usize> {
    prop_oneof![1usize..6, 7usize..10, Just(16), Just(32), 17usize..40]
}

prop_compose! {
    fn convolution_settings()(
        images in 1usize..4,
        side in [1usize..12, 1usize..12],
        channels in [channels(), channels()],
        kernel in prop_oneof![Just([3, 3]), Just([1, 1]), [1usize..6, 1usize..6]],
        stride in 1usize..4,
        padding in 0usize..5,
        has_bias in any::<bool>(),
        seed in 1u64..1_000_000,
    ) -> Case {
        let part = if has_bias { Part::ConvolutionWithBias } else { Part::Convolution };
        Case { images, side, channels, kernel, stride, padding, part, seed, ..Case::PLAIN }
    }
}

/// Convolutions and nothing else.
pub(crate) fn convolution() -> impl Strategy<Value = Case> {
    convolution_settings().prop_map(with_room)
}

/// Convolutions that Winograd's algorithm covers.
pub(crate) fn winograd() -> impl Strategy<Value = Case> {
    (convolution_settings(), [1usize..4, 1usize..4], 0usize..3).prop_map(|(case, channels, padding)| {
        let channels = channels.map(|sixteens| 16 * sixteens);
        with_room(Case {
            channels,
            kernel: [3, 3],
            stride: 1,
            padding,
            ..case
        })
    })
}

/// Convolutions like those, of so many small images that larger tiles pay.
pub(crate) fn winograd_of_many_images() -> impl Strategy<Value = Case> {
    (winograd(), 128usize..600, 3usize..7, 3usize..7).prop_map(|(case, images, height, width)| Case {
        images,
        side: [height, width],
        channels: case.channels.map(|channels| channels.min(32)),
        ..case
    })
}

prop_compose! {
    /// Blocks of all parts.
    pub(crate) fn block()(
        case in convolution_settings(),
        has_convolution in prop::bool::weighted(0.75),
        has_residual in prop::bool::weighted(0.3),
        activations in [activation(), activation()],
        norm in prop_oneof![Just(Norm::None), Just(Norm::Batch), Just(Norm::Running)],
        pooling in pooling(),
    ) -> Case {
        let [before, after] = activations;
        let part = match case.part {
            _ if !has_convolution => Part::Nothing,
            // The exact gradient of a bias that a normalisation takes away again is 0: what is found is the rounding of
            // a sum of large numbers.
            _ if before == Activation::Identity && norm == Norm::Batch => Part::Convolution,
            part => part,
        };
        let residual = if has_residual { Residual::Present } else { Residual::Absent };
        with_smaller_windows(with_room(Case { part, before, norm, residual, after, pooling, ..case }))
    }
}

/// Makes the image as large as its kernel needs.
fn with_room(case: Case) -> Case {
    let least = |side: usize, kernel: usize| side.max(kernel.saturating_sub(2 * case.padding));
    let [height, width] = case.side;
    Case {
        side: [least(height, case.kernel[0]), least(width, case.kernel[1])],
        ..case
    }
}

/// Makes the windows as small as the image they pool.
fn with_smaller_windows(case: Case) -> Case {
    let [_, height, width, _] = case.middle();
    let most = height.min(width);
    let smaller = |size: usize, stride: usize| {
        let new = size.min(most);
        (new, if stride == size { new } else { stride })
    };
    let pooling = case.pooling.map(|pooling| match pooling {
        Pooling::Max { size, stride } => {
            let (size, stride) = smaller(size, stride);
            Pooling::Max { size, stride }
        }
        Pooling::Average { size, stride } => {
            let (size, stride) = smaller(size, stride);
            Pooling::Average { size, stride }
        }
        Pooling::GlobalAverage => pooling,
    });
    Case { pooling, ..case }
}
